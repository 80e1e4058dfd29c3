"""Reads the overviews of a workflow in every way that the contract offers."""

from __future__ import annotations

from dataclasses import dataclass

from ...session.lists.instances import Lists, Row, texts_of
from ...session.runs.runs import list_workflows, read_overviews
from ...session.session import Answer, Failed, Session, Undecided
from ...target.exchange import Exchange
from ..filters.fields import where
from .overviews import WORKFLOWS


@dataclass(frozen=True, slots=True)
class View:
    """One way to read the overview of a workflow. `row` is the overview, or None if the answer does not have it."""

    place: str
    row: Row | None
    exchange: Exchange


def read_views(session: Session, workflow_id: str, entity: str | None = None) -> list[View]:
    """Return the overview of a workflow in every answer that should contain it.

    `entity` is an entity that the workflow ran for. Lists that are refused or disclaimed are left out, because other
    requirements cover them.
    """
    found = [("in the list", _ask(session, "getWorkflowsOverview", {}))]
    if session.claims.allows("overview-filters"):
        body: Row = {"filters": where("id", "EQ", workflow_id)}
        found.append(("in the list filtered by its id", _ask(session, "getWorkflowsOverview", body)))
    if session.claims.allows("entity-overviews"):
        body = {"annotationWorkflowIds": [workflow_id]}
        named = _ask(session, "getWorkflowsOverviewForEntity", body)
        found.append(("for an entity that names it", named))
        if entity is not None:
            ran = _ask(session, "getWorkflowsOverviewForEntity", {"targetEntity": entity})
            found.append((f"for {entity}", ran))
    views = [
        View(place, _find(answer, workflow_id), answer.exchange)
        for place, answer in found
        if answer is not None
    ]
    if views and views[0].row is None and workflow_id in texts_of(list_workflows(session), "workflowId"):
        # The backend pages the list although no page was requested, which another requirement covers.
        views = views[1:]
    return [*views[:1], *_read_alone(session, workflow_id), *views[1:]]


def _read_alone(session: Session, workflow_id: str) -> list[View]:
    # The workflow may not exist any more, so the request may be refused.
    path = {"workflowId": workflow_id}
    exchange = session.call("getWorkflowOverviewById", path, is_good=False)
    try:
        row = session.read(exchange) if exchange.is_success else {}
    except Undecided:
        return []
    if exchange.response.status >= 500 and not _answers_alone(session):
        return []
    # A missing workflowId violates the schema, which is reported on its own.
    is_own = bool(row) and row.get("workflowId", workflow_id) == workflow_id
    return [View("by its id", row if is_own else None, exchange)]


def _answers_alone(session: Session) -> bool:
    """Whether any listed workflow can be read by its id. If not, another requirement reports it."""

    def find_out() -> bool:
        paths = [{"workflowId": row["workflowId"]} for row in list_workflows(session)[:WORKFLOWS]]
        return any(session.call("getWorkflowOverviewById", path, is_good=False).is_success for path in paths)

    return session.remember("overviews can be read by id", find_out)


def _ask(session: Session, operation_id: str, body: Row) -> Answer | None:
    # A request that names a workflow which does not exist any more may be refused.
    exchange = session.call(operation_id, body=body, is_good=False)
    try:
        return Answer(session.read(exchange), exchange) if exchange.is_success else None
    except Undecided:
        return None


def _find(answer: Answer, workflow_id: str) -> Row | None:
    return next((row for row in read_overviews(answer) if row["workflowId"] == workflow_id), None)


def list_runs(session: Session) -> list[Row]:
    """Return the listed runs, or an empty list if they cannot be listed."""
    try:
        return Lists(session).known().rows
    except (Failed, Undecided):
        return []


def choose_workflows(session: Session) -> list[str]:
    """Return the ids of the workflows to compare: some whose service is down, and preferably some that have run."""
    ran = {row.get("processId") for row in list_runs(session)}
    rows = list_workflows(session)
    down = [row["workflowId"] for row in rows if row.get("isAvailable") is False][: WORKFLOWS // 2]
    others = sorted(
        (row["workflowId"] for row in rows if row["workflowId"] not in down), key=lambda each: each not in ran
    )
    return [*down, *others][:WORKFLOWS]


def find_entity_of(session: Session, workflow_id: str) -> str | None:
    """Return an entity that the workflow ran for, or None if no list shows one."""
    entities = (row.get("targetEntity") for row in list_runs(session) if row.get("processId") == workflow_id)
    return next((entity for entity in entities if isinstance(entity, str) and entity), None)
