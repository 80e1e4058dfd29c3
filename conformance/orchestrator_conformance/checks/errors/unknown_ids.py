"""Checks of requests for workflows and instances that do not exist: an error, and never the data of another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from ...session.lists.answered_rows import read_rows
from ...session.lists.instances import STATES, Lists
from ...session.runs.runs import list_workflows
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

_SHOWN: Final = 3
_ANY_STATE: Final = {"field": "state", "operator": "IN", "value": [*STATES]}
_SEARCHES: Final[tuple[dict[str, Any] | None, ...]] = (
    None,
    {},
    {"paginationInfo": {"pageSize": 5, "offset": 0}},
    {"paginationInfo": {"orderBy": "start", "orderDirection": "DESC"}},
    {"filters": _ANY_STATE},
)


def make_up_workflow(session: Session) -> str:
    """Return an id that belongs to no workflow."""
    return f"no-such-workflow-{session.seed}"


def make_up_instance(session: Session) -> str:
    """Return a UUID that belongs to no instance."""
    return str(uuid5(NAMESPACE_URL, f"orchestrator-conformance:no-such-instance:{session.seed}"))


def name_unknown_workflows(
    session: Session, *, has_wildcards: bool, like: Sequence[str] | None = None
) -> list[str]:
    """Return ids that belong to no workflow: a made-up one, and ids similar to an existing one.

    A backend that compares ids by prefix or by pattern takes a similar id for the existing one. Ids with wildcards are
    for requests that only read. Requests that start runs use ids similar to those of workflows in `like`, which may be
    started.
    """
    existing = [row["workflowId"] for row in list_workflows(session)]
    similar = [
        each
        for name in (existing if like is None else like)[:1]
        for each in (name[:-1], f"{name}-{session.seed}")
    ]
    patterns = ["*", "%"] if has_wildcards else []
    names = [make_up_workflow(session), *similar, *patterns]
    folded = {name.casefold() for name in existing}
    # A single dot or no text at all would be another path.
    return [name for name in dict.fromkeys(names) if name.casefold() not in folded and name.strip(".")]


def name_unknown_instances(session: Session) -> list[str]:
    """Return ids that belong to no instance: a made-up UUID, and ids similar to that of a listed instance."""
    existing = Lists(session).all().ids
    similar = [each for name in existing[:1] for each in (name[:-1], f"{name}-{session.seed}")]
    folded = {name.casefold() for name in existing}
    return [
        name
        for name in (make_up_instance(session), *similar)
        if name.casefold() not in folded and name.strip(".")
    ]


@check("ORC-ERR-ID-03")
def an_unknown_workflow_has_no_instances(session: Session) -> None:
    """List the instances of unknown workflows, with and without a body, a page, an order and a filter."""
    if not Lists(session).known().rows:
        raise Undecided("instances")
    for name in name_unknown_workflows(session, has_wildcards=True):
        for body in _SEARCHES:
            with suppress(NotApplicable):
                exchange = session.call(
                    "getWorkflowInstances", {"workflowId": name}, body=body, is_good=False
                )
                _expect_no_rows(session, name, exchange)


def _expect_no_rows(session: Session, name: str, exchange: Exchange) -> None:
    rows = read_rows(session, exchange)
    if rows and name not in _list_ids(session):
        ids = ", ".join(row["id"] for row in rows[:_SHOWN])
        raise Failed(
            f"an error or no instances, because there is no workflow {name}",
            f"{len(rows)} instances ({ids})",
            exchange,
            cause="an unknown workflow were any workflow",
        )


def _list_ids(session: Session) -> set[str]:
    """Return the ids of the workflows that exist now. Another caller may have added one."""
    return {row["workflowId"] for row in read_rows(session, session.call("getWorkflowsOverview", body={}))}


@check("ORC-ERR-ID-04")
def an_id_like_an_existing_one_is_unknown(session: Session) -> None:
    """Read workflows and instances whose ids only resemble existing ones, if a made-up id is answered with an error."""
    subjects = [
        ("getWorkflowOverviewById", "workflowId", name_unknown_workflows(session, has_wildcards=True)),
        ("getWorkflowSourceById", "workflowId", name_unknown_workflows(session, has_wildcards=True)),
        ("getWorkflowInputSchemaById", "workflowId", name_unknown_workflows(session, has_wildcards=True)),
        ("getInstanceById", "instanceId", name_unknown_instances(session)),
    ]
    for operation_id, parameter, (made_up, *similar) in subjects:
        # If no id is unknown to the operation, ORC-ERR-ID-01 or ORC-ERR-ID-02 fails.
        if session.call(operation_id, {parameter: made_up}, is_good=False).is_success:
            continue
        for name in similar:
            _expect_error(session, operation_id, {parameter: name}, f"nothing has the id {name}")


@check("ORC-ERR-ID-05")
def an_unknown_workflow_cannot_be_pinged(session: Session) -> None:
    """Ping the services of unknown workflows."""
    for name in name_unknown_workflows(session, has_wildcards=False):
        path = {"workflowId": name}
        _expect_error(session, "pingWorkflowServiceById", path, f"there is no workflow {name}")


@check("ORC-ERR-ID-06")
def an_unknown_instance_has_no_log(session: Session) -> None:
    """Request the logs of unknown instances, formatted and raw."""
    for name in name_unknown_instances(session):
        for query in ({}, {"rawlog": "true"}):
            path = {"instanceId": name}
            _expect_error(session, "getWorkflowLogById", path, f"there is no instance {name}", query)


@check("ORC-ERR-ID-07")
def an_unknown_instance_has_no_inputs(session: Session) -> None:
    """Request the input schema of an existing workflow with the ids of unknown instances."""
    workflows = [row["workflowId"] for row in list_workflows(session) if row.get("isAvailable") is not False]
    if not workflows:
        raise Undecided("a workflow whose service is available")
    for name in name_unknown_instances(session):
        path, query = {"workflowId": workflows[0]}, {"instanceId": name}
        _expect_error(session, "getWorkflowInputSchemaById", path, f"there is no instance {name}", query)


@check("ORC-ERR-ID-08")
def an_unknown_workflow_has_no_inputs(session: Session) -> None:
    """Request the input schema of unknown workflows with the id of an existing instance."""
    rows = [row for row in Lists(session).known().rows if row.get("processId") in _list_ids(session)]
    if not rows:
        raise Undecided("instances of a listed workflow")
    for name in name_unknown_workflows(session, has_wildcards=False):
        path, query = {"workflowId": name}, {"instanceId": rows[0]["id"]}
        _expect_error(session, "getWorkflowInputSchemaById", path, f"there is no workflow {name}", query)


def _expect_error(
    session: Session,
    operation_id: str,
    path: Mapping[str, str],
    reason: str,
    query: Mapping[str, str] | None = None,
) -> None:
    """Raise `Failed` if the operation succeeds. Any refusal will do."""
    if not session.offers(operation_id):
        return
    exchange = session.call(operation_id, path, query=query, is_good=False)
    if exchange.is_success:
        raise Failed(f"an error, because {reason}", f"status {exchange.response.status}", exchange)
