"""Evaluates a filter, as the `Filter` schema of the document describes it, on a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from .instants import read_instant

JSON = Any
Row = dict[str, Any]

# Returns what dates are compared by: their instants, unless a mistake is modelled.
ReadDate = Callable[[object], Any]

DATES: Final = frozenset({"start", "end"})
_VARIABLES: Final = ("initiatorEntity", "targetEntity", "workflowdata")


def read_text(value: object) -> str | None:
    """Return a text as it is, or None for any other value."""
    return value if isinstance(value, str) else None


def satisfies(row: JSON, condition: JSON, read_date: ReadDate = read_instant) -> bool:
    """Whether `row` satisfies `condition`. A row without the field satisfies no comparison except IS_NULL.

    The document leaves some cases open. Here an empty AND matches every row, an empty OR matches none, and NOT with
    several filters matches the rows that satisfy none of them.
    """
    match condition:
        case {"operator": "AND", "filters": list(parts)}:
            return all(satisfies(row, part, read_date) for part in parts)
        case {"operator": "OR", "filters": list(parts)}:
            return any(satisfies(row, part, read_date) for part in parts)
        case {"operator": "NOT", "filters": list(parts)}:
            return not any(satisfies(row, part, read_date) for part in parts)
        case {"field": field, "nested": nested}:
            return satisfies(_step(row, field), nested, read_date)
        case {"field": field, "operator": operator, "value": value}:
            return compares(_step(row, field), operator, value, is_date=field in DATES, read_date=read_date)
        case _:
            raise ValueError(f"not a filter of the document: {condition!r}")


def _step(row: JSON, field: str) -> JSON:
    if not isinstance(row, Mapping):
        return None
    if field == "variables" and "variables" not in row:
        return {name: row[name] for name in _VARIABLES if name in row}
    if field == "id" and "workflowId" in row:
        return row["workflowId"]
    return row.get(field)


def compares(
    stored: JSON, operator: str, value: JSON, *, is_date: bool, read_date: ReadDate = read_instant
) -> bool:
    """Whether `stored` compares to `value` as `operator` requires. `stored` is None if the row has no value."""
    if operator == "IS_NULL":
        return (stored is None) == bool(value)
    if is_date:
        return _compares_dates(read_date(stored), operator, value, read_date)
    match operator:
        case "EQ":
            return is_same(stored, value)
        case "IN":
            return any(is_same(stored, each) for each in value)
        case "LIKE":
            return isinstance(stored, str) and pattern_of(value).fullmatch(stored) is not None
        case _:
            raise ValueError(f"{operator} applies to dates only")


def is_same(one: JSON, other: JSON) -> bool:
    """Whether two JSON values are equal. Unlike in Python, true is not equal to 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def pattern_of(text: str) -> re.Pattern[str]:
    """Return the regular expression for a LIKE pattern, in which * and % match any number of characters."""
    return re.compile(".*".join(map(re.escape, re.split("[*%]", text))), re.DOTALL)


def _compares_dates(stored: Any, operator: str, value: JSON, read_date: ReadDate) -> bool:
    if stored is None:
        return False
    asked = [read_date(each) for each in (value if isinstance(value, list) else [value])]
    if None in asked:
        raise ValueError(f"not a timestamp with a UTC offset: {value!r}")
    instants = [each for each in asked if each is not None]
    match operator:
        case "EQ" | "IN":
            return stored in instants
        case "GT":
            return bool(stored > instants[0])
        case "GTE":
            return bool(stored >= instants[0])
        case "LT":
            return bool(stored < instants[0])
        case "LTE":
            return bool(stored <= instants[0])
        case "BETWEEN":
            return bool(instants[0] <= stored <= instants[1])
        case _:
            raise ValueError(f"{operator} does not apply to dates")
