"""Finds the rows that a filter cannot be judged on, because the list does not show a value that every row must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..contract.shaping import list_required_of_items
from ..model.conditions import Row
from ..target.exchange import Exchange, NotJson, read_json
from .session import Session

JSON = Any


def find_undecidable(session: Session, exchanges: Iterable[Exchange], rows: Iterable[Row]) -> set[str]:
    """Return the ids of the rows that lack a required field which a list in `exchanges` is filtered by.

    The backend knows the value and filters by it. The requirements of the operation report that it is not shown. Lists
    that are cut into pages are not considered.
    """
    required = set(_list_required(session))
    fields = {each for exchange in exchanges for each in _list_fields(exchange)} & required
    return {row["id"] for row in rows if any(row.get(field) is None for field in fields)}


def _list_required(session: Session) -> tuple[str, ...]:
    operation = session.contract.operations.get("getInstances")
    medias = operation.find_answer(200) if operation else None
    return list_required_of_items(session.contract.document, medias[0].schema, "items") if medias else ()


def _list_fields(exchange: Exchange) -> Iterator[str]:
    if exchange.operation_id == "getWorkflowInstances":
        yield "processId"
    elif exchange.operation_id != "getInstances":
        return
    try:
        body = read_json(exchange.request.body) if exchange.request.body else {}
    except NotJson:
        return
    if "pageSize" not in body.get("paginationInfo", {}):
        yield from _list_named(body.get("filters"))


def _list_named(condition: JSON) -> Iterator[str]:
    match condition:
        case {"filters": list(parts)}:
            for part in parts:
                yield from _list_named(part)
        case {"field": str(field)}:
            yield field
