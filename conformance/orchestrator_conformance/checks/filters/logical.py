"""Checks of AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from ...model.drawing import Condition, list_comparisons
from ...model.witnesses import Clause, Combination, Pools, Tree, list_clauses
from ...session.lists.instances import STATES, Lists, Row, texts_of
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_decisive
from .drawn import sample_rows
from .fields import where
from .witnessed import expect_one_of_each, expect_witnesses, joined, list_plain_choices, negated


def combine(operator: str, *filters: Row) -> Row:
    """Return a LogicalFilter."""
    return {"operator": operator, "filters": list(filters)}


def variable_filter(field: str, *steps: str, value: Any, operator: str = "EQ") -> Row:
    """Return a NestedFilter on a variable of an instance; each of the `steps` descends one more level."""
    condition = where([field, *steps][-1], operator, value)
    for step in reversed(["variables", *[field, *steps][:-1]]):
        condition = {"field": step, "nested": condition}
    return condition


@check("ORC-FILT-AND-01")
def and_narrows(session: Session) -> None:
    """Filter by two conditions, on processId and state if possible, with AND."""
    _expect_pair(Lists(session), "AND")


@check("ORC-FILT-AND-02")
def and_accepts_one_field_twice(session: Session) -> None:
    """Filter by two conditions on one field: sets of states, sets of ids, and the two ends of a range of starts."""
    lists = Lists(session)
    rows = sample_rows(lists)
    kinds = [[list_clauses(pool, rows)] * 2 for pool in _list_pools_on_one_field(lists, rows)]
    expect_one_of_each(lists, rows, joined("AND"), kinds)


def _list_pools_on_one_field(lists: Lists, rows: Sequence[Row]) -> list[list[Condition]]:
    allows = lists.session.claims.allows
    pools = []
    if allows("filter-in-state"):
        pools.append([where("state", "IN", list(pair)) for pair in combinations(STATES, 2)])
    if allows("filter-in-id"):
        ids = texts_of(rows, "id")[:6]
        pools.append([where("id", "IN", list(pair)) for pair in combinations(ids, 2)])
    ranges = [each for each in list_comparisons(rows, allows) if each.get("field") == "start"]
    return [*pools, ranges]


@check("ORC-FILT-OR-01")
def or_widens(session: Session) -> None:
    """Filter by two conditions, on processId and state if possible, with OR."""
    _expect_pair(Lists(session), "OR")


def _expect_pair(lists: Lists, operator: str) -> None:
    rows = sample_rows(lists)
    expect_witnesses(lists, rows, joined(operator), list_plain_choices(lists, rows, "processId", "state"))


@check("ORC-FILT-NOT-01")
def not_excludes(session: Session) -> None:
    """Filter by the negation of each state."""
    lists = Lists(session)
    if not texts_of(lists.known().rows, "state"):
        raise Undecided("instances with a state")
    negations = [combine("NOT", where("state", "EQ", state)) for state in STATES]
    expect_decisive(lists, negations, "instances with a state")


@check("ORC-FILT-AND-03")
def and_and_or_accept_three_filters(session: Session) -> None:
    """Filter by three conditions, each of which decides for some instance: on processId, state and end if possible."""
    lists = Lists(session)
    rows = sample_rows(lists)
    choices = list_plain_choices(lists, rows, "processId", "state", "end")
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, joined(operator), choices)


@check("ORC-FILT-NOT-02")
def not_negates_and_and_or(session: Session) -> None:
    """Filter by the NOT of an AND, and of an OR."""
    lists = Lists(session)
    rows = sample_rows(lists)
    choices = list_plain_choices(lists, rows, "processId", "state")
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, negated(joined(operator)), choices)


@check("ORC-FILT-TREE-01")
def logical_filters_nest(session: Session) -> None:
    """Filter by an AND of an OR and a NOT of an AND: by one of two conditions, not both."""
    lists = Lists(session)
    rows = sample_rows(lists)
    choices: Sequence[Pools] = list_plain_choices(lists, rows, "processId", "state")
    expect_witnesses(lists, rows, _either_but_not_both, choices)


def _either_but_not_both(clauses: Sequence[Clause]) -> Tree:
    both = Combination("AND", tuple(clauses))
    return Combination("AND", (Combination("OR", tuple(clauses)), Combination("NOT", (both,))))
