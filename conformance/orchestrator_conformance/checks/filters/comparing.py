"""Compares a filtered list with the rows that satisfy the filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition
from ...session.lists.comparing import expect_same
from ...session.lists.instances import Listing, Lists
from ...session.session import Undecided

# The characters of a value that a message shows.
_SHOWN: Final = 60


def expect_what_satisfies(lists: Lists, condition: Condition) -> None:
    """Compare the list filtered by `condition` with the rows that satisfy it."""

    def compare(whole: Listing, found: Listing) -> None:
        expected = [row["id"] for row in whole.rows if satisfies(row, condition)]
        expect_same(
            expected,
            found.ids,
            f"the instances {describe(condition)}",
            found.exchange,
        )

    lists.agree(lambda: lists.ask({"filters": condition}), compare)


def expect_decisive(lists: Lists, conditions: Sequence[Condition], missing: str) -> None:
    """Compare the list filtered by each of the conditions with the rows that satisfy it.

    Raises `Undecided` with what is `missing` unless one condition lists some rows, and one does not list all of them.
    Otherwise a filter that is ignored, or that matches nothing, could not be noticed.
    """
    for each in conditions:
        expect_what_satisfies(lists, each)
    rows = lists.known().rows
    counts = [sum(satisfies(row, each) for row in rows) for each in conditions]
    if not any(counts) or all(count == len(rows) for count in counts):
        raise Undecided(missing)


def describe(condition: Condition) -> str:
    """Return a field filter, also within nested filters, as text. Long values are shortened."""
    if "filters" in condition:
        return "that satisfy the filter"
    if "nested" in condition:
        return describe(condition["nested"])
    value = condition["value"]
    shown = f"one of {len(value)} values" if isinstance(value, list) and len(value) > 2 else _shorten(value)
    return f"with {condition['field']} {condition['operator']} {shown}"


def _shorten(value: object) -> str:
    if isinstance(value, str) and len(value) > _SHOWN:
        return f"{value[:_SHOWN]!r}... ({len(value)} characters)"
    return repr(value)
