"""Handles rows that do not show a value that every row must have, so that a filter on it cannot be judged on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...contract.shaping import list_required_of_items
from ...model.conditions import Row
from ...target.exchange import Exchange
from ...target.json_reading import read_object
from ..session import Session

JSON = Any


def find_undecidable(
    session: Session, exchanges: Iterable[Exchange], rows: Iterable[Row], *, is_whole: bool
) -> set[str]:
    """Return the ids of the rows that lack a field that they must have and by which a list in `exchanges` selects.

    That is a required field, and the end of a finished instance. If `is_whole`, the list of one workflow selects by
    processId. The backend may know the value and filter by it. Other requirements report that it is not shown. Pages
    are not considered.
    """
    required = set(_list_required(session))
    fields = {each for exchange in exchanges for each in _list_fields(exchange, is_whole=is_whole)}
    return {
        row["id"] for row in rows if any(row.get(field) is None for field in fields & _needed(row, required))
    }


def _needed(row: Row, required: set[str]) -> set[str]:
    return required | {"end"} if row.get("state") in ("COMPLETED", "ABORTED") else required


def hide_partial_fields(session: Session, rows: Sequence[Row]) -> list[Row]:
    """Return the rows without the required fields that some of them lack, on which no filter can be judged."""
    partial = {field for field in _list_required(session) if any(row.get(field) is None for row in rows)}
    return [{name: each for name, each in row.items() if name not in partial} for row in rows]


def _list_required(session: Session) -> tuple[str, ...]:
    operation = session.contract.operations.get("getInstances")
    medias = operation.find_answer(200) if operation else None
    return list_required_of_items(session.contract.document, medias[0].schema, "items") if medias else ()


def _list_fields(exchange: Exchange, *, is_whole: bool) -> Iterator[str]:
    if exchange.operation_id not in ("getInstances", "getWorkflowInstances"):
        return
    body = read_object(exchange.request.body)
    if "pageSize" not in body.get("paginationInfo", {}):
        yield from _list_named(body.get("filters"))
        if is_whole and exchange.operation_id == "getWorkflowInstances":
            yield "processId"


def _list_named(condition: JSON) -> Iterator[str]:
    match condition:
        case {"filters": list(parts)}:
            for part in parts:
                yield from _list_named(part)
        case {"field": str(field)}:
            yield field
