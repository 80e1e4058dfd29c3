"""Compares combinations of filters, chosen so that a backend that drops a part of them lists other instances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from random import Random

from ...model.drawing import Condition, list_by_entity, list_by_field, list_by_input
from ...model.witnesses import Clause, Combination, Pools, Shape, Tree, choose_witnesses, list_clauses
from ...session.lists.instances import Lists, Row
from ...session.session import Undecided
from .comparing import expect_what_satisfies


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


def list_plain_choices(lists: Lists, rows: Sequence[Row], *fields: str) -> list[Pools]:
    """Return what to choose one filter on each of `fields` from, and as many filters on any fields."""
    by_field = list_by_field(rows, lists.session.claims.allows)
    named = [list_clauses(by_field.get(field, ()), rows) for field in fields]
    return [named, [list_clauses(chain.from_iterable(by_field.values()), rows)] * len(fields)]


def list_mixed_pools(lists: Lists, rows: Sequence[Row], count: int) -> list[Pools]:
    """Return what to choose `count` filters from: filters on fields, and nested filters if they are claimed."""
    allows = lists.session.claims.allows
    plain = list(chain.from_iterable(list_by_field(rows, allows).values()))
    kinds: list[list[Condition]] = [plain]
    if allows("nested-filters"):
        kinds.append([*chain(*list_by_entity(rows).values(), *list_by_input(rows).values())])
    return [[list_clauses(kind, rows)] * count for kind in kinds if len(kind) >= count]


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
