"""Combinations of filters are chosen so that each mistake on them lists other rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from orchestrator_conformance.model.conditions import satisfies
from orchestrator_conformance.model.drawing import list_by_entity, list_by_field, list_by_input
from orchestrator_conformance.model.witnesses import (
    Clause,
    Combination,
    Shape,
    Tree,
    Witnesses,
    choose_witnesses,
    list_clauses,
    list_rows,
    write_condition,
)

Row = dict[str, Any]


def row(number: int, state: str, **more: Any) -> Row:
    return {"id": f"i{number}", "state": state, "processId": f"p{number % 3}", **more}


ROWS = [
    row(1, "COMPLETED", targetEntity="c:a", initiatorEntity="u:x", workflowdata={"name": "a", "size": "s"}),
    row(2, "COMPLETED", targetEntity="c:b", initiatorEntity="u:x", workflowdata={"name": "a", "size": "m"}),
    row(3, "ACTIVE", targetEntity="c:a", initiatorEntity="u:y", workflowdata={"name": "b", "count": 3}),
    row(4, "ACTIVE", targetEntity="c:b", initiatorEntity="u:y", workflowdata={"name": "b", "size": "s"}),
    row(5, "ERROR", workflowdata={"name": "c", "count": "3"}),
    row(6, "COMPLETED"),
]
ALIKE = [{**each, "state": "COMPLETED", "processId": "p", "initiatorEntity": "u:x"} for each in ROWS]


def join(operator: str) -> Shape:
    return lambda clauses: Combination(operator, tuple(clauses))


def pairs(clauses: Sequence[Clause]) -> Tree:
    return Combination("OR", (Combination("AND", tuple(clauses[:2])), Combination("AND", tuple(clauses[2:]))))


def negation(clauses: Sequence[Clause]) -> Tree:
    return Combination("NOT", (pairs(clauses),))


def choose(shape: Shape, rows: list[Row], *pools: list[Row]) -> Witnesses:
    return choose_witnesses(shape, [[list_clauses(pool, rows) for pool in pools]], len(rows), Random(1))


def find(rows: list[Row], condition: Row) -> list[str]:
    return [each["id"] for each in rows if satisfies(each, condition)]


@pytest.mark.parametrize("operator", ["AND", "OR"])
@pytest.mark.parametrize("rows", [ROWS, ALIKE], ids=["rows that differ", "rows with one initiator"])
def test_a_pair_is_told_from_each_of_its_filters_and_from_the_other_operator(
    operator: str, rows: list[Row]
) -> None:
    initiators, targets = list_by_entity(rows).values()
    both_orders = [
        [list_clauses(pool, rows) for pool in pools]
        for pools in ((initiators, targets), (targets, initiators))
    ]
    chosen = choose_witnesses(join(operator), both_orders, len(rows), Random(1))
    assert chosen.unrevealed == ()
    other = "OR" if operator == "AND" else "AND"
    mistakes: list[Callable[[list[Row]], Row]] = [
        lambda parts: parts[0],
        lambda parts: parts[-1],
        lambda parts: {"operator": other, "filters": parts},
    ]
    for mistake in mistakes:
        assert any(find(rows, mistake(each["filters"])) != find(rows, each) for each in chosen.conditions)


@pytest.mark.parametrize("shape", [pairs, negation])
def test_combinations_of_combinations_are_told_from_flat_ones(shape: Shape) -> None:
    conditions = [each for pool in list_by_field(ROWS, lambda _: True).values() for each in pool]
    chosen = choose(shape, ROWS, *[conditions] * 4)
    assert chosen.unrevealed == ()
    for each in chosen.conditions:
        assert 0 < len(find(ROWS, each)) < len(ROWS)


def test_what_the_rows_do_not_reveal_is_named() -> None:
    alike = [{"field": "state", "operator": "EQ", "value": "COMPLETED"}]
    chosen = choose(join("AND"), ALIKE, alike, [{"field": "id", "operator": "EQ", "value": "i1"}])
    assert "only the last filter takes effect" in chosen.unrevealed
    assert "only the first filter takes effect" not in chosen.unrevealed


def test_no_filters_reveal_nothing() -> None:
    assert choose(join("OR"), ROWS, [], []).unrevealed == ("any filter takes effect",)


def test_a_combination_lists_what_its_filter_lists() -> None:
    conditions = [each for pool in list_by_field(ROWS, lambda _: True).values() for each in pool]
    clauses = list_clauses(Random(2).sample(conditions, 4), ROWS)
    for shape in (join("AND"), join("OR"), pairs, negation):
        tree = shape(clauses)
        listed = list_rows(tree, (1 << len(ROWS)) - 1)
        found = [each["id"] for place, each in enumerate(ROWS) if listed >> place & 1]
        assert found == find(ROWS, write_condition(tree))


def test_inputs_of_mixed_types_are_not_compared() -> None:
    assert list(list_by_input(ROWS)) == ["name", "size"]
