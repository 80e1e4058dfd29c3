"""Checks of the isolation of users in counts, filters, retriggers and overviews, and of their own runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..session.lists.instances import FINISHED, Row, texts_of
from ..session.runs.runs import Run, known_inputs, read
from ..session.runs.workflow_probing import find_workflow, start_failed
from ..session.session import Failed, NotApplicable, Session, Undecided
from ..target.exchange import Exchange
from ..target.reading import describe_answer
from ..target.target import Target
from .access.credentials import OTHER, require_other, start_visible_run
from .check import check
from .filters.fields import where
from .filters.logical import combine, variable_filter

# The maximum number of pages of the other user's list that are read.
_PAGES = 50


def _read_as(session: Session, other: Target, operation_id: str, body: Row) -> tuple[Any, Exchange]:
    exchange = session.call_as(other, OTHER, operation_id, body=body)
    return _value_of(session, exchange), exchange


def _value_of(session: Session, exchange: Exchange) -> Any:
    if not exchange.is_success:
        found = describe_answer(exchange.response)
        raise Undecided(f"the permission of the second user for {exchange.operation_id} ({found})")
    return session.read(exchange)


def _list_as(session: Session, other: Target) -> list[str]:
    # A backend may have a default page size.
    ids: list[str] = []
    for _ in range(_PAGES):
        paging = {"paginationInfo": {"offset": len(ids), "pageSize": 200}} if ids else {}
        value, _exchange = _read_as(session, other, "getInstances", paging)
        found = [each for each in texts_of(value.get("items", []), "id") if each not in ids]
        ids += found
        total = value.get("totalCount")
        if not found or (total is not None and len(ids) >= total):
            break
    return ids


@check("ORC-ISO-04")
def runs_of_another_user_are_not_counted(session: Session) -> None:
    """Start a run as one user, and compare the totalCount of the other user with the length of that user's list."""
    other = require_other(session)
    run = start_visible_run(session)
    for _ in range(3):
        before = _list_as(session, other)
        first_page = {"paginationInfo": {"offset": 0, "pageSize": 1}}
        value, exchange = _read_as(session, other, "getInstances", first_page)
        if value.get("totalCount") is None:
            raise NotApplicable("lists have no totalCount, which is optional")
        if set(before) == set(_list_as(session, other)):
            break
    else:
        raise Undecided("instances that change no faster than they can be compared")
    if run.instance_id in before:
        raise Undecided("a second user who does not see the runs of the first user: see ORC-ISO-01")
    if value["totalCount"] != len(set(before)):
        raise Failed(
            f"totalCount {len(set(before))}, as many as the second user sees",
            f"{value['totalCount']}",
            exchange,
        )


@check("ORC-ISO-05")
def runs_of_another_user_are_not_found(session: Session) -> None:
    """Start a run as one user, and look for it as the other user: with many filters, and in each direction."""
    other = require_other(session)
    run = start_visible_run(session)
    for body in _search_for(run):
        for operation_id, path in (
            ("getInstances", {}),
            ("getWorkflowInstances", {"workflowId": run.workflow_id}),
        ):
            _expect_not_shown(run, session.call_as(other, OTHER, operation_id, path, body=body))


def _search_for(run: Run) -> Iterator[Row]:
    by_id = where("id", "EQ", run.instance_id)
    by_workflow = where("processId", "EQ", run.workflow_id)
    nothing = where("processId", "EQ", "no-such-workflow")
    yield {"filters": where("id", "IN", [run.instance_id])}
    yield {"filters": by_workflow}
    yield {"filters": variable_filter("targetEntity", value=run.target_entity)}
    for name, value in run.inputs.items():
        if isinstance(value, str):
            yield {"filters": variable_filter("workflowdata", name, value=value)}
    # The filter of the request must not replace or weaken the condition on the caller.
    yield {"filters": combine("OR", nothing, by_id)}
    yield {"filters": combine("AND", by_workflow, by_id)}
    yield {"filters": combine("NOT", nothing)}
    for direction in ("ASC", "DESC"):
        yield {"paginationInfo": {"orderBy": "start", "orderDirection": direction}}
    yield {
        "filters": by_id,
        "paginationInfo": {"orderBy": "start", "orderDirection": "DESC", "offset": 0, "pageSize": 5},
    }


def _expect_not_shown(run: Run, exchange: Exchange) -> None:
    if run.instance_id.encode() in exchange.response.body:
        expected = f"an answer without {run.instance_id}, which another user started"
        raise Failed(expected, f"the answer to {exchange.operation_id} contains it", exchange)


