"""Selects the rows that a `SearchRequest` asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .conditions import DATES, ReadDate, Row, satisfies
from .instants import read_instant

Body = Mapping[str, Any]


def search(rows: Sequence[Row], body: Body, read_date: ReadDate = read_instant) -> list[Row]:
    """Return the page that `body` asks for.

    `rows` are all rows, in the default order of the backend. Rows with equal sort keys keep that order, and rows
    without the key come last. The document defines neither, so compare answers by their sort keys, see `keys_of`.
    """
    paging = body.get("paginationInfo") or {}
    found = select(rows, body, read_date)
    if "orderBy" in paging or paging.get("orderDirection") == "DESC":
        is_descending = paging.get("orderDirection") == "DESC"
        found = sort(found, paging.get("orderBy", "start"), is_descending=is_descending, read_date=read_date)
    offset = max(0, int(paging.get("offset", 0)))
    return found[offset : offset + int(paging["pageSize"])] if "pageSize" in paging else found[offset:]


def select(rows: Sequence[Row], body: Body, read_date: ReadDate = read_instant) -> list[Row]:
    """Return the rows that match the filter of `body`, on all pages."""
    condition = body.get("filters")
    return [row for row in rows if condition is None or satisfies(row, condition, read_date)]


def sort(
    rows: Sequence[Row], key: str, *, is_descending: bool, read_date: ReadDate = read_instant
) -> list[Row]:
    """Return the rows sorted by `key`; rows without it come last."""
    present = [row for row in rows if key_of(row, key, read_date) is not None]
    absent = [row for row in rows if key_of(row, key, read_date) is None]
    return sorted(present, key=lambda row: key_of(row, key, read_date), reverse=is_descending) + absent


def keys_of(rows: Sequence[Row], body: Body) -> list[Any]:
    """Return the sort key of each row."""
    key = (body.get("paginationInfo") or {}).get("orderBy", "start")
    return [key_of(row, key) for row in rows]


def key_of(row: Row, key: str, read_date: ReadDate = read_instant) -> Any:
    """Return the sort key of `row`: the instant of a date, any other value as it is, or None if there is none."""
    value = row.get("workflowId") if key == "id" and "workflowId" in row else row.get(key)
    return read_date(value) if key in DATES else value
