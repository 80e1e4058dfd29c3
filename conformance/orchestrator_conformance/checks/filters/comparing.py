"""Compares a filtered list with the rows that satisfy the filter."""

from __future__ import annotations

from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition
from ...session.instances import Listing, Lists, expect_same

# The characters of a value that a message shows.
_SHOWN: Final = 60


def expect_what_satisfies(lists: Lists, condition: Condition) -> None:
    """Compare the list filtered by `condition` with the rows that satisfy it."""

    def compare(whole: Listing, found: Listing) -> None:
        expected = [row["id"] for row in whole.rows if satisfies(row, condition)]
        expect_same(
            expected,
            found.ids,
            f"the instances with {describe(condition)}"
            if "filters" not in condition
            else "the instances that satisfy the filter",
            found.exchange,
        )

    lists.agree(lambda: lists.ask({"filters": condition}), compare)


def describe(condition: Condition) -> str:
    """Return a field filter, also within nested filters, as text. Long values are shortened."""
    if "filters" in condition:
        return "that satisfy the filter"
    if "nested" in condition:
        return describe(condition["nested"])
    value = condition["value"]
    shown = f"one of {len(value)} values" if isinstance(value, list) else _shorten(value)
    return f"with {condition['field']} {condition['operator']} {shown}"


def _shorten(value: object) -> str:
    if isinstance(value, str) and len(value) > _SHOWN:
        return f"{value[:_SHOWN]!r}... ({len(value)} characters)"
    return repr(value)
