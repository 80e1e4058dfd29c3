"""The score: the counts of the trials, and the targets."""

from __future__ import annotations

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.score.render.sentences import (
    explain_justified,
    list_idle,
    list_redundant,
    list_stale,
    list_unjustified,
)
from orchestrator_conformance.score.rows.conforming_rows import FalseAlarm
from orchestrator_conformance.score.rows.justified import BY_RULE, JUSTIFIED, Justifications
from orchestrator_conformance.score.rows.mutant_rows import FamilyRow, tally_families
from orchestrator_conformance.score.score import Score, tabulate
from orchestrator_conformance.score.targets import find_shortfalls
from orchestrator_conformance.score.trials.trials import Judgement
from orchestrator_conformance.statements import iter_requirements

from ..support.scoring import (
    ALL_JUSTIFIED,
    BACKGROUND,
    BODY,
    FINE,
    JUDGED,
    LIST,
    MASKED,
    PAGE,
    SORT,
    STATUS,
    broken,
    judged,
    masked,
    masked_base,
)


def test_only_the_requirement_that_a_mutant_breaks_kills_it(score: Score) -> None:
    assert {row.name: row.is_killed for row in score.mutants} == {
        "Killed": True,
        "KilledByTwo": True,
        "CaughtByAnother": False,
        "Survivor": False,
    }


def test_the_requirements_that_catch_a_mutant_are_listed_by_layer(score: Score) -> None:
    assert {row.name: (row.by_document, row.by_behaviour) for row in score.mutants} == {
        "Killed": ((), (PAGE,)),
        "KilledByTwo": ((STATUS,), (PAGE,)),
        "CaughtByAnother": ((BODY,), ()),
        "Survivor": ((), ()),
    }


def test_failures_of_the_peer_count_unless_the_reference_has_them_too(score: Score) -> None:
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
    assert list_redundant(score) == [STATUS]
    assert list_idle(score) == [LIST, SORT]


def test_a_requirement_kills_alone_is_justified_or_neither(score: Score) -> None:
    assert {row.id: row.standing for row in score.requirements} == {
        STATUS: "neither",
        BODY: "kills alone",
        PAGE: "kills alone",
        SORT: "justified",
        LIST: "neither",
    }
    assert list_unjustified(score) == [STATUS, LIST]
    assert explain_justified(score) == {"It names the key.": [SORT]}
    assert list_stale(score) == [PAGE]


@pytest.mark.parametrize(
    ("requirement_id", "killing_alone", "reason"),
    [
        pytest.param(SORT, (), "It names the key.", id="by id"),
        pytest.param(SORT, (SORT,), "It names the key.", id="by id, though it kills alone"),
        pytest.param(LIST, (SORT,), "", id="no reason"),
        pytest.param(
            STATUS, ("ORC-OP-abortWorkflow-STATUS",), "One code.", id="another operation kills alone"
        ),
        pytest.param(STATUS, (STATUS, "ORC-OP-abortWorkflow-STATUS"), "", id="both operations kill alone"),
        pytest.param(STATUS, (BODY, PAGE), "", id="no other operation kills alone"),
        pytest.param(BODY, (BODY, "ORC-OP-abortWorkflow-BODY"), "", id="no rule"),
    ],
)
def test_a_rule_is_a_reason_while_the_same_rule_kills_alone_for_another_operation(
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


def test_false_alarms_are_listed_by_variant_and_seed(score: Score) -> None:
    quiet, alarming = score.conforming
    assert (quiet.seeds, quiet.alarms, quiet.undecided) == (2, (), 2)
    assert (alarming.seeds, alarming.alarms) == (2, (FalseAlarm(1, SORT), FalseAlarm(1, LIST)))
    assert score.alarms == 2


def test_the_order_of_the_trials_changes_nothing(score: Score) -> None:
    shuffled = tabulate([*JUDGED[::-2], *JUDGED[-2::-2]], BACKGROUND)
    assert shuffled.mutants == score.mutants
    assert shuffled.conforming == score.conforming
    assert shuffled.requirements == score.requirements


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param((), [], id="holds"),
        pytest.param(
            (judged("hand-made", "Survivor", BODY),),
            ["Surviving hand-made mutants: 1 of 2."],
            id="survivor",
        ),
        pytest.param(
            (broken(judged("hand-made", "Survivor")),),
            ["Surviving hand-made mutants: 1 of 2."],
            id="broken mutant",
        ),
        pytest.param(
            (judged("automatic", "third"),),
            ["Killed automatic mutants: 50.0%, fewer than 90%."],
            id="automatic",
        ),
        pytest.param((judged("automatic", "same"),), [], id="triaged"),
        pytest.param(
            (judged("conforming", "Alarming", PAGE),),
            ["False alarms on conforming backends: 1."],
            id="false alarm",
        ),
        pytest.param(
            (broken(judged("conforming", "Alarming")),),
            ["Unfinished trials of conforming variants: 1."],
            id="broken conforming variant",
        ),
        pytest.param(
            (masked_base("Plain", 3), masked("Killed", "", PAGE), masked("Killed", "Plain", PAGE)),
            ["Findings of Plain alone: 3, not 1."],
            id="several findings",
        ),
        pytest.param(
            (
                masked_base("Plain", 1),
                masked("Killed", "", PAGE),
                masked("Killed", "Plain", outcome="passed"),
            ),
            ["Kills that survive Plain: 0.0%, fewer than 95%."],
            id="lost kill",
        ),
        pytest.param(
            (broken(masked_base("Plain", None)),),
            ["Unfinished trials with base faults: 1."],
            id="broken base fault",
        ),
        pytest.param(
            (broken(judged("peer", "Killed", kind="hand-made")),),
            ["Unfinished trials with Schemathesis: 1."],
            id="broken peer",
        ),
    ],
)
def test_each_missed_target_is_reported(more: tuple[Judgement, ...], said: list[str]) -> None:
    assert find_shortfalls(tabulate((*FINE, *more), ALL_JUSTIFIED)) == said


