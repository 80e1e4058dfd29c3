"""The score: what trials are made, what is counted of them, and what is said of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from orchestrator_conformance.cli import run
from orchestrator_conformance.contract import load_contract
from orchestrator_conformance.mutants.catalogue import list_mutants
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.score import pool
from orchestrator_conformance.score.automatic_row import Triage
from orchestrator_conformance.score.bar import find_shortfalls
from orchestrator_conformance.score.conforming_rows import Alarm
from orchestrator_conformance.score.families import FAMILIES, family_of
from orchestrator_conformance.score.json_score import write_json
from orchestrator_conformance.score.justified import BY_RULE, JUSTIFIED, Justifications
from orchestrator_conformance.score.markdown import write_markdown
from orchestrator_conformance.score.mutant_rows import FamilyRow, tally_families
from orchestrator_conformance.score.parts import FAST_PARTS, PARTS, Part
from orchestrator_conformance.score.peer import read_failures
from orchestrator_conformance.score.plan import plan_trials
from orchestrator_conformance.score.pool import run_trials
from orchestrator_conformance.score.score import Background, Score, tabulate
from orchestrator_conformance.score.sentences import (
    explain_justified,
    justified_in_vain,
    kill_nothing,
    kill_nothing_alone,
    stand_for_nothing,
)
from orchestrator_conformance.score.text import write_text
from orchestrator_conformance.score.trials import Judgement, Trial
from orchestrator_conformance.score.variants import Kind, Variant, variants_of
from orchestrator_conformance.statements import iter_requirements

STATUS = "ORC-OP-getInstances-STATUS"
BODY = "ORC-OP-getInstances-BODY"
PAGE = "ORC-INST-PAGE-01"
SORT = "ORC-INST-SORT-01"
LIST = "ORC-INST-LIST-01"


def describe(name: str, requirement_id: str = "") -> Variant:
    return Variant(name, create_reference_app, requirement_id, f"Does what {name} says.")


REQUIREMENTS = tuple(
    each for each in iter_requirements(load_contract()) if each.id in (STATUS, BODY, PAGE, SORT, LIST)
)
BACKGROUND = Background(
    hand_made={
        each.name: each
        for each in (
            describe("Killed", PAGE),
            describe("KilledByTwo", STATUS),
            describe("CaughtByAnother", SORT),
            describe("Survivor", SORT),
        )
    },
    conforming={each.name: each for each in (describe("Quiet"), describe("Alarming"))},
    requirements=REQUIREMENTS,
    triage=Triage(frozenset({"same"}), frozenset({"may be"}), frozenset({"who knows", "wrong triage"})),
    justifications=Justifications({SORT: "It names the key.", PAGE: "It came first."}, {}),
)


def judged(part: Part, name: str, *failed: str, kind: Kind | None = None, seed: int = 1) -> Judgement:
    return Judgement(Trial(part, kind or "reference" if part == "peer" else part, name, seed), failed)


JUDGED = (
    judged("hand-made", "Killed", PAGE),
    judged("hand-made", "KilledByTwo", STATUS, PAGE),
    judged("hand-made", "CaughtByAnother", BODY),
    judged("hand-made", "Survivor"),
    judged("automatic", "first", PAGE),
    judged("automatic", "second", SORT),
    judged("automatic", "third"),
    judged("automatic", "same"),
    judged("automatic", "may be"),
    judged("automatic", "who knows"),
    judged("automatic", "wrong triage", SORT),
    replace(judged("automatic", "unfit"), is_built=False),
    replace(judged("conforming", "Quiet", seed=0), undecided=(PAGE, SORT)),
    replace(judged("conforming", "Quiet", seed=1), undecided=(PAGE,)),
    judged("conforming", "Alarming", seed=0),
    replace(judged("conforming", "Alarming", SORT, seed=1), errors=(LIST,)),
    judged("peer", "reference", "GET /a: ST1", "GET /b: ST1"),
    judged("peer", "Killed", "GET /a: ST1", kind="hand-made"),
    judged("peer", "KilledByTwo", "GET /a: ST1", "GET /a: ST2", kind="hand-made"),
    judged("peer", "CaughtByAnother", kind="hand-made"),
    judged("peer", "Survivor", "GET /c: ST1", kind="hand-made"),
    judged("peer", "Quiet", "GET /a: ST1", kind="conforming"),
    judged("peer", "Alarming", kind="conforming"),
)


@pytest.fixture
def score() -> Score:
    return tabulate(JUDGED, BACKGROUND)


def test_a_mutant_is_killed_by_what_it_breaks_alone(score: Score) -> None:
    assert {row.name: row.is_killed for row in score.mutants} == {
        "Killed": True,
        "KilledByTwo": True,
        "CaughtByAnother": False,
        "Survivor": False,
    }


def test_what_caught_a_mutant_is_told_by_layer(score: Score) -> None:
    assert {row.name: (row.by_document, row.by_behaviour) for row in score.mutants} == {
        "Killed": ((), (PAGE,)),
        "KilledByTwo": ((STATUS,), (PAGE,)),
        "CaughtByAnother": ((BODY,), ()),
        "Survivor": ((), ()),
    }


def test_the_peer_is_credited_with_what_it_fails_on_the_mutant_alone(score: Score) -> None:
    assert {row.name: row.by_peer for row in score.mutants} == {
        "Killed": (),
        "KilledByTwo": ("GET /a: ST2",),
        "CaughtByAnother": (),
        "Survivor": ("GET /c: ST1",),
    }
    assert {row.name: row.by_peer for row in score.conforming} == {"Quiet": ("GET /a: ST1",), "Alarming": ()}


def test_families_are_counted_in_their_order(score: Score) -> None:
    assert tally_families(score.mutants) == (
        FamilyRow("status", mutants=1, killed=1, caught=1, by_document=1, by_behaviour=1, by_peer=1),
        FamilyRow("paging", mutants=1, killed=1, caught=1, by_document=0, by_behaviour=1, by_peer=0),
        FamilyRow("sort", mutants=2, killed=0, caught=1, by_document=1, by_behaviour=0, by_peer=1),
    )


def test_a_requirement_is_credited_with_its_mutants(score: Score) -> None:
    assert {row.id: (row.kills, row.kills_alone) for row in score.requirements} == {
        STATUS: (("KilledByTwo",), ()),
        BODY: (("CaughtByAnother",), ("CaughtByAnother",)),
        PAGE: (("Killed", "KilledByTwo"), ("Killed",)),
        SORT: ((), ()),
        LIST: ((), ()),
    }
    assert kill_nothing_alone(score) == [STATUS]
    assert kill_nothing(score) == [LIST, SORT]


def test_a_requirement_kills_alone_is_justified_or_neither(score: Score) -> None:
    assert {row.id: row.standing for row in score.requirements} == {
        STATUS: "neither",
        BODY: "kills alone",
        PAGE: "kills alone",
        SORT: "justified",
        LIST: "neither",
    }
    assert stand_for_nothing(score) == [STATUS, LIST]
    assert explain_justified(score) == {"It names the key.": [SORT]}
    assert justified_in_vain(score) == [PAGE]


@pytest.mark.parametrize(
    ("requirement_id", "killing_alone", "reason"),
    [
        pytest.param(SORT, (), "It names the key.", id="by id"),
        pytest.param(SORT, (SORT,), "It names the key.", id="by id, though in vain"),
        pytest.param(LIST, (SORT,), "", id="not at all"),
        pytest.param(STATUS, ("ORC-OP-abortWorkflow-STATUS",), "One code.", id="a twin kills alone"),
        pytest.param(STATUS, (STATUS, "ORC-OP-abortWorkflow-STATUS"), "", id="it kills alone as well"),
        pytest.param(STATUS, (BODY, PAGE), "", id="no twin kills alone"),
        pytest.param(BODY, (BODY, "ORC-OP-abortWorkflow-BODY"), "", id="of no rule"),
    ],
)
def test_a_rule_is_a_reason_while_a_twin_kills_alone(
    requirement_id: str, killing_alone: tuple[str, ...], reason: str
) -> None:
    justifications = Justifications({SORT: "It names the key."}, {"STATUS": "One code."})
    assert justifications.find(requirement_id, killing_alone) == reason


def test_every_justification_is_a_sentence_on_a_requirement() -> None:
    ids = {each.id for each in iter_requirements(load_contract())}
    assert JUSTIFIED.keys() <= ids
    assert {id_.rpartition("-")[2] for id_ in ids if id_.startswith("ORC-OP-")} == BY_RULE.keys()
    reasons = [*JUSTIFIED.values(), *BY_RULE.values()]
    assert [each for each in reasons if not (each[0].isupper() and each.endswith(".") and " " in each)] == []
    assert len(set(reasons)) == len(reasons)


def test_each_automatic_mutant_is_counted_once(score: Score) -> None:
    row = score.automatic
    assert row is not None
    counts = (row.made, row.not_built, row.equivalent, row.allowed, row.undecided, row.killed)
    assert counts == (8, 1, 1, 1, 2, 2)
    assert row.survivors == ("third",)
    assert row.rate == 2 / 3
    assert row.disproved == (("wrong triage", SORT),)


def test_alarms_are_told_by_variant_and_seed(score: Score) -> None:
    quiet, alarming = score.conforming
    assert (quiet.seeds, quiet.alarms, quiet.undecided) == (2, (), 2)
    assert (alarming.seeds, alarming.alarms) == (2, (Alarm(1, SORT), Alarm(1, LIST)))
    assert score.alarms == 2


def test_the_order_of_the_trials_changes_nothing(score: Score) -> None:
    shuffled = tabulate([*JUDGED[::-2], *JUDGED[-2::-2]], BACKGROUND)
    assert shuffled.mutants == score.mutants
    assert shuffled.conforming == score.conforming
    assert shuffled.requirements == score.requirements


ALL_JUSTIFIED = replace(
    BACKGROUND, justifications=Justifications({each.id: "It says why." for each in REQUIREMENTS}, {})
)
FINE = (
    judged("hand-made", "Killed", PAGE),
    judged("automatic", "first", PAGE),
    judged("conforming", "Quiet"),
    judged("peer", "reference", "GET /a: ST1"),
    judged("peer", "Quiet", "GET /a: ST1", kind="conforming"),
)


def broken(judgement: Judgement) -> Judgement:
    return replace(judgement, failed=(), problem="its process died")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param((), [], id="holds"),
        pytest.param(
            (judged("hand-made", "Survivor", BODY),),
            ["Hand-made mutants that survive: 1 of 2."],
            id="survivor",
        ),
        pytest.param(
            (broken(judged("hand-made", "Survivor")),),
            ["Hand-made mutants that survive: 1 of 2."],
            id="broken mutant",
        ),
        pytest.param(
            (judged("automatic", "third"),),
            ["Automatic mutants that are killed: 50.0%, which is under 90%."],
            id="automatic",
        ),
        pytest.param((judged("automatic", "same"),), [], id="triaged"),
        pytest.param(
            (judged("conforming", "Alarming", PAGE),),
            ["Alarms on backends that conform: 1."],
            id="alarm",
        ),
        pytest.param(
            (broken(judged("conforming", "Alarming")),),
            ["Trials of conforming variants that were not made to the end: 1."],
            id="broken conforming variant",
        ),
        pytest.param(
            (broken(judged("peer", "Killed", kind="hand-made")),),
            ["Trials of Schemathesis that were not made to the end: 1."],
            id="broken peer",
        ),
    ],
)
def test_the_bar_tells_what_is_missing(more: tuple[Judgement, ...], said: list[str]) -> None:
    assert find_shortfalls(tabulate((*FINE, *more), ALL_JUSTIFIED)) == said


def test_the_bar_tells_what_kills_nothing_alone_and_is_not_justified() -> None:
    said = ["Requirements that kill no mutant alone, and are not justified: 3 of 5."]
    assert find_shortfalls(tabulate(FINE, BACKGROUND)) == said
    assert find_shortfalls(tabulate(FINE, BACKGROUND, is_fast=True)) == []
    without = [each for each in FINE if each.trial.part != "hand-made"]
    assert find_shortfalls(tabulate(without, BACKGROUND)) == []


def test_without_the_reference_the_peer_has_caught_nothing() -> None:
    told = tabulate(
        [broken(judged("peer", "reference")), judged("peer", "Killed", "GET /a: ST2", kind="hand-made")],
        BACKGROUND,
    )
    assert told.mutants == ()
    assert [trouble.what for trouble in told.troubles] == ["its process died"]


TEXT = """\

