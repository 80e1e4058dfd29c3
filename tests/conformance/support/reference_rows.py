"""A small table whose rows distinguish every operator from similar ones."""

from __future__ import annotations

from typing import Any

from orchestrator_conformance.reference.filters.table import Column, ColumnType, Table
from orchestrator_conformance.reference.lifecycle.instants import parse_instant
from orchestrator_conformance.reference.listing.search import Page, Search, parse_query

Row = dict[str, Any]

TABLE: Table[Row] = Table(
    columns={
        "id": Column(ColumnType.ID, lambda row: row["id"]),
        "name": Column(ColumnType.TEXT, lambda row: row["name"]),
        "at": Column(ColumnType.DATE, lambda row: row["at"] and parse_instant(row["at"])),
        "state": Column(ColumnType.STATE, lambda row: row["state"]),
        "variables": Column(
            ColumnType.OBJECT,
            lambda row: {"owner": row["owner"], "data": row["data"]},
            {"owner": ColumnType.TEXT, "data": ColumnType.VARIABLE},
        ),
    },
    default_order="at",
    read_id=lambda row: str(row["id"]),
)


def _row(row_id: str, name: str | None, at: str | None, state: str, owner: str | None, data: Any) -> Row:
    return {"id": row_id, "name": name, "at": at, "state": state, "owner": owner, "data": data}


ROWS = [
    _row("a", "alpha", "2025-01-01T10:00:00Z", "ACTIVE", "ada", {"size": 1, "deep": {"er": {"x": "y"}}}),
    _row("b", "beta", "2025-01-02T10:00:00Z", "ERROR", None, {"size": "1", "flag": True, "title": "One two"}),
    _row("c", None, "2025-01-03T10:00:00Z", "ACTIVE", "grace", {"size": 1.5, "flag": 1, "title": None}),
    _row("d", "alphabet", None, "COMPLETED", "ada", {"size": True, "deep": "flat"}),
    _row("e", "beta", "2025-01-02T10:00:00Z", "PENDING", "linus", {"size": [1, 2], "title": "one two"}),
]


def find(rows: list[Row], **search: Any) -> Page[Row]:
    return Search().run(TABLE, rows, parse_query(search))


def ids(rows: list[Row]) -> str:
    return "".join(row["id"] for row in rows)


def where(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def within(*path_and_last: Any) -> dict[str, Any]:
    """Return nested filters: the steps of the path, then the operator and the value."""
    *path, last, operator, value = path_and_last
    filters = where(last, operator, value)
    for step in reversed(path):
        filters = {"field": step, "nested": filters}
    return filters


def join(operator: str, *filters: dict[str, Any]) -> dict[str, Any]:
    return {"operator": operator, "filters": list(filters)}
