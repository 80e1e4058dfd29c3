"""Common mistakes with filters. Each is a cause and a function that rewrites a condition as the mistake would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from .conditions import DATES

Condition = dict[str, Any]
Change = Callable[[Condition], Condition]

_EVERYTHING: Final[Condition] = {"operator": "AND", "filters": []}
_NOTHING: Final[Condition] = {"operator": "OR", "filters": []}
_CLOCK: Final = len("2026-03-01T00:00:00")


def _throughout(change: Change) -> Change:
    """Return a function that applies `change` to every part of a condition, innermost first."""

    def rewrite(condition: Condition) -> Condition:
        if "filters" in condition:
            return change({**condition, "filters": [rewrite(part) for part in condition["filters"]]})
        return change(condition)

    return rewrite


def _comparing(change: Change) -> Change:
    """Return a function that applies `change` to every comparison in a condition, at any depth."""

    def rewrite(condition: Condition) -> Condition:
        if "filters" in condition:
            return {**condition, "filters": [rewrite(part) for part in condition["filters"]]}
        if "nested" in condition:
            changed = rewrite(condition["nested"])
            return _EVERYTHING if changed == _EVERYTHING else {**condition, "nested": changed}
        return change(condition)

    return rewrite


def _swap(one: str, other: str) -> Change:
    def change(part: Condition) -> Condition:
        return {**part, "operator": other} if "filters" in part and part["operator"] == one else part

    return _throughout(change)


def _keep(operator: str, choose: Callable[[list[Condition]], list[Condition]]) -> Change:
    def change(part: Condition) -> Condition:
        if "filters" in part and part["operator"] == operator:
            return {**part, "filters": choose(part["filters"])}
        return part

    return _throughout(change)


def _last_of_each_field(parts: list[Condition]) -> list[Condition]:
    return list({str(part.get("field", position)): part for position, part in enumerate(parts)}.values())


def _drop_not(part: Condition) -> Condition:
    return part["filters"][0] if "filters" in part and part["operator"] == "NOT" else part


def _drop_not_of_logical(part: Condition) -> Condition:
    inner = _drop_not(part)
    return inner if "filters" in inner else part


def _drop_inner(condition: Condition) -> Condition:
    if "filters" not in condition:
        return condition
    return {**condition, "filters": [part for part in condition["filters"] if "filters" not in part]}


def _drop_nested(part: Condition) -> Condition:
    return _EVERYTHING if "nested" in part else part


IN_CONDITIONS: Final[tuple[tuple[str, Change], ...]] = (
    ("the filter were ignored", lambda condition: _EVERYTHING),
    ("no instance ever matched the filter", lambda condition: _NOTHING),
    ("the filter were negated", lambda condition: {"operator": "NOT", "filters": [condition]}),
    ("AND were OR", _swap("AND", "OR")),
    ("OR were AND", _swap("OR", "AND")),
    ("NOT were ignored", _throughout(_drop_not)),
    ("NOT of a logical filter were ignored", _throughout(_drop_not_of_logical)),
    ("a logical filter inside another were ignored", _drop_inner),
    ("nested filters were ignored", _throughout(_drop_nested)),
    ("AND kept only the last filter on each field", _keep("AND", _last_of_each_field)),
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


def _where(operator: str, change: Change) -> Change:
    return _comparing(lambda leaf: change(leaf) if leaf["operator"] == operator else leaf)


def _as(operator: str, other: str) -> Change:
    return _where(operator, lambda leaf: {**leaf, "operator": other})


def _with_value(operator: str, change: Callable[[Any], Any]) -> Change:
    return _where(operator, lambda leaf: {**leaf, "value": change(leaf["value"])})


def _with_text(change: Callable[[str], str]) -> Change:
    def rewrite(leaf: Condition) -> Condition:
        value = leaf["value"]
        return {**leaf, "value": change(value)} if isinstance(value, str) else leaf

    return _comparing(rewrite)


def _no_wildcard(wildcard: str) -> Change:
    return _where("LIKE", lambda leaf: {**leaf, "operator": "EQ"} if wildcard in leaf["value"] else leaf)


def _by_pattern(pattern: str) -> Change:
    def change(leaf: Condition) -> Condition:
        if not isinstance(leaf["value"], str) or leaf["field"] in DATES:
            return leaf
        return {**leaf, "operator": "LIKE", "value": pattern.format(leaf["value"])}

    return _where("EQ", change)


def _between(low: str, high: str) -> Change:
    def change(leaf: Condition) -> Condition:
        first, last = leaf["value"]
        ends = [{**leaf, "operator": low, "value": first}, {**leaf, "operator": high, "value": last}]
        return {"operator": "AND", "filters": ends}

    return _where("BETWEEN", change)


def _ignore_zone(leaf: Condition) -> Condition:
    if leaf["field"] not in DATES or not isinstance(leaf["value"], str):
        return leaf
    return {**leaf, "value": f"{leaf['value'][:_CLOCK]}Z"}


IN_COMPARISONS: Final[tuple[tuple[str, Change], ...]] = (
    ("LIKE were EQ", _as("LIKE", "EQ")),
    ("* were not a wildcard", _no_wildcard("*")),
    ("% were not a wildcard", _no_wildcard("%")),
    ("LIKE had a wildcard at the end", _with_value("LIKE", lambda value: f"{value}*")),
    ("LIKE had a wildcard at both ends", _with_value("LIKE", lambda value: f"*{value}*")),
    ("EQ matched the beginning of a text", _by_pattern("{}*")),
    ("EQ matched any part of a text", _by_pattern("*{}*")),
    ("IN used only the first of its values", _with_value("IN", lambda values: values[:1])),
    ("IN used only the last of its values", _with_value("IN", lambda values: values[-1:])),
    ("GTE were GT", _as("GTE", "GT")),
    ("GT were GTE", _as("GT", "GTE")),
    ("LTE were LT", _as("LTE", "LT")),
    ("LT were LTE", _as("LT", "LTE")),
    ("BETWEEN excluded its lower bound", _between("GT", "LTE")),
    ("BETWEEN excluded its upper bound", _between("GTE", "LT")),
    ("BETWEEN excluded both bounds", _between("GT", "LT")),
    ("IS_NULL were always true", _with_value("IS_NULL", lambda value: True)),
    ("IS_NULL true and false were swapped", _with_value("IS_NULL", lambda value: not value)),
    ("the UTC offset of a timestamp were ignored", _comparing(_ignore_zone)),
    ("several spaces in a row were one space", _with_text(lambda text: " ".join(text.split()))),
    ("backslashes were dropped", _with_text(lambda text: text.replace("\\", ""))),
    ("quotes were dropped", _with_text(lambda text: text.replace('"', "").replace("'", ""))),
    *(
        (f"{operator} were ignored", _where(operator, lambda leaf: _EVERYTHING))
        for operator in ("EQ", "IN", "LIKE", "IS_NULL", "BETWEEN", "GT", "GTE", "LT", "LTE")
    ),
)
