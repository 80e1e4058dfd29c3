"""Generates filters that split the rows at hand: some rows satisfy the filter, and some do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Any, Final

from .conditions import Row, satisfies
from .instants import read_instant

Condition = dict[str, Any]

_TEXTS: Final = ("processId", "processName")
_DATES: Final = ("start", "end")
_ENTITIES: Final = ("initiatorEntity", "targetEntity")
_LEAST_PATTERN: Final = 3
# The characters of an input that is filtered by: a combination has many values, and requests have a limit.
_LONGEST: Final = 500
_TRIES: Final = 20
# How many inputs are filtered by; the same number of nested inputs comes on top.
_INPUTS: Final = 6
# About how many values of one entity or input are compared in combinations.
_SPREAD: Final = 8
_UNKNOWN_ENTITY: Final = "component:default/no-such-entity"
_UNKNOWN_INPUT: Final = "no-such-value"


def list_comparisons(rows: Sequence[Row], allows: Callable[[str], bool]) -> list[Condition]:
    """Return comparisons that split the rows, with every documented operator on every documented type of field.

    `allows` decides whether a feature may be used.
    """
    drawn = [
        condition
        for feature, condition in [
            *_on_texts(rows),
            *_on_states(rows),
            *_on_ids(rows),
            *_on_dates(rows),
            *_nested(rows),
        ]
        if allows(feature)
    ]
    return [condition for condition in drawn if splits(condition, rows)]


def splits(condition: Condition, rows: Sequence[Row]) -> bool:
    """Whether some rows satisfy `condition` and some do not."""
    return 0 < sum(satisfies(row, condition) for row in rows) < len(rows)


def draw_combination(
    comparisons: Sequence[Condition], rows: Sequence[Row], random: Random
) -> Condition | None:
    """Return a random tree of up to three levels over `comparisons` that splits the rows, or None if none was found."""
    for _ in range(_TRIES):
        condition = _draw_tree(comparisons, random, depth=random.choice((1, 2, 2, 3)))
        if splits(condition, rows):
            return condition
    return None


def simplify(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that are one step simpler than `condition`, the simplest first."""
    filters = condition.get("filters")
    if filters is None:
        return
    yield from filters
    if len(filters) > 1 and condition["operator"] != "NOT":
        for place in range(len(filters)):
            yield {**condition, "filters": [*filters[:place], *filters[place + 1 :]]}
    for place, part in enumerate(filters):
        for simpler in simplify(part):
            yield {**condition, "filters": [*filters[:place], simpler, *filters[place + 1 :]]}


def list_by_field(rows: Sequence[Row], allows: Callable[[str], bool]) -> dict[str, list[Condition]]:
    """Return comparisons that split the rows by the field that they compare, and the negations of those of texts.

    The fields are those of the instance itself. `allows` decides whether a feature may be used.
    """
    found: dict[str, list[Condition]] = {}
    for condition in list_comparisons(rows, allows):
        if "nested" not in condition and condition["operator"] != "LIKE":
            found.setdefault(condition["field"], []).append(condition)
            if condition["operator"] == "EQ" and allows("logical-filters"):
                found[condition["field"]].append({"operator": "NOT", "filters": [condition]})
    return found


def list_by_entity(rows: Sequence[Row]) -> dict[str, list[Condition]]:
    """Return nested filters by the entity that they compare: with some of its values, and with one that no row has."""
    return {
        field: [
            {"field": "variables", "nested": _where(field, "EQ", value)}
            for value in [*_spread(_values(rows, field)), _UNKNOWN_ENTITY]
        ]
        for field in _ENTITIES
        if _values(rows, field)
    }


def list_by_input(rows: Sequence[Row]) -> dict[str, list[Condition]]:
    """Return nested filters by the input that they compare: with some of its values, and with one that no row has.

    Inputs that have other types than text in some rows are left out, because the document does not say how those are
    compared.
    """
    inputs = [row["workflowdata"] for row in rows if isinstance(row.get("workflowdata"), dict)]
    names = sorted({name for each in inputs for name in each if name != "result"})
    found: dict[str, list[Condition]] = {}
    for name in names:
        values = [each[name] for each in inputs if each.get(name) is not None]
        if values and all(isinstance(value, str) for value in values):
            found[name] = [
                {
                    "field": "variables",
                    "nested": {"field": "workflowdata", "nested": _where(name, "EQ", value)},
                }
                for value in [*_spread(sorted(set(values) - {""})), _UNKNOWN_INPUT]
            ]
    return found


