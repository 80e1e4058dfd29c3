"""Expected failures do not decide the verdict, and an expected failure that does not occur fails the run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from orchestrator_conformance.commands.cli import run
from orchestrator_conformance.contract.requirements import Level, Requirement
from orchestrator_conformance.mutants.handmade.listing import ForgetsAState
from orchestrator_conformance.mutants.mutant import read_mutant
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.verdict.expected_failures import (
    Expectation,
    apply_expectations,
    read_expectations,
)
from orchestrator_conformance.verdict.outcome import (
    Fail,
    Inconclusive,
    Known,
    Outcome,
    Pass,
    Result,
    Skip,
    Stale,
    Verdict,
    decide,
)

TODAY = date(2027, 1, 31)
FAIL = Fail("ten", "nine")


def count(outcome: Outcome, level: Level = "MUST", expires: date | None = None) -> Result:
    requirement = Requirement("ORC-A-01", level, "paging", "paging", "/paths", "Pages are pages.")
    return apply_expectations(
        Result(requirement, outcome), {"ORC-A-01": Expectation("reported", expires)}, TODAY
    )


@pytest.mark.parametrize("expires", [None, date(2027, 1, 31), date(2027, 2, 1)])
def test_a_known_failure_does_not_decide(expires: date | None) -> None:
    known = count(FAIL, expires=expires)
    assert known.outcome == Known("reported", FAIL)
    assert decide([known, Result(known.requirement, Pass(1))]) is Verdict.CONFORMANT


def test_a_known_failure_counts_again_after_its_last_day() -> None:
    late = count(FAIL, expires=date(2027, 1, 30))
    assert late.outcome == Fail("ten", "nine (was expected until 2027-01-30: reported)")
    assert decide([late]) is Verdict.NOT_CONFORMANT


@pytest.mark.parametrize("level", ["MUST", "SHOULD"])
def test_an_expected_failure_that_does_not_occur_fails_the_run(level: Level) -> None:
    stale = count(Pass(1), level)
    assert stale.outcome == Stale("reported")
    assert decide([stale, Result(stale.requirement, Pass(1))]) is Verdict.NOT_CONFORMANT


@pytest.mark.parametrize("outcome", [Skip("not claimed"), Inconclusive("rows")])
def test_an_undecided_requirement_keeps_its_outcome(outcome: Outcome) -> None:
    assert count(outcome).outcome == outcome


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[ORC-A-02]\nreason = 'x'", "unknown requirement ORC-A-02"),
        ("[ORC-A-01]", "[ORC-A-01] requires a reason"),
        ("[ORC-A-01]\nreason = ' '", "[ORC-A-01] requires a reason"),
        ("ORC-A-01 = 'x'", "[ORC-A-01] requires a reason"),
        ("[ORC-A-01]\nreason = 'x'\nexpires = '2027-01-31'", "[ORC-A-01] expires must be a date"),
        ("[ORC-A-01]\nreason = 'x'\nexpires = 2027-01-31T00:00:00Z", "[ORC-A-01] expires must be a date"),
        (
            "[ORC-A-01]\nreason = 'x'\nuntil = 2027-01-31",
            "[ORC-A-01] has the unknown key 'until'; expected reason or expires",
        ),
        ("[ORC-A-01", "invalid TOML: "),
    ],
)
def test_a_bad_file_is_reported(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "known.toml"
    file.write_text(text.replace("ORC-A-01", "ORC-INST-PAGE-01"))
    assert run(["run", "http://127.0.0.1:9", "--expected-failures", str(file)]) == 3
    said = capsys.readouterr().err
    assert said.startswith(
        f"orchestrator-conformance: {file}: {message.replace('ORC-A-01', 'ORC-INST-PAGE-01')}"
    )


def test_the_reason_and_the_last_day_are_parsed(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    file.write_text("[ORC-A-01]\nreason = 'reported'\nexpires = 2027-01-31\n[ORC-A-02]\nreason = 'old'\n")
    assert read_expectations(file, ["ORC-A-01", "ORC-A-02"]) == {
        "ORC-A-01": Expectation("reported", TODAY),
        "ORC-A-02": Expectation("old"),
    }


def test_a_run_reports_known_and_stale_requirements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mutant = read_mutant(ForgetsAState)
    assert mutant is not None
    file = tmp_path / "known.toml"
    file.write_text("[ORC-INST-STATUS-01]\nreason = 'PENDING is not ours'\n")
    options = ["--max-examples", "0", "--expected-failures", str(file)]
    with running_server(mutant.create_app(ReferenceSettings())) as url:
        run(["run", url, *options])
        shown = capsys.readouterr().out
        assert "known ORC-INST-STATUS-01" in shown
        assert "because   PENDING is not ours" in shown
        assert "fail ORC" not in shown
        file.write_text("[ORC-INST-LIST-01]\nreason = 'lists are empty'\n")
        assert run(["run", url, *options]) == 1
        assert "stale ORC-INST-LIST-01" in capsys.readouterr().out
