"""Which rows a `SearchRequest` asks for, out of all rows in the backend's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .conditions import DATES, Row, read_instant, satisfies

Body = Mapping[str, Any]


def search(rows: Sequence[Row], body: Body) -> list[Row]:
    """Return the page that `body` asks for.

    `rows` are in the default order, and rows that are alike in the sort key keep theirs; those without the key come
    last. Both are left open, so that an answer is to be compared by its keys: see `keys_of`.
    """
    paging = body.get("paginationInfo") or {}
    found = select(rows, body)
    if "orderBy" in paging or paging.get("orderDirection") == "DESC":
        found = sort(
            found, paging.get("orderBy", "start"), is_descending=paging.get("orderDirection") == "DESC"
        )
    offset = max(0, int(paging.get("offset", 0)))
    return found[offset : offset + int(paging["pageSize"])] if "pageSize" in paging else found[offset:]


def select(rows: Sequence[Row], body: Body) -> list[Row]:
    """Return the rows that the filter of `body` lets through, on all pages together."""
    condition = body.get("filters")
    return [row for row in rows if condition is None or satisfies(row, condition)]


def sort(rows: Sequence[Row], key: str, *, is_descending: bool) -> list[Row]:
    """Return the rows by `key`, those without it last."""
    present = [row for row in rows if key_of(row, key) is not None]
    absent = [row for row in rows if key_of(row, key) is None]
    return sorted(present, key=lambda row: key_of(row, key), reverse=is_descending) + absent


def keys_of(rows: Sequence[Row], body: Body) -> list[Any]:
    """Return what an order is about: the sort keys of the rows, one by one."""
    key = (body.get("paginationInfo") or {}).get("orderBy", "start")
    return [key_of(row, key) for row in rows]


def key_of(row: Row, key: str) -> Any:
    """Return what `row` is sorted by: an instant for a date, the value itself for all else, None where it has none."""
    value = row.get("workflowId") if key == "id" and "workflowId" in row else row.get(key)
    return read_instant(value) if key in DATES else value
