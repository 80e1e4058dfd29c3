"""Reads the rows of an answered list, also if the list was requested by another user or may be refused."""

from __future__ import annotations

from typing import Final

from ...target.exchange import Exchange
from ..session import Session, Undecided
from .instances import Row

_KEYS: Final = {
    "getInstances": ("items", "id"),
    "getWorkflowInstances": ("items", "id"),
    "getWorkflowsOverview": ("overviews", "workflowId"),
}


def read_rows(session: Session, exchange: Exchange) -> list[Row]:
    """Return the rows that have an id. The list is empty if the request was refused or the answer cannot be read."""
    if not exchange.is_success:
        return []
    key, id_field = _KEYS[exchange.operation_id]
    try:
        rows = session.read(exchange).get(key, [])
    except Undecided:
        return []
    return [row for row in rows if isinstance(row.get(id_field), str)]