def _spread(values: Sequence[str]) -> list[str]:
    """Return some of the values, evenly spaced."""
    return list(values[:: max(1, len(values) // _SPREAD)])


def _draw_tree(comparisons: Sequence[Condition], random: Random, depth: int) -> Condition:
    if depth == 0 or (depth < 3 and random.random() < 0.3):
        return random.choice(comparisons)
    operator = random.choice(("AND", "OR", "AND", "OR", "NOT"))
    count = 1 if operator == "NOT" else random.choice((1, 2, 2, 3, 4))
    return {
        "operator": operator,
        "filters": [_draw_tree(comparisons, random, depth - 1) for _ in range(count)],
    }


def _where(field: str, operator: str, value: Any) -> Condition:
    return {"field": field, "operator": operator, "value": value}


def _values(rows: Sequence[Row], field: str) -> list[str]:
    return sorted({row[field] for row in rows if isinstance(row.get(field), str) and row[field]})


def _on_texts(rows: Sequence[Row]) -> Iterator[tuple[str, Condition]]:
    for field in _TEXTS:
        values = _values(rows, field)
        for value in values:
            yield "filter-eq-text", _where(field, "EQ", value)
            for pattern in _patterns(value, values):
                yield "filter-like-text", _where(field, "LIKE", pattern)
        for first, second in pairwise(values):
            yield "filter-in-text", _where(field, "IN", [first, second])


def _patterns(value: str, values: Sequence[str]) -> Iterator[str]:
    # The document does not say whether LIKE is case-sensitive, or whether _ is a wildcard.
    third = len(value) // 3
    if third < _LEAST_PATTERN or any(sign in value for sign in "_%*\\"):
        return
    for pattern, sign in (
        (f"{value[:-third]}*", "*"),
        (f"%{value[third:]}", "%"),
        (f"*{value[third:-third]}%", "*"),
    ):
        pieces = [piece.casefold() for piece in pattern.replace("%", "*").split("*") if piece]
        alike = [each for each in values if all(piece in each.casefold() for piece in pieces)]
        if sign and all(piece in each for each in alike for piece in pattern.replace("%", "*").split("*")):
            yield pattern


def _on_states(rows: Sequence[Row]) -> Iterator[tuple[str, Condition]]:
    states = _values(rows, "state")
    for state in states:
        yield "filter-eq-state", _where("state", "EQ", state)
    for first, second in pairwise(states):
        yield "filter-in-state", _where("state", "IN", [first, second])


def _on_ids(rows: Sequence[Row]) -> Iterator[tuple[str, Condition]]:
    ids = _values(rows, "id")[:3]
    for id_ in ids:
        yield "filter-eq-id", _where("id", "EQ", id_)
    yield "filter-in-id", _where("id", "IN", ids)


def _on_dates(rows: Sequence[Row]) -> Iterator[tuple[str, Condition]]:
    for field in _DATES:
        shown = {row[field]: instant for row in rows if (instant := read_instant(row.get(field)))}
        ordered = sorted(shown, key=lambda each: shown[each])
        if len(ordered) < 3:
            continue
        low, middle, high = (ordered[quarter * len(ordered) // 4] for quarter in (1, 2, 3))
        yield "filter-eq-date", _where(field, "EQ", middle)
        yield "filter-gt-date", _where(field, "GT", middle)
        yield "filter-gt-date", _where(field, "GTE", middle)
        yield "filter-lt-date", _where(field, "LT", middle)
        yield "filter-lt-date", _where(field, "LTE", middle)
        yield "filter-between-date", _where(field, "BETWEEN", [low, high])
        yield "filter-is-null-date", _where(field, "IS_NULL", True)
        yield "filter-is-null-date", _where(field, "IS_NULL", False)


def _nested(rows: Sequence[Row]) -> Iterator[tuple[str, Condition]]:
    for field in _ENTITIES:
        values = _values(rows, field)
        for value in values[:3]:
            yield "nested-filters", {"field": "variables", "nested": _where(field, "EQ", value)}
        if values:
            yield "nested-filters", {"field": "variables", "nested": _where(field, "IN", values[:2])}
    inputs = [row["workflowdata"] for row in rows if isinstance(row.get("workflowdata"), dict)]
    texts = sorted(
        {found for each in inputs for found in _texts_within(each, ()) if len(found[1]) <= _LONGEST}
    )
    # Names that are not identifiers come first: they are the ones that break queries.
    texts.sort(key=lambda each: each[0][-1].isidentifier())
    within = [each for each in texts if len(each[0]) > 1]
    for path, value in [*texts[:_INPUTS], *within[:_INPUTS]]:
        condition = _where(path[-1], "EQ", value)
        for step in reversed(("variables", "workflowdata", *path[:-1])):
            condition = {"field": step, "nested": condition}
        yield "nested-filters", condition


def _texts_within(data: Row, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    # The document does not define the shape of `result`.
    for name, value in data.items():
        if isinstance(value, str):
            yield (*path, name), value
        elif isinstance(value, dict) and name != "result":
            yield from _texts_within(value, (*path, name))
