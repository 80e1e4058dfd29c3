"""The trials of the part `masked`."""

from __future__ import annotations

import pytest
from orchestrator_conformance.contract.requirements import is_of_operation
from orchestrator_conformance.score.trials.masked import describe_outcome
from orchestrator_conformance.score.trials.masked_plan import plan_masked
from orchestrator_conformance.score.trials.trials import Trial, judge
from orchestrator_conformance.score.trials.variants import variants_of
from orchestrator_conformance.verdict.outcome import Error, Fail, Inconclusive, Outcome, Pass, Skip

MUTANTS = variants_of("hand-made")
BASES = variants_of("base")

# A mutant, a base fault that is in the answers that show the mutant, and the requirement that has to fail.
PAIRS = [
    ("TotalsAreOfAll", "NullInstanceFields"),
    ("TotalsAreOfAll", "ByteOrderMarks"),
    ("TextFilterIsIgnored", "InstancesWithoutWorkflow"),
    ("AbortsImmediatelyCompletedRuns", "AbortAnswersJson"),
    ("AbortsImmediatelyCompletedRuns", "StatesInTitleCase"),
    ("StartsUnavailableWorkflows", "ErrorsAsHtml"),
    ("StartsUnavailableWorkflows", "NoOverviewById"),
    ("ListsAreCached", "NoInstancesOfAWorkflow"),
]


def test_the_plan_has_each_mutant_of_behaviour_with_and_without_each_base_fault() -> None:
    plan = plan_masked(1, is_fast=False)
    behaviour = {name for name, each in MUTANTS.items() if not is_of_operation(each.requirement_id)}
    pairs = {(each.name, each.base) for each in plan if each.kind == "hand-made"}
    assert pairs == {(name, base) for name in behaviour for base in ("", *BASES)}
    assert {each.name for each in plan if each.kind == "base" and not each.only} == BASES.keys()
    assert len(set(plan)) == len(plan)


def test_the_sample_has_every_base_fault_with_the_same_mutants() -> None:
    plan = plan_masked(1, is_fast=True)
    assert set(plan) - set(plan_masked(1, is_fast=False)) == {
        each for each in plan if each.kind == "base" and each.only
    }
    names = {base: {each.name for each in plan if each.base == base} for base in BASES}
    assert len({frozenset(each) for each in names.values()}) == 1
    wanted = {each.only for each in plan if each.kind == "base" and each.only}
    assert wanted == {
        tuple(
            dict.fromkeys(
                MUTANTS[each.name].requirement_id
                for each in plan
                if each.base == "" and each.kind == "hand-made"
            )
        )
    }


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Pass(1), "passed"),
        (Fail("a", "b"), "failed: b"),
        (Skip("not claimed"), "skipped: not claimed"),
        (Inconclusive("two\ninstances"), "inconclusive: two instances"),
        (Error("Traceback\n  ...\nKeyError: 'id'\n"), "error: KeyError: 'id'"),
    ],
)
def test_an_outcome_is_described_in_one_line(outcome: Outcome, said: str) -> None:
    assert describe_outcome(outcome) == said


@pytest.mark.slow
@pytest.mark.parametrize(("mutant", "base"), PAIRS)
def test_a_kill_survives_a_base_fault(mutant: str, base: str) -> None:
    requirement_id = MUTANTS[mutant].requirement_id
    alone = judge(Trial("masked", "base", base, 1, only=(requirement_id,)))
    assert (alone.failed, alone.errors, alone.problem) == ((), (), "")
    pair = judge(Trial("masked", "hand-made", mutant, 1, base=base, only=(requirement_id,)))
    assert pair.failed == (requirement_id,)
    assert pair.masked is not None
    assert pair.masked.shown_by != ()


@pytest.mark.slow
def test_a_base_fault_alone_is_one_finding() -> None:
    judged = judge(Trial("masked", "base", "AbortAnswersJson", 1))
    assert judged.failed == ("ORC-OP-abortWorkflow-TYPE",)
    assert judged.masked is not None
    assert judged.masked.findings == 1
