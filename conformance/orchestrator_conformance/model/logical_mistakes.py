"""Common mistakes with logical and nested filters: a cause, and a function that rewrites a condition accordingly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from .rewriting import EVERYTHING, NOTHING, Change, Condition, read_path, throughout


def _swap(one: str, other: str) -> Change:
    def change(part: Condition) -> Condition:
        return {**part, "operator": other} if "filters" in part and part["operator"] == one else part

    return change


def _keep(operator: str, choose: Callable[[list[Condition]], list[Condition]]) -> Change:
    def change(part: Condition) -> Condition:
        if "filters" in part and part["operator"] == operator:
            return {**part, "filters": choose(part["filters"])}
        return part

    return change


def _once_per_field(read_field: Callable[[Condition], object], *, is_last: bool) -> Change:
    """Return a function that keeps one filter on each field: the last one, or the first one."""

    def choose(parts: list[Condition]) -> list[Condition]:
        kept: dict[object, Condition] = {}
        for position, part in enumerate(parts):
            field = read_field(part) if "field" in part else position
            if is_last or field not in kept:
                kept[field] = part
        return list(kept.values())

    def change(part: Condition) -> Condition:
        return {**part, "filters": choose(part["filters"])} if "filters" in part else part

    return change


def _of(operator: str, change: Change) -> Change:
    """Return a function that applies `change` to the filters of a logical operator only."""
    return lambda part: change(part) if part.get("operator") == operator else part


def _not_of_present(condition: Condition) -> Condition:
    """Return the condition with NOT as in SQL: a comparison with a field that is absent stays false under NOT."""
    if "filters" not in condition:
        return condition
    if condition["operator"] != "NOT":
        return {**condition, "filters": [_not_of_present(part) for part in condition["filters"]]}
    return {"operator": "AND", "filters": [_negate(part) for part in condition["filters"]]}


def _negate(condition: Condition) -> Condition:
    match condition.get("operator"):
        case "NOT":
            return {"operator": "OR", "filters": [_not_of_present(part) for part in condition["filters"]]}
        case "AND" | "OR" if "filters" in condition:
            other = "OR" if condition["operator"] == "AND" else "AND"
            return {"operator": other, "filters": [_negate(part) for part in condition["filters"]]}
    negated = {"operator": "NOT", "filters": [condition]}
    return {"operator": "AND", "filters": [negated, _is_present(condition)]}


def _is_present(condition: Condition) -> Condition:
    if "nested" in condition:
        return {**condition, "nested": _is_present(condition["nested"])}
    if condition["operator"] == "IS_NULL":
        return EVERYTHING
    return {"field": condition["field"], "operator": "IS_NULL", "value": False}


def _drop_not(part: Condition) -> Condition:
    return part["filters"][0] if "filters" in part and part["operator"] == "NOT" else part


def _drop_not_of_logical(part: Condition) -> Condition:
    inner = _drop_not(part)
    return inner if "filters" in inner else part


def _distribute_not(operator: str) -> Change:
    """Return a function that applies NOT to each part of a logical filter with `operator`."""

    def change(part: Condition) -> Condition:
        inner = _drop_not(part)
        if inner is part or "filters" not in inner or inner["operator"] != operator:
            return part
        return {**inner, "filters": [{"operator": "NOT", "filters": [each]} for each in inner["filters"]]}

    return change


def _drop_inner(condition: Condition) -> Condition:
    if "filters" not in condition:
        return condition
    return {**condition, "filters": [part for part in condition["filters"] if "filters" not in part]}


def _drop_nested(part: Condition) -> Condition:
    return EVERYTHING if "nested" in part else part


# Changes of one logical filter.
_IN_LOGICAL_FILTERS: Final[tuple[tuple[str, Change], ...]] = (
    ("AND were OR", _swap("AND", "OR")),
    ("OR were AND", _swap("OR", "AND")),
    ("NOT were ignored", _drop_not),
    ("NOT of a logical filter were ignored", _drop_not_of_logical),
    *(
        (f"NOT of {operator} were {operator} of NOTs", _distribute_not(operator))
        for operator in ("AND", "OR")
    ),
    *(
        (f"{prefix} kept only the {which} filter on each {what}", limit(_once_per_field(read, is_last=last)))
        for what, read in (("field", read_path), ("outermost field", lambda part: part["field"]))
        for which, last in (("last", True), ("first", False))
        for prefix, limit in (
            ("AND", partial(_of, "AND")),
            ("OR", partial(_of, "OR")),
            ("AND and OR", lambda change: change),
        )
    ),
    *(
        (f"{operator} used only {which} of its filters", _keep(operator, choose))
        for operator in ("AND", "OR")
        for which, choose in (
            ("the first", lambda parts: parts[:1]),
            ("the last", lambda parts: parts[-1:]),
            ("the first two", lambda parts: parts[:2]),
        )
    ),
)

IN_CONDITIONS: Final[tuple[tuple[str, Change], ...]] = (
    ("the filter were ignored", lambda condition: EVERYTHING),
    ("no instance ever matched the filter", lambda condition: NOTHING),
    ("the filter were negated", lambda condition: {"operator": "NOT", "filters": [condition]}),
    *((cause, throughout(change)) for cause, change in _IN_LOGICAL_FILTERS),
    ("a logical filter inside another were ignored", _drop_inner),
    ("nested filters were ignored", throughout(_drop_nested)),
    ("NOT dropped rows that lack the field", _not_of_present),
)

# The kinds of logical filters that backends may treat differently: their name, and whether a filter is one. The second
# argument says whether it is part of another logical filter.
_KINDS: Final[tuple[tuple[str, Callable[[Condition, bool], bool]], ...]] = (
    (
        "over nested filters",
        lambda condition, is_part: any("nested" in part for part in condition["filters"]),
    ),
    (
        "over comparisons",
        lambda condition, is_part: all(
            "operator" in part and "field" in part for part in condition["filters"]
        ),
    ),
    (
        "over logical filters",
        lambda condition, is_part: any("filters" in part for part in condition["filters"]),
    ),
    ("inside another logical filter", lambda condition, is_part: is_part),
    ("outside of other logical filters", lambda condition, is_part: not is_part),
)


def limit_to_kinds(condition: Condition) -> Iterator[tuple[str, Change]]:
    """Yield the mistakes with one logical filter for each kind of it, if `condition` is a logical filter."""
    if "filters" in condition:
        for kind, applies in _KINDS:
            for cause, change in _IN_LOGICAL_FILTERS:
                yield f"{cause} {kind}", _limit(change, applies)


def _limit(change: Change, applies: Callable[[Condition, bool], bool]) -> Change:
    def rewrite(condition: Condition, *, is_part: bool = False) -> Condition:
        if "filters" not in condition:
            return condition
        rewritten = {**condition, "filters": [rewrite(part, is_part=True) for part in condition["filters"]]}
        return change(rewritten) if applies(condition, is_part) else rewritten

    return rewrite
