"""Finds the mistakes that explain an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .conditions import Row
from .neighbours import list_neighbours
from .searching import Body, keys_of, search, select


def explain(rows: Sequence[Row], body: Body, found: Sequence[Row], total: Any = None) -> list[str]:
    """Return what a backend behaves as if it did that answers `found` out of `rows`, the plainest first.

    Each completes "behaves as if ...". None are found where the answer is right, or where no mistake leads to it.
    `total` is the answer's totalCount, where it has one.
    """
    try:
        right = search(rows, body)
        if _is_same(right, found, body, rows):
            return _explain_total(rows, body, found, total)
        return [
            each.says
            for each in list_neighbours()
            if _explains(each.predict(rows, body), rows, body, found, right)
        ]
    except (ValueError, TypeError, KeyError, IndexError):
        # A request of the kind whose meaning is left open.
        return []


def _explains(
    predicted: list[Row] | None, rows: Sequence[Row], body: Body, found: Sequence[Row], right: Sequence[Row]
) -> bool:
    if predicted is None or _is_same(predicted, right, body, rows):
        return False
    return _is_same(predicted, found, body, rows)


def _is_same(one: Sequence[Row], other: Sequence[Row], body: Body, rows: Sequence[Row]) -> bool:
    """Whether two lists are the same answer: rows that are alike in the sort key may stand in any order."""
    if len(one) != len(other):
        return False
    ids = [_id_of(row) for row in one], [_id_of(row) for row in other]
    if ids[0] == ids[1]:
        return True
    paging = body.get("paginationInfo") or {}
    is_cut = bool(paging.get("offset")) or len(one) == paging.get("pageSize")
    if not is_cut and sorted(ids[0]) != sorted(ids[1]):
        return False
    return keys_of(one, body) == keys_of(other, body)


def _id_of(row: Row) -> str:
    return str(row.get("id", row.get("workflowId")))


def _explain_total(rows: Sequence[Row], body: Body, found: Sequence[Row], total: Any) -> list[str]:
    matching = len(select(rows, body))
    if total is None or total == matching:
        return []
    guesses = {
        "totalCount counted the page": len(found),
        "totalCount counted without the filter": len(rows),
        "totalCount counted from the offset on": matching
        - int((body.get("paginationInfo") or {}).get("offset", 0)),
    }
    return [says for says, guess in guesses.items() if guess == total]
