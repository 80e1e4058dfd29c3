"""Checks of logical filters over nested filters and over other logical filters.

The filters are chosen so that a backend that drops a filter, or that evaluates AND as OR, lists other instances. See
`model/witnesses.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from random import Random
from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition, list_by_entity, list_by_input
from ...model.witnesses import Pools, list_clauses
from ...session.lists.instances import Lists, Row
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_what_satisfies
from .drawn import sample_rows
from .fields import where
from .logical import combine
from .witnessed import (
    expect_one_of_each,
    expect_witnesses,
    joined,
    list_mixed_pools,
    negated,
    nested_pairs,
)

# The number of pairs of inputs that are tried until one can be decided.
_PAIRS: Final = 40
_DEPTH: Final = 12


@check("ORC-FILT-NEST-07")
def logic_over_nested_filters_on_entities(session: Session) -> None:
    """Filter by initiatorEntity and targetEntity, with AND and OR, and with NOT of each."""
    lists = Lists(session)
    rows = sample_rows(lists)
    by_entity = list_by_entity(rows)
    if len(by_entity) < 2:
        raise Undecided("instances that show an initiatorEntity and a targetEntity")
    _expect_both_operators(lists, rows, [list(by_entity.values())])


@check("ORC-FILT-NEST-08")
def logic_over_nested_filters_on_inputs(session: Session) -> None:
    """Filter by two inputs, with AND and OR, and with NOT of each."""
    lists = Lists(session)
    rows = sample_rows(lists)
    by_input = list_by_input(rows)
    if len(by_input) < 2:
        raise Undecided("instances that show two inputs whose values are texts")
    _expect_both_operators(lists, rows, list_pairs(by_input, session.seed))


@check("ORC-FILT-TREE-02")
def logical_filters_over_logical_filters(session: Session) -> None:
    """Filter by an OR of two ANDs and by an AND of two ORs, over filters on fields and over nested filters."""
    lists = Lists(session)
    rows = sample_rows(lists)
    for operator in ("OR", "AND"):
        expect_one_of_each(lists, rows, nested_pairs(operator), list_mixed_pools(lists, rows, 4))


@check("ORC-FILT-TREE-03")
def not_of_logical_filters_over_logical_filters(session: Session) -> None:
    """Filter by NOT of an OR of two ANDs and by NOT of an AND of two ORs."""
    lists = Lists(session)
    rows = sample_rows(lists)
    for operator in ("OR", "AND"):
        expect_one_of_each(lists, rows, negated(nested_pairs(operator)), list_mixed_pools(lists, rows, 4))


@check("ORC-FILT-TREE-04")
def deep_filters(session: Session) -> None:
    """Filter by AND, OR and NOT in turn, and by each of them alone, twelve levels deep."""
    lists = Lists(session)
    ids = lists.known().ids
    if len(ids) < 3:
        raise Undecided("three instances")
    condition = where("id", "EQ", ids[session.seed % len(ids)])
    for each in (
        nest_deeply(condition, ids, _DEPTH),
        wrap(condition, ["NOT"] * _DEPTH),
        wrap(condition, ["NOT"] * (_DEPTH - 1)),
        wrap(condition, ["AND", "OR"] * (_DEPTH // 2)),
    ):
        expect_what_satisfies(lists, each)


def nest_deeply(condition: Condition, ids: Sequence[str], depth: int) -> Condition:
    """Return `condition` within `depth` combinations, each of which changes what is listed."""
    listed = {each for each in ids if satisfies({"id": each}, condition)}
    for level in range(depth):
        inside, outside = sorted(listed), sorted(set(ids) - listed)
        match level % 3:
            case 0 if len(outside) > 1:
                added = outside[level % len(outside)]
                condition = combine("OR", condition, where("id", "EQ", added))
                listed.add(added)
            case 1 if len(inside) > 1:
                dropped = inside[level % len(inside)]
                condition = combine("AND", condition, combine("NOT", where("id", "EQ", dropped)))
                listed.remove(dropped)
            case _:
                condition = combine("NOT", condition)
                listed = set(outside)
    return condition


def wrap(condition: Condition, operators: Iterable[str]) -> Condition:
    """Return `condition` within combinations of one filter."""
    for operator in operators:
        condition = combine(operator, condition)
    return condition


def list_pairs(by_input: Mapping[str, Sequence[Condition]], seed: int) -> list[Sequence[Sequence[Condition]]]:
    """Return the filters on each pair of inputs, in a random order."""
    names = list(permutations(sorted(by_input), 2))
    Random(seed).shuffle(names)
    return [(by_input[one], by_input[other]) for one, other in names[:_PAIRS]]


def _expect_both_operators(
    lists: Lists, rows: Sequence[Row], pairs: Iterable[Sequence[Sequence[Condition]]]
) -> None:
    listed = [[list_clauses(each, rows) for each in pair] for pair in pairs]
    both_orders: list[Pools] = [pair[::order] for pair in listed for order in (1, -1)]
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, joined(operator), both_orders)
        expect_witnesses(lists, rows, negated(joined(operator)), both_orders)
