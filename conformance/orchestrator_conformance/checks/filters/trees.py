"""Checks of logical filters over nested filters and over other logical filters.

The filters are chosen so that a backend that drops a filter, or that evaluates AND as OR, lists other instances. See
`model/witnesses.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, permutations
from random import Random
from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition, list_by_entity, list_by_field, list_by_input
from ...model.witnesses import Clause, Combination, Pools, Shape, Tree, choose_witnesses, list_clauses
from ...session.instances import Lists, Row
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_what_satisfies
from .drawn import sample_rows
from .fields import where
from .logical import combine

# The number of pairs of inputs that are tried until one can be decided.
_PAIRS: Final = 40
_DEPTH: Final = 12


@check("ORC-FILT-AND-03")
def and_and_or_accept_three_filters(session: Session) -> None:
    """Filter by three conditions, each of which decides for some instance: a processId, a state and an end."""
    lists = Lists(session)
    rows = sample_rows(lists)
    by_field = list_by_field(rows, session.claims.allows)
    named = [list_clauses(by_field.get(field, ()), rows) for field in ("processId", "state", "end")]
    any_field = list_clauses(chain.from_iterable(by_field.values()), rows)
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, joined(operator), [named, [any_field] * 3])


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


def joined(operator: str) -> Shape:
    """Return the combination of all clauses with `operator`."""
    return lambda clauses: Combination(operator, tuple(clauses))


def nested_pairs(operator: str) -> Shape:
    """Return the combination with `operator` of two pairs of clauses, each combined with the other operator."""
    inner = "AND" if operator == "OR" else "OR"

    def build(clauses: Sequence[Clause]) -> Tree:
        first, second, third, fourth = clauses
        pairs = (Combination(inner, (first, second)), Combination(inner, (third, fourth)))
        return Combination(operator, pairs)

    return build


def negated(shape: Shape) -> Shape:
    """Return the NOT of `shape`."""
    return lambda clauses: Combination("NOT", (shape(clauses),))


def list_pairs(by_input: Mapping[str, Sequence[Condition]], seed: int) -> list[Sequence[Sequence[Condition]]]:
    """Return the filters on each pair of inputs, in a random order."""
    names = list(permutations(sorted(by_input), 2))
    Random(seed).shuffle(names)
    return [(by_input[one], by_input[other]) for one, other in names[:_PAIRS]]


def list_mixed_pools(lists: Lists, rows: Sequence[Row], count: int) -> list[Pools]:
    """Return what to choose `count` filters from: filters on fields, and nested filters if they are claimed."""
    allows = lists.session.claims.allows
    plain = list(chain.from_iterable(list_by_field(rows, allows).values()))
    kinds: list[list[Condition]] = [plain]
    if allows("nested-filters"):
        kinds.append([*chain(*list_by_entity(rows).values(), *list_by_input(rows).values())])
    return [[list_clauses(kind, rows)] * count for kind in kinds if len(kind) >= count]


def _expect_both_operators(
    lists: Lists, rows: Sequence[Row], pairs: Iterable[Sequence[Sequence[Condition]]]
) -> None:
    listed = [[list_clauses(each, rows) for each in pair] for pair in pairs]
    both_orders: list[Pools] = [pair[::order] for pair in listed for order in (1, -1)]
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, joined(operator), both_orders)
        expect_witnesses(lists, rows, negated(joined(operator)), both_orders)


def expect_one_of_each(lists: Lists, rows: Sequence[Row], shape: Shape, kinds: Sequence[Pools]) -> None:
    """Compare combinations over each kind of filter. Raises `Undecided` if no kind can be decided."""
    undecided: list[Undecided] = []
    for pools in kinds:
        try:
            expect_witnesses(lists, rows, shape, [pools])
        except Undecided as missing:
            undecided.append(missing)
    if len(undecided) == len(kinds):
        raise undecided[0] if undecided else Undecided("instances that differ enough for four filters")


def expect_witnesses(lists: Lists, rows: Sequence[Row], shape: Shape, choices: Sequence[Pools]) -> None:
    """Compare the lists of the combinations that reveal the mistakes of a backend with what satisfies them.

    `choices` are pools of filters to choose from. Raises `Undecided` if the combinations do not reveal every mistake on
    the whole combination.
    """
    chosen = choose_witnesses(shape, choices, len(rows), Random(lists.session.seed))
    for condition in chosen.conditions:
        expect_what_satisfies(lists, condition)
    if chosen.unrevealed:
        raise Undecided(f"instances that show whether {chosen.unrevealed[0]}")
