"""Checks of requests that are answered with an error, and start nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from ...session.lists.instances import Lists, Row
from ...session.runs.runs import known_inputs, list_workflows, read_overview, require_runs
from ...session.runs.workflow_probing import find_workflow
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from .unknown_ids import make_up_instance, make_up_workflow


def _expect_refusal(exchange: Exchange, reason: str) -> None:
    if exchange.response.status in (401, 403):
        raise Undecided(f"the permission for {exchange.operation_id} (status {exchange.response.status})")
    if exchange.is_success:
        raise Failed(f"an error, because {reason}", f"status {exchange.response.status}", exchange)


@check("ORC-ERR-ID-01")
def an_unknown_workflow_cannot_be_read(session: Session) -> None:
    """Request the overview, the source and the input schema of a workflow that does not exist."""
    path = {"workflowId": make_up_workflow(session)}
    for operation_id in ("getWorkflowOverviewById", "getWorkflowSourceById", "getWorkflowInputSchemaById"):
        exchange = session.call(operation_id, path, is_good=False)
        _expect_refusal(exchange, f"there is no workflow {path['workflowId']}")


@check("ORC-ERR-ID-02")
def an_unknown_instance_cannot_be_read(session: Session) -> None:
    """Read an instance that does not exist."""
    path = {"instanceId": make_up_instance(session)}
    exchange = session.call("getInstanceById", path, is_good=False)
    _expect_refusal(exchange, f"there is no instance {path['instanceId']}")


@check("ORC-ERR-RUN-01")
def an_unknown_workflow_cannot_be_executed(session: Session) -> None:
    """Execute a workflow that does not exist, and look for a run of it."""
    name = make_up_workflow(session)
    marker = _mark()
    body = {"inputData": {}, "targetEntity": marker}
    exchange = session.call("executeWorkflow", {"workflowId": name}, body=body, is_good=False)
    _expect_refusal(exchange, f"there is no workflow {name}")
    _expect_nothing_started(
        session, lambda row: row.get("targetEntity") == marker or row.get("processId") == name, exchange
    )


@check("ORC-ERR-RUN-05")
def a_workflow_whose_service_is_down_cannot_be_executed(session: Session) -> None:
    """Execute a workflow whose service is reported as down both before and after the request."""
    names = [row["workflowId"] for row in list_workflows(session) if row.get("isAvailable") is False]
    for name in names:
        if session.may_run(name) and _is_down(session, name):
            body = {"inputData": known_inputs(session, name), "targetEntity": _mark()}
            exchange = session.call("executeWorkflow", {"workflowId": name}, body=body, is_good=False)
            # The service may have come up in the meantime.
            if _is_down(session, name):
                _expect_refusal(exchange, f"the service of {name} is down")
                return
    raise NotApplicable("no workflow that may be started has a service that is reported as down")


def _is_down(session: Session, name: str) -> bool:
    path = {"workflowId": name}
    is_available = read_overview(session, name).get("isAvailable")
    ping = session.call("pingWorkflowServiceById", path, is_good=False)
    return is_available is False and ping.response.status >= 500


@check("ORC-ERR-RUN-02")
def a_refused_request_starts_nothing(session: Session) -> None:
    """Execute a workflow with an `inputData` that is not an object, and look for a run that it started."""
    require_runs(session)
    name = find_workflow(session, lambda _: True, "can be read")
    marker = _mark()
    known = set(Lists(session).all().ids)
    body = {"inputData": "text", "targetEntity": marker}
    exchange = session.call("executeWorkflow", {"workflowId": name}, body=body, is_good=False)
    if exchange.is_success:
        raise NotApplicable(
            "the target does not refuse an inputData that is not an object: see ORC-OP-executeWorkflow-REFUSE"
        )

    def is_of_the_request(row: Row) -> bool:
        # Other callers may start runs at the same time, but rarely without a targetEntity.
        is_new = row.get("processId") == name and row["id"] not in known
        return row.get("targetEntity") == marker or (is_new and not row.get("targetEntity"))

    _expect_nothing_started(session, is_of_the_request, exchange)


@check("ORC-ERR-RUN-03")
def an_unknown_instance_cannot_be_aborted(session: Session) -> None:
    """Abort an instance that does not exist."""
    path = {"instanceId": make_up_instance(session)}
    exchange = session.call("abortWorkflow", path, is_good=False)
    _expect_refusal(exchange, f"there is no instance {path['instanceId']}")


@check("ORC-ERR-RUN-04")
def an_unknown_instance_cannot_be_retriggered(session: Session) -> None:
    """Retrigger an instance that does not exist, of a workflow that does."""
    path = {"workflowId": require_runs(session)[0], "instanceId": make_up_instance(session)}
    exchange = session.call("retriggerInstance", path, body={}, is_good=False)
    _expect_refusal(exchange, f"there is no instance {path['instanceId']}")


def _mark() -> str:
    """Return a target entity that no other execution has."""
    return f"component:default/conformance-refused-{uuid4().hex[:12]}"


def _expect_nothing_started(
    session: Session, is_of_the_request: Callable[[Row], bool], exchange: Exchange
) -> None:
    known = set(session.started)

    def find() -> list[Row]:
        return [row for row in Lists(session).all().rows if row["id"] not in known and is_of_the_request(row)]

    found = session.watch(find, bool)
    if found:
        for row in found:
            session.started[row["id"]] = row.get("processId", "")
        raise Failed("no new instance", f"instance {found[0]['id']} of {found[0]['processId']}", exchange)
