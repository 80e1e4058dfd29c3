"""Checks of every kind of filter, single and in random combinations, against the unfiltered list."""

from __future__ import annotations

from random import Random

from ...model.drawing import Condition, draw_combination, list_comparisons, simplify
from ...session.lists.instances import Lists, texts_of
from ...session.session import Failed, Session, Undecided
from ..check import check
from .comparing import expect_what_satisfies

# The minimum and the maximum number of combinations. Between them, the effort of the run decides.
_FEWEST = 24
_MOST = 300
_ROWS = 200


@check("ORC-FILT-ANY-01")
def every_combination_lists_what_satisfies_it(session: Session) -> None:
    """Compare every operator on every field, then random combinations; report the simplest filter that fails."""
    _expect_all(Lists(session), max(_FEWEST, session.effort))


@check("ORC-FILT-FLOW-02")
def the_list_of_a_workflow_accepts_every_filter(session: Session) -> None:
    """Do the same comparisons on the list of the workflow with the most instances."""
    names = texts_of(Lists(session).known().rows, "processId")
    if not names:
        raise Undecided("instances")
    _expect_all(Lists(session, max(sorted(set(names)), key=names.count)), _FEWEST)


def _expect_all(lists: Lists, count: int) -> None:
    session = lists.session
    known = lists.known().rows
    # Conditions are drawn from a sample of a long list, and compared against all of it.
    rows = known[:: max(1, len(known) // _ROWS)]
    comparisons = list_comparisons(rows, session.claims.allows)
    if len(comparisons) < 2:
        raise Undecided("instances that differ enough for two different filters")
    for comparison in comparisons[:_MOST]:
        _expect_what_satisfies(lists, comparison)
    random = Random(session.seed)
    for _ in range(min(_MOST, count)):
        condition = draw_combination(comparisons, rows, random)
        if condition is not None:
            _expect_what_satisfies(lists, condition)


def _expect_what_satisfies(lists: Lists, condition: Condition) -> None:
    try:
        expect_what_satisfies(lists, condition)
    except Failed as failed:
        raise _simplest(lists, condition, failed) from None


def _simplest(lists: Lists, condition: Condition, failed: Failed) -> Failed:
    """Return the failure of the simplest condition derived from `condition` that fails as well."""
    for simpler in simplify(condition):
        try:
            expect_what_satisfies(lists, simpler)
        except Failed as again:
            return _simplest(lists, simpler, again)
        except Undecided:
            continue
    return failed