def test_requirements_without_a_justification_miss_a_target() -> None:
    said = ["Requirements that kill no mutant alone and have no justification: 3 of 5."]
    assert find_shortfalls(tabulate(FINE, BACKGROUND)) == said
    assert find_shortfalls(tabulate(FINE, BACKGROUND, is_fast=True)) == []
    without = [each for each in FINE if each.trial.part != "hand-made"]
    assert find_shortfalls(tabulate(without, BACKGROUND)) == []


def test_without_the_reference_the_peer_has_caught_nothing() -> None:
    result = tabulate(
        [broken(judged("peer", "reference")), judged("peer", "Killed", "GET /a: ST2", kind="hand-made")],
        BACKGROUND,
    )
    assert result.mutants == ()
    assert [trouble.what for trouble in result.troubles] == ["its process died"]


def test_kills_are_lost_unless_they_need_what_the_base_fault_refuses(score: Score) -> None:
    plain, refusing = score.masked
    assert (plain.kills, plain.unobservable, plain.survived, plain.findings) == (2, 0, 1, 1)
    assert [(each.mutant, each.outcome) for each in plain.lost] == [
        ("KilledByTwo", "inconclusive: two instances")
    ]
    assert (refusing.kills, refusing.unobservable, refusing.survived, refusing.findings) == (2, 1, 1, 2)


def test_a_requirement_that_fails_with_the_base_fault_alone_shows_nothing() -> None:
    (row,) = tabulate(
        (masked_base("Plain", 1, PAGE), masked("Killed", "", PAGE), masked("Killed", "Plain", PAGE)),
        BACKGROUND,
    ).masked
    assert [each.outcome for each in row.lost] == ["fails with the base fault alone"]


def test_a_pair_that_did_not_finish_is_lost() -> None:
    pair = broken(masked("Killed", "Plain", PAGE))
    result = tabulate((masked("Killed", "", PAGE), pair), BACKGROUND)
    assert [each.outcome for each in result.masked[0].lost] == ["its process died"]
    assert [each.name for each in result.troubles] == ["Killed with Plain"]


def test_a_sample_is_judged_on_all_base_faults_together() -> None:
    said = [
        "Kills that survive the base faults: 66.7%, fewer than 95%.",
        "Findings of Refusing alone: 2, not 1.",
    ]
    assert find_shortfalls(tabulate(MASKED, BACKGROUND, is_fast=True)) == said