Hand-made mutants: 2 of 4 killed (50.0%), 3 caught at all
family  mutants  killed  caught  by document  by behaviour  Schemathesis
status        1       1       1            1             1             1
paging        1       1       1            -             1             -
sort          2       -       1            1             -             1
all           4       2       3            2             2             2
  survives CaughtByAnother: Does what CaughtByAnother says. It is caught by
  ORC-OP-getInstances-BODY.
  survives Survivor: Does what Survivor says.

Requirements: 2 of 5 kill a mutant that no other kills, justified: 1, neither: 2
  kill nothing alone (1): ORC-OP-getInstances-STATUS
  kill no mutant (2): ORC-INST-LIST-01, ORC-INST-SORT-01
  neither kill alone nor are justified (2): ORC-OP-getInstances-STATUS, ORC-INST-LIST-01
  kill alone, so that their justification is stale (1): ORC-INST-PAGE-01

Automatic mutants: 2 of 3 killed (66.7%)
  made: 8, do not start: 1, equivalent: 1, allowed: 1, undecided: 2; the others count
  survives third
  triaged, and killed wrong triage by ORC-INST-SORT-01

Conforming variants: 2, runs: 4, alarms: 2
variant   seeds  alarms  undecided  Schemathesis
Quiet         2       0          2             1
Alarming      2       2          -             0
  alarm Alarming: ORC-INST-SORT-01 with seed 1
  alarm Alarming: ORC-INST-LIST-01 with seed 1

