"""Sets of mutants that do not interact, and the findings on each."""

from __future__ import annotations

from itertools import combinations

import pytest
from orchestrator_conformance.mutants.combined import can_combine, create_combined, part_of
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.mutants.mutant import Mutant
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.score.render.sets import count_by_size, list_missed_sets, summarize_sets
from orchestrator_conformance.score.rows.set_rows import SetRow, rate_sets, tally_sets
from orchestrator_conformance.score.score import tabulate
from orchestrator_conformance.score.targets import find_shortfalls
from orchestrator_conformance.score.trials.plan import plan_trials
from orchestrator_conformance.score.trials.sets import (
    COUNT,
    LARGEST,
    SMALLEST,
    do_not_interact,
    draw_sets,
    find_mutants,
)
from orchestrator_conformance.score.trials.trials import Judgement, Trial, judge

from ..support.scoring import BACKGROUND, LIST, PAGE, SORT, STATUS


def mutant(name: str) -> Mutant:
    return next(each for each in list_mutants() if each.name == name)


@pytest.mark.parametrize(
    ("one", "other", "is_possible"),
    [
        ("StatusesAreText", "PingsAreText", True),
        ("AndIsOr", "GteIsGt", True),
        ("OffsetCountsPages", "PagesAreCapped", False),
        ("OffsetCountsPages", "AndIsOr", True),
        ("RepeatedExecutionsShareARun", "AndIsOr", False),
        ("RepeatedExecutionsShareARun", "StatusesAreText", True),
        ("UnknownValueEmptiesIn", "AndIsOr", False),
        ("StatusesAreOpen", "AnyTokenReadsSources", False),
        ("ShowsUnknownWorkflows", "ShowsUnknownInstances", True),
    ],
)
def test_mutants_combine_if_they_override_different_methods(one: str, other: str, is_possible: bool) -> None:
    assert can_combine(mutant(one), mutant(other)) is is_possible
    assert can_combine(mutant(other), mutant(one)) is is_possible


@pytest.mark.parametrize(
    ("one", "other", "is_independent"),
    [
        ("AndIsOr", "StatusesAreText", True),
        ("AndIsOr", "GteIsGt", False),
        ("AndIsOr", "OffsetCountsPages", False),
        ("StartsAreNotListed", "LastRunIsTheFirst", False),
        ("StartsAreNotListed", "OverviewPagesSkipOne", True),
    ],
)
def test_mutants_interact_if_one_feeds_the_checks_of_the_other(
    one: str, other: str, is_independent: bool
) -> None:
    assert do_not_interact(mutant(one), mutant(other)) is is_independent


def test_sets_are_drawn_by_a_seed() -> None:
    sets = draw_sets()
    assert len(set(sets)) == COUNT
    assert sets[:20] == draw_sets(20, 1)
    assert sets[:20] != draw_sets(20, 2)
    mutants = [find_mutants(name) for name in sets]
    assert {len(each) for each in mutants} == set(range(SMALLEST, LARGEST + 1))
    assert all(do_not_interact(*pair) for each in mutants for pair in combinations(each, 2))
    parts = {part_of(each) for chosen in mutants for each in chosen}
    assert len(parts) == 7


@pytest.mark.parametrize("name", draw_sets(10))
def test_each_set_is_one_backend(name: str) -> None:
    create_combined(find_mutants(name), ReferenceSettings(token="a token"))


def test_a_few_sets_are_tried_in_a_fast_score() -> None:
    fast, whole = (plan_trials(["sets"], 1, is_fast=is_fast) for is_fast in (True, False))
    assert len(whole) == COUNT
    assert 0 < len(fast) < 20
    assert set(fast) < set(whole)


def judged(name: str, *findings: tuple[str, ...]) -> Judgement:
    return Judgement(Trial("sets", "set", name, 1), findings=findings)


# In the background of these tests, Killed breaks PAGE, KilledByTwo STATUS, and Survivor SORT.
EXACT = judged("Killed+KilledByTwo", (PAGE,), (STATUS, LIST))
MERGED = judged("Killed+KilledByTwo+Survivor", (PAGE, STATUS, SORT))
SPLIT = judged("Killed+Survivor", (PAGE,), (SORT,), (LIST,), (STATUS,))
LOST = judged("KilledByTwo+Survivor", (LIST,), (STATUS,))


def row(judgement: Judgement) -> SetRow:
    return tally_sets([judgement], BACKGROUND.hand_made)[0]


@pytest.mark.parametrize(
    ("judgement", "is_met", "merged", "split", "missing"),
    [
        (EXACT, True, (), (), ()),
        (MERGED, False, (("Killed", "KilledByTwo", "Survivor"),), (), ()),
        (SPLIT, False, (), (LIST, STATUS), ()),
        (LOST, True, (), (LIST,), ("Survivor",)),
    ],
)
def test_a_set_has_a_finding_for_each_mutant(
    judgement: Judgement,
    is_met: bool,
    merged: tuple[tuple[str, ...], ...],
    split: tuple[str, ...],
    missing: tuple[str, ...],
) -> None:
    found = row(judgement)
    assert (found.is_met, found.merged, found.split, found.missing) == (is_met, merged, split, missing)


def test_the_share_is_a_target() -> None:
    assert rate_sets([]) == 1
    assert rate_sets([row(EXACT), row(MERGED), row(LOST), row(SPLIT)]) == 0.5
    assert find_shortfalls(tabulate([EXACT], BACKGROUND)) == []
    said = "Sets of mutants with one finding for each, plus or minus one: 50.0%, fewer than 90%."
    assert find_shortfalls(tabulate([EXACT, MERGED], BACKGROUND)) == [said]


def test_the_sets_that_miss_are_explained() -> None:
    score = tabulate([EXACT, MERGED, SPLIT, LOST], BACKGROUND)
    assert summarize_sets(score) == (
        "Sets of mutants: 4, with one finding for each mutant, plus or minus one: 2 (50.0%), exactly: 2 (50.0%)"
    )
    assert count_by_size(score) == [(2, 3, 2, 2), (3, 1, 0, 0)]
    assert list(list_missed_sets(score)) == [
        ("Killed, KilledByTwo, Survivor", "1 findings; merged: Killed and KilledByTwo and Survivor"),
        ("Killed, Survivor", f"4 findings; split: {LIST}, {STATUS}"),
    ]


@pytest.mark.slow
def test_a_set_has_one_finding_for_each_mutant() -> None:
    judgement = judge(Trial("sets", "set", draw_sets(5)[-1], 1))
    assert judgement.problem == ""
    assert row_of(judgement).is_met


def row_of(judgement: Judgement) -> SetRow:
    mutants = {each.name: each.requirement_id for each in find_mutants(judgement.trial.name)}
    return SetRow(mutants, judgement.findings)
