"""Finds the causes of a failure: the common search mistakes that explain the lists in its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model.conditions import Row
from ..model.diagnosis import explain
from ..target.exchange import Exchange, NotJson, read_json
from .instances import Lists
from .session import Session

_LISTS = {"getInstances": "items", "getWorkflowInstances": "items", "getWorkflowsOverview": "overviews"}


def find_causes(session: Session, evidence: Sequence[Exchange]) -> tuple[str, ...]:
    """Return the causes that explain every wrong list in `evidence`.

    Each cause completes "the target behaves as if ...".
    """
    explained = [causes for each in evidence if (causes := _explain(session, each))]
    if not explained:
        return ()
    first, *rest = explained
    return tuple(cause for cause in first if all(cause in other for other in rest))


def _explain(session: Session, exchange: Exchange) -> list[str]:
    if exchange.operation_id not in _LISTS or exchange.response.status != 200:
        return []
    try:
        body = read_json(exchange.request.body) if exchange.request.body else {}
        answer = read_json(exchange.response.body)
    except NotJson:
        return []
    found = answer.get(_LISTS[exchange.operation_id]) if isinstance(answer, dict) else None
    if not isinstance(body, dict) or not isinstance(found, list):
        return []
    rows = _known_rows(session, exchange.operation_id)
    if exchange.operation_id != "getWorkflowInstances":
        return explain(rows, body, found, answer.get("totalCount"))
    return _explain_own(session, exchange, rows, body, found)


def _explain_own(
    session: Session, exchange: Exchange, rows: list[Row], body: dict[str, Any], found: list[Row]
) -> list[str]:
    resolved = session.contract.find_operation(exchange.request.method, exchange.request.path)
    name = resolved[1].get("workflowId") if resolved else None
    own = [row for row in rows if row.get("processId") == name]
    if any(row.get("processId") != name for row in found):
        return ["the workflow in the path were ignored"]
    return explain(own, body, found)


def _known_rows(session: Session, operation_id: str) -> list[Row]:
    if operation_id == "getWorkflowsOverview":
        known: list[Row] = session.memory.get("overviews", [])
        return known
    return Lists(session).last_known