Schemathesis alone: 2 of 4 hand-made mutants caught (50.0%), alarms: 1
  went wrong conforming Alarming, seed 1: the suite failed at ORC-INST-LIST-01

The bar does not hold, on all variants. Hand-made mutants that survive: 2 of 4. Automatic mutants
that are killed: 66.7%, which is under 90%. Requirements that kill no mutant alone, and are not
justified: 2 of 5. Alarms on backends that conform: 2.
"""


def test_the_text_fits_a_hundred_columns(score: Score) -> None:
    assert write_text(score) == TEXT


def test_the_page_has_a_row_for_each_variant(score: Score) -> None:
    page = write_markdown(score)
    assert "| sort | 2 | 0 | 1 | 1 | 0 | 1 |" in page
    assert (
        f"| `KilledByTwo` | {STATUS} | Does what KilledByTwo says. | {STATUS}, {PAGE} | GET /a: ST2 |" in page
    )
    assert f"| `Alarming` | Does what Alarming says. | 2 | {SORT} (seed 1), {LIST} (seed 1) | 0 | 0 |" in page
    assert f"| {PAGE} | Killed | KilledByTwo |" in page
    assert f"| {SORT} | It names the key. |" in page
    assert f"Neither kill alone nor are justified: {STATUS}, {LIST}" in page
    assert f"Kill alone, so that their justification is stale: {PAGE}" in page
    assert "- Survives: `third`" in page


def test_the_json_has_everything(score: Score) -> None:
    told = json.loads(write_json(score))
    assert [each["is_killed"] for each in told["mutants"]] == [True, True, False, False]
    assert told["families"][0]["family"] == "status"
    assert told["automatic"]["rate"] == 0.6667
    assert told["conforming"][1]["alarms"][0] == {"seed": 1, "requirement_id": SORT}
    assert [(each["id"], each["standing"], each["is_stale"]) for each in told["requirements"]] == [
        (STATUS, "neither", False),
        (BODY, "kills alone", False),
        (LIST, "neither", False),
        (PAGE, "kills alone", True),
        (SORT, "justified", False),
    ]
    assert told["requirements"][-1]["justification"] == "It names the key."
    assert len(told["shortfalls"]) == 4


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_shown_alone(part: Part) -> None:
    told = tabulate([each for each in JUDGED if each.trial.part == part], BACKGROUND)
    assert told.parts == (part,)
    for written in (write_text(told), write_markdown(told), write_json(told)):
        assert "bar" in written or part in written


def test_every_mutant_has_a_family_and_every_family_a_mutant() -> None:
    assert {family_of(mutant.requirement_id) for mutant in list_mutants()} == set(FAMILIES)


def test_every_requirement_has_a_family() -> None:
    assert {family_of(each.id) for each in iter_requirements(load_contract())} == set(FAMILIES)


def test_a_group_without_a_family_is_refused() -> None:
    with pytest.raises(LookupError, match="ORC-NEW-01 is of no family"):
        family_of("ORC-NEW-01")


def test_the_names_of_hand_made_mutants_are_unique_and_say_something() -> None:
    variants = variants_of("hand-made")
    assert len(variants) == len(list_mutants())
    assert [name for name, each in variants.items() if not each.says.endswith(".")] == []


def test_a_fast_plan_is_part_of_the_whole_and_has_every_family() -> None:
    fast, whole = plan_trials(FAST_PARTS, 1, is_fast=True), plan_trials(PARTS, 5, is_fast=False)
    tried = [{(each.part, each.name, each.seed) for each in plan} for plan in (fast, whole)]
    assert tried[0] < tried[1]
    assert fast == plan_trials(FAST_PARTS, 1, is_fast=True)
    assert len(set(whole)) == len(whole)
    hand_made = variants_of("hand-made")
    chosen = {family_of(hand_made[each.name].requirement_id) for each in fast if each.kind == "hand-made"}
    assert chosen == set(FAMILIES)


def test_only_what_is_asked_for_is_planned() -> None:
    assert {each.part for each in plan_trials(["conforming"], 2, is_fast=False)} == {"conforming"}


def test_failures_are_read_from_the_report_of_the_peer() -> None:
    report = """<?xml version="1.0"?><testsuites><testsuite>
        <testcase name="GET /a"><failure message="ST103, ST202">1. ...</failure></testcase>
        <testcase name="POST /b"/>
        <testcase name="Stateful tests"><failure message="ST101"/></testcase>
    </testsuite></testsuites>"""
    assert read_failures(report) == {"GET /a: ST103", "GET /a: ST202", "Stateful tests: ST101"}


def behave(trial: Trial) -> Judgement:
    match trial.name:
        case "dies":
            os._exit(1)
        case "hangs":
            pool.threading.Event().wait()
    return Judgement(trial, (trial.name,))


TRIALS = [Trial("hand-made", "hand-made", name, 1) for name in ("a", "dies", "b", "hangs", "c", "d")]


@pytest.mark.slow
def test_a_trial_that_dies_takes_no_other_along() -> None:
    told = run_trials(TRIALS, 2, judge=behave, limit=2.0)
    assert [each.trial for each in told] == TRIALS
    assert [each.failed for each in told] == [("a",), (), ("b",), (), ("c",), ("d",)]
    gone = "its process died, or took more than 2 s"
    assert [each.problem for each in told] == ["", gone, "", gone, "", ""]


@pytest.mark.slow
def test_a_trial_that_raises_is_told_of() -> None:
    told: list[Judgement] = []
    unknown = Trial("hand-made", "hand-made", "no such mutant", 1)
    assert run_trials([unknown], 1, told.append)[0].problem == "KeyError: 'no such mutant'"
    assert [each.trial for each in told] == [unknown]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "peer,none"], "'none' is no part: hand-made, automatic, conforming, peer"),
        (["--jobs", "0"], "'0' is no number above 0"),
        (["--seeds", "-1"], "'-1' is no number above 0"),
    ],
)
def test_a_mistake_is_told_before_any_trial(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["score", *arguments])
    assert stopped.value.code == 3
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told_before_any_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    assert run(["score", "--output", str(tmp_path / "taken" / "score.md")]) == 3
    assert "score.md: the score cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(("judgements", "code"), [(FINE, 0), (JUDGED, 1)])
def test_the_exit_code_tells_whether_the_bar_holds(
    judgements: tuple[Judgement, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pool, "run_trials", lambda *_: list(judgements))
    monkeypatch.setattr("orchestrator_conformance.score.score.Background", lambda *_: ALL_JUSTIFIED)
    file = tmp_path / "new" / "score.md"
    assert run(["score", "--format", "markdown", "--output", str(file)]) == code
    assert file.read_text().startswith("# Score of the suite\n")
    assert [each.name for each in file.parent.iterdir()] == ["score.md"]
    assert "The bar" in capsys.readouterr().out


def test_the_command_line_brings_no_mutants_along() -> None:
    script = "import sys, orchestrator_conformance.cli; print(*(each for each in sys.modules if 'mutants' in each))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.slow
def test_the_bar_holds_on_the_fast_part(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "score.json"
    # The hand-made mutants and the conforming variants have tests of their own.
    code = run(["score", "--fast", "--only", "automatic", "--format", "json", "--output", str(file)])
    told = json.loads(file.read_text())
    captured = capfd.readouterr()
    assert told["shortfalls"] == []
    assert told["troubles"] == []
    assert told["automatic"]["killed"] > 0
    assert code == 0
    assert "Traceback" not in captured.err
