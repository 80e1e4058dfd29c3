"""Common mistakes with comparisons: a cause, and a function that rewrites a condition accordingly."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from .conditions import DATES
from .rewriting import EVERYTHING, Change, Condition, comparing

_WHITESPACE: Final = re.compile(r"\s+")
_CLOCK: Final = len("2026-03-01T00:00:00")


def _where(operator: str, change: Change) -> Change:
    return comparing(lambda leaf: change(leaf) if leaf["operator"] == operator else leaf)


def _as(operator: str, other: str) -> Change:
    return _where(operator, lambda leaf: {**leaf, "operator": other})


def _with_value(operator: str, change: Callable[[Any], Any]) -> Change:
    return _where(operator, lambda leaf: {**leaf, "value": change(leaf["value"])})


def _with_text(change: Callable[[str], str]) -> Change:
    def rewrite(leaf: Condition) -> Condition:
        value = leaf["value"]
        return {**leaf, "value": change(value)} if isinstance(value, str) else leaf

    return comparing(rewrite)


def collapse(text: str) -> str:
    """Return the text with one space in place of each run of whitespace."""
    return _WHITESPACE.sub(" ", text)


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
    ("the UTC offset of a timestamp were ignored", comparing(_ignore_zone)),
    ("runs of whitespace in a value of a filter were one space", _with_text(collapse)),
    ("blanks around a value of a filter were dropped", _with_text(str.strip)),
    ("backslashes were dropped", _with_text(lambda text: text.replace("\\", ""))),
    ("quotes were dropped", _with_text(lambda text: text.replace('"', "").replace("'", ""))),
    *(
        (f"{operator} were ignored", _where(operator, lambda leaf: EVERYTHING))
        for operator in ("EQ", "IN", "LIKE", "IS_NULL", "BETWEEN", "GT", "GTE", "LT", "LTE")
    ),
)
