"""Reads the rows of an answered list, also if the list was requested by another user or may be refused."""

from __future__ import annotations

from typing import Final

from ..target.exchange import Exchange, NotJson, read_json
from .instances import Row

_KEYS: Final = {
    "getInstances": ("items", "id"),
    "getWorkflowInstances": ("items", "id"),
    "getWorkflowsOverview": ("overviews", "workflowId"),
    "getWorkflowsOverviewForEntity": ("overviews", "workflowId"),
}


def read_rows(exchange: Exchange) -> list[Row]:
    """Return the rows that have an id. The list is empty if the request was refused or the answer cannot be read."""
    if not 200 <= exchange.response.status <= 299:
        return []
    key, id_field = _KEYS[exchange.operation_id]
    try:
        value = read_json(exchange.response.body)
    except NotJson:
        return []
    found = value.get(key) if isinstance(value, dict) else None
    rows = found if isinstance(found, list) else []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get(id_field), str)]