@check("ORC-ISO-06")
def runs_of_another_user_cannot_be_retriggered(session: Session) -> None:
    """Start a failing run as one user, retrigger it as the other user, and check that it stays in ERROR."""
    other = require_other(session)
    run = start_failed(session)
    path = {"workflowId": run.workflow_id, "instanceId": run.instance_id}
    exchange = session.call_as(other, OTHER, "retriggerInstance", path, body={})

    def read_state() -> object:
        return (read(session, run.instance_id) or {"state": "ERROR"}).get("state")

    state = session.watch(read_state, lambda found: found != "ERROR")
    if state != "ERROR":
        raise Failed(
            f"state ERROR, because another user started {run.instance_id}", f"state {state}", exchange
        )


@check("ORC-ISO-07")
def a_user_sees_their_own_runs(session: Session) -> None:
    """Start a run as the second user, and read and list it as that user."""
    other = require_other(session)
    workflow_id = find_workflow(session, lambda _: True, "can be read")
    body = {"inputData": dict(known_inputs(session, workflow_id))}
    exchange = session.call_as(other, OTHER, "executeWorkflow", {"workflowId": workflow_id}, body=body)
    run_id = str(_value_of(session, exchange).get("id"))
    try:
        _expect_seen(session, other, run_id, exchange)
    finally:
        _end_as(session, other, run_id)


def _expect_seen(session: Session, other: Target, run_id: str, exchange: Exchange) -> None:
    path = {"instanceId": run_id}
    answer = session.poll(
        lambda: session.call_as(other, OTHER, "getInstanceById", path),
        lambda found: found.is_success,
    )
    if not answer.is_success:
        raise Failed(
            f"instance {run_id} for the user who started it", describe_answer(answer.response), answer
        )
    if run_id not in session.poll(lambda: _list_as(session, other), lambda ids: run_id in ids):
        raise Failed(
            f"{run_id} in the list of the user who started it", "the list does not contain it", exchange
        )


def _end_as(session: Session, other: Target, run_id: str) -> None:
    # The first user may not be allowed to see the run and to abort it during the clean-up.
    path = {"instanceId": run_id}
    session.call_as(other, OTHER, "abortWorkflow", path)

    def has_finished() -> bool:
        try:
            return (
                _value_of(session, session.call_as(other, OTHER, "getInstanceById", path)).get("state")
                in FINISHED
            )
        except Undecided:
            return False

    if session.poll(has_finished, bool):
        session.started.pop(run_id, None)


@check("ORC-ISO-10")
def two_users_have_two_initiators(session: Session) -> None:
    """Start a run as each user, and compare the initiatorEntity of the two runs."""
    other = require_other(session)
    run = start_visible_run(session)
    body = {"inputData": dict(known_inputs(session, run.workflow_id))}
    path = {"workflowId": run.workflow_id}
    exchange = session.call_as(other, OTHER, "executeWorkflow", path, body=body)
    theirs = str(_value_of(session, exchange).get("id"))
    try:
        shown = session.poll(
            lambda: session.call_as(other, OTHER, "getInstanceById", {"instanceId": theirs}),
            lambda found: found.is_success,
        )
        initiators = [
            (read(session, run.instance_id) or {}).get("initiatorEntity"),
            _value_of(session, shown).get("initiatorEntity"),
        ]
    finally:
        _end_as(session, other, theirs)
    if None in initiators:
        raise NotApplicable("not every run shows an initiatorEntity, which is optional")
    if initiators[0] == initiators[1]:
        raise Failed("a different initiatorEntity for each user", f"{initiators[0]} for both", shown)


@check("ORC-ISO-08")
def statuses_are_the_same_for_all(session: Session) -> None:
    """Request the statuses as both users."""
    other = require_other(session)
    own = session.ask("getWorkflowStatuses").value
    exchange = session.call_as(other, OTHER, "getWorkflowStatuses")
    value = _value_of(session, exchange)

    def pairs(statuses: Any) -> list[tuple[str, str]]:
        return sorted((str(each.get("key")), str(each.get("value"))) for each in statuses)

    if pairs(value) != pairs(own):
        raise Failed(f"{pairs(own)}, as for the first user", f"{pairs(value)}", exchange)


@check("ORC-ISO-09")
def overviews_do_not_show_runs_of_another_user(session: Session) -> None:
    """Start a run as one user, and look for its id in every kind of overview as the other user."""
    other = require_other(session)
    run = start_visible_run(session)
    for operation_id, path, body in (
        ("getWorkflowsOverview", {}, {}),
        ("getWorkflowOverviewById", {"workflowId": run.workflow_id}, None),
        ("getWorkflowsOverviewForEntity", {}, {"targetEntity": run.target_entity}),
        ("getWorkflowsOverviewForEntity", {}, {"annotationWorkflowIds": [run.workflow_id]}),
    ):
        if session.offers(operation_id):
            _expect_not_shown(run, session.call_as(other, OTHER, operation_id, path, body=body))
