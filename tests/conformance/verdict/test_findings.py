"""One root cause is one finding, with the fewest requests and a script that reproduces it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from typing import Final

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import Level, Requirement
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.report.document import Report
from orchestrator_conformance.report.script import write_script
from orchestrator_conformance.runner import Findings, Options, run_suite
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.findings import group_failures
from orchestrator_conformance.verdict.outcome import Fail, Pass, Result
from orchestrator_conformance.verdict.shrinking import find_steps

TOKEN: Final = "the-token-of-the-test"


def result(id_: str, level: Level = "MUST", causes: tuple[str, ...] = (), steps: int = 1) -> Result:
    requirement = Requirement(id_, level, "paging", "paging", "/paths", "It is so.")
    exchanges = tuple(exchange("getInstances", "POST", "/v2") for _ in range(steps))
    return Result(requirement, Fail("this", "that", exchanges[:1], causes, steps=exchanges))


def exchange(operation_id: str, method: str, path: str, body: bytes = b"", answer: bytes = b"{}") -> Exchange:
    return Exchange(operation_id, Request(method, path, (), body), Response(200, (), answer), is_good=True)


def summarize(*results: Result) -> list[tuple[str, list[str]]]:
    return [
        (finding.cause, [each.requirement.id for each in finding.results])
        for finding in group_failures(results)
    ]


def test_failures_of_one_cause_are_one_finding() -> None:
    assert summarize(result("A", causes=("x",)), result("B", causes=("x",)), result("C")) == [
        ("x", ["A", "B"]),
        ("", ["C"]),
    ]


def test_the_cause_that_explains_the_most_failures_wins() -> None:
    assert summarize(
        result("A", causes=("x", "y")), result("B", causes=("y",)), result("C", causes=("y", "x"))
    ) == [("y", ["A", "B", "C"])]


def test_the_simpler_cause_wins_a_tie() -> None:
    assert summarize(result("A", causes=("simple", "odd"))) == [("simple", ["A"])]


def test_the_head_of_a_finding_is_a_must_with_the_fewest_requests() -> None:
    results = [
        result("A", "SHOULD", ("x",), 1),
        result("B", "MUST", ("x",), 5),
        result("C", "MUST", ("x",), 2),
    ]
    assert summarize(*results) == [("x", ["C", "B", "A"])]


def test_a_passed_requirement_is_not_a_finding() -> None:
    passed = Result(result("A").requirement, Pass(1))
    assert group_failures([passed]) == []


START = exchange("executeWorkflow", "POST", "/v2/workflows/w/execute", b"{}", b'{"id": "run-1"}')
OTHER = exchange("executeWorkflow", "POST", "/v2/workflows/w/execute", b"{}", b'{"id": "run-2"}')
ABORT = exchange("abortWorkflow", "DELETE", "/v2/workflows/instances/run-1/abort")
ABORT_OTHER = exchange("abortWorkflow", "DELETE", "/v2/workflows/instances/run-2/abort")
READ = exchange("getInstanceById", "GET", "/v2/workflows/instances/run-1")
READ_AGAIN = exchange("getInstanceById", "GET", "/v2/workflows/instances/run-1")
WHOLE = exchange("getInstances", "POST", "/v2/workflows/instances", b"{}")
FILTERED = exchange("getInstances", "POST", "/v2/workflows/instances", b'{"filters": 1}')
START_EXCHANGES = {"run-1": START, "run-2": OTHER}


@pytest.mark.parametrize(
    ("evidence", "trace", "expected"),
    [
        ([ABORT], [OTHER, ABORT_OTHER, READ, ABORT, READ, READ_AGAIN], [START, ABORT, READ_AGAIN]),
        ([READ_AGAIN], [READ, ABORT, ABORT_OTHER, READ_AGAIN], [START, ABORT, READ_AGAIN]),
        ([FILTERED], [READ, FILTERED], [WHOLE, FILTERED]),
        ([WHOLE], [READ, WHOLE], [WHOLE]),
        ([START], [START, READ], [START, READ]),
        ([], [READ], []),
    ],
)
def test_irrelevant_exchanges_are_left_out(
    evidence: list[Exchange], trace: list[Exchange], expected: list[Exchange]
) -> None:
    assert list(find_steps(evidence, trace, START_EXCHANGES, WHOLE)) == expected


def run_on(name: str) -> tuple[Findings, str, str]:
    """Run the suite on a mutant. Returns the findings, the script of the first finding, and the script's output."""
    mutant = next(each for each in list_mutants() if each.name == name)
    with running_server(mutant.create_app(ReferenceSettings(token=TOKEN))) as url:
        with Target(url, {"Authorization": f"Bearer {TOKEN}"}) as target:
            options = Options(0, lambda workflow_id: True, 0, patience=0.2)
            findings = run_suite(target, load_contract(), options)
        report = Report(findings, url, True, "openapi.yaml", "", 0, "all", datetime.now(UTC), "0")
        script = write_script(report, report.causes[0])
        done = subprocess.run(
            ["sh"],
            input=script,
            env={"TOKEN": TOKEN, "PATH": "/usr/bin:/bin"},
            text=True,
            capture_output=True,
        )
        return findings, script, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_script_shows_the_failure() -> None:
    findings, script, said = run_on("AbortsNothing")
    causes = {
        cause for each in findings.results if isinstance(each.outcome, Fail) for cause in each.outcome.causes
    }
    assert causes == {"an abort did nothing"}
    assert TOKEN not in script
    assert '"state":"ACTIVE"' in said.replace(" ", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("OffsetCountsPages", "offset counted pages"),
        ("AndIsOr", "AND were OR"),
        ("BetweenExcludesItsEnd", "BETWEEN excluded its upper bound"),
        ("DirectionIsIgnored", "orderDirection were ignored"),
        ("PagesAreFiltered", "pages were cut before filtering"),
        ("OverviewsHaveNoFormat", 'the document allowed this: "format" is a required property'),
    ],
)
def test_the_cause_of_a_mutant_is_recognised(name: str, cause: str) -> None:
    findings, _, _ = run_on(name)
    assert [each.cause for each in group_failures(findings.results)] == [cause]
