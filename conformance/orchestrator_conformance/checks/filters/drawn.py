"""Draws the filters that other topics use: for totals, pages and complete lists."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from ...model.drawing import Condition, list_comparisons
from ...session.lists.comparing import find_split
from ...session.lists.instances import Lists, Row
from ...session.lists.unknown_values import hide_partial_fields
from ...session.session import NotApplicable, Session, Undecided
from .fields import where

# The number of rows that filters are chosen on. They are compared on all rows.
_ROWS: Final = 200


def sample_rows(lists: Lists) -> list[Row]:
    """Return the rows that filters are chosen on: all of a short list, and some of a long one."""
    rows = lists.known().rows
    if len(rows) < 2:
        raise Undecided("two instances")
    return hide_partial_fields(lists.session, rows[:: max(1, len(rows) // _ROWS)])


def draw_filters(rows: Sequence[Row], session: Session, count: int) -> list[Condition]:
    """Return filters that split the rows: one on a state if possible, and others of any kind, up to `count` in all."""
    comparisons = list_comparisons(rows, session.claims.allows)
    if not comparisons:
        if list_comparisons(rows, lambda feature: True):
            raise NotApplicable("no filter that lists some of the instances is claimed")
        raise Undecided("instances that differ enough for a filter")
    chosen = Random(session.seed).sample(comparisons, min(count, len(comparisons)))
    states = [each for each in comparisons if each.get("field") == "state"]
    if states:
        best = where("state", "EQ", find_split(list(rows), "state"))
        chosen = [best, *(each for each in chosen if each != best)][:count]
    return chosen
