"""Checks that overviews are updated when runs start and end."""

from __future__ import annotations

from uuid import uuid4

from ...session.lists.comparing import expect_same
from ...session.lists.instances import FINISHED, Lists, Row, read_instant
from ...session.runs.runs import Run, await_state, known_inputs, read, read_overviews, start, start_with
from ...session.runs.workflow_probing import find_workflow, start_unfinished
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from ..overviews.last_runs import NOT_TRIGGERED_THEN

_Seen = list[tuple[Row, Exchange]]


@check("ORC-WF-LAST-04")
def overviews_are_updated(session: Session) -> None:
    """Start a run and end it if possible; after each step, wait until the overviews show the run correctly."""
    before = find_workflow(session, lambda _: True, "can be read")
    _read_overviews(session, before)
    run = _start(session, before)
    begun = await_state(session, run, lambda row: row.get("start") is not None) or {}
    if read_instant(begun.get("start")) is None:
        raise Undecided("a run that shows its start")
    _await_listed(session, run)
    _expect(session, run, begun, "lastRunId")
    if session.offers("abortWorkflow") and begun.get("state") not in FINISHED:
        session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
    ended = await_state(session, run, lambda row: row.get("state") in FINISHED) or {}
    if ended.get("state") in FINISHED:
        _expect(session, run, ended, "lastRunStatus")
    _expect(session, run, begun, "lastTriggeredMs")


def _start(session: Session, otherwise: str) -> Run:
    try:
        return start_unfinished(session)
    except Undecided:
        return start(session, otherwise)


def _await_listed(session: Session, run: Run) -> Row:
    """Return the row of the run once it is listed; raise `Undecided` if it is not, which another check decides."""

    def find() -> Row | None:
        return next((row for row in Lists(session).all().rows if row["id"] == run.instance_id), None)

    row = session.poll(find, lambda found: found is not None)
    if row is None:
        raise Undecided("a run that is listed")
    return row


def _read_overviews(session: Session, workflow_id: str) -> _Seen:
    """Return the overview of a workflow by its id if that is answered, and those in the list of all workflows."""
    alone = session.try_to_ask("getWorkflowOverviewById", {"workflowId": workflow_id})
    listed = session.ask("getWorkflowsOverview", body={})
    rows = [each for each in read_overviews(listed) if each["workflowId"] == workflow_id]
    by_id = [] if alone is None else [(alone.value, alone.exchange)]
    return [*by_id, *((row, listed.exchange) for row in rows)]


def _expect(session: Session, run: Run, row: Row, field: str) -> None:
    """Wait until `field` of the overviews agrees with `run`, whose instance is `row`; raise `Failed` otherwise."""
    seen = session.poll(
        lambda: _read_overviews(session, run.workflow_id),
        lambda found: all(_agrees(session, each, row, field) for each, _ in found),
    )
    for overview, exchange in seen:
        if not _agrees(session, overview, row, field):
            expected = (
                f"{field} of {row['id']}, the run that started last: it started at {row['start']} and is "
                f"{row.get('state')}"
            )
            cause = NOT_TRIGGERED_THEN if field == "lastTriggeredMs" else ""
            raise Failed(expected, f"{overview.get(field)!r}", exchange, cause=cause)
    if field == "lastRunId" and not any(overview.get(field) for overview, _ in seen):
        raise NotApplicable("overviews do not name the last run, which is optional")


def _agrees(session: Session, overview: Row, row: Row, field: str) -> bool:
    shown = overview.get(field)
    if shown is None:
        return True
    if overview.get("lastRunId") != row["id"]:
        return _is_later(session, overview.get("lastRunId"), row)
    match field:
        case "lastRunStatus":
            return bool(shown == row["state"])
        case "lastTriggeredMs":
            begun = read_instant(row.get("start"))
            return begun is not None and abs(shown - begun.timestamp() * 1000) < 1000
        case _:
            return True


def _is_later(session: Session, other_id: str | None, row: Row) -> bool:
    # Other users start runs too. A last run that the caller may not see may be one of theirs.
    other = read(session, other_id) if other_id else None
    if other is None:
        return True
    started, begun = read_instant(other.get("start")), read_instant(row.get("start"))
    return started is None or begun is None or started >= begun


@check("ORC-WF-ENTITY-04")
def entity_overviews_are_updated(session: Session) -> None:
    """Start a run for an entity without runs, and wait until the overviews for it list the workflow."""
    workflow_id = find_workflow(session, lambda _: True, "can be read")
    entity = f"component:default/conformance-{uuid4().hex[:12]}"

    def ask() -> tuple[list[str], Exchange]:
        answer = session.ask("getWorkflowsOverviewForEntity", body={"targetEntity": entity})
        return [each["workflowId"] for each in read_overviews(answer)], answer.exchange

    if workflow_id in ask()[0]:
        raise Undecided("an entity that the workflow did not run for: see ORC-WF-ENTITY-02")
    run = start_with(
        session,
        workflow_id,
        {"inputData": dict(known_inputs(session, workflow_id)), "targetEntity": entity},
    )
    _await_listed(session, run)
    row = await_state(session, run, lambda each: each.get("targetEntity") is not None) or {}
    if row.get("targetEntity") != entity:
        raise Undecided("a run that shows the entity that it was started for")
    found, exchange = session.poll(ask, lambda answer: workflow_id in answer[0])
    expected = f"only the workflow of {run.instance_id} for {entity}"
    expect_same([workflow_id], found, expected, exchange)
