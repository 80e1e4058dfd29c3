"""Finds the common mistakes that explain a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .conditions import Row
from .mistakes import list_mistakes
from .searching import Body, keys_of, search, select


def explain(rows: Sequence[Row], body: Body, found: Sequence[Row], total: Any = None) -> list[str]:
    """Return the causes that explain why a backend with `rows` answers `found`, the simplest first.

    Each cause completes "the backend behaves as if ...". The list is empty if the answer is right or if no mistake
    leads to it. `total` is the totalCount of the answer, or None.
    """
    try:
        right = search(rows, body)
        if _is_same(right, found, body, rows):
            return _explain_total(rows, body, found, total)
        return [
            each.cause
            for each in list_mistakes()
            if _explains(each.predict(rows, body), rows, body, found, right)
        ]
    except (ValueError, TypeError, KeyError, IndexError):
        # The document does not define the meaning of this request.
        return []


def _explains(
    predicted: list[Row] | None, rows: Sequence[Row], body: Body, found: Sequence[Row], right: Sequence[Row]
) -> bool:
    if predicted is None or _is_same(predicted, right, body, rows):
        return False
    return _is_same(predicted, found, body, rows)


def _is_same(one: Sequence[Row], other: Sequence[Row], body: Body, rows: Sequence[Row]) -> bool:
    """Whether two lists are the same answer. Rows with equal sort keys may come in any order."""
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
        "totalCount counted only the page": len(found),
        "totalCount ignored the filter": len(rows),
        "totalCount counted only from the offset": matching
        - int((body.get("paginationInfo") or {}).get("offset", 0)),
    }
    return [cause for cause, guess in guesses.items() if guess == total]
