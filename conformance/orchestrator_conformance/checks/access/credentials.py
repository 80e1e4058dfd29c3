"""Checks of authentication, and of the isolation of users from each other."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from ...contract.requirements import CHANGING
from ...session.lists.instances import Lists
from ...session.runs.runs import Run, await_state, list_workflows, read, start
from ...session.runs.workflow_probing import find_workflow, probe_runs, start_unfinished
from ...session.session import Absent, Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ...target.target import Target
from ..check import check

_REFUSED = (401, 403)
_CREDENTIALS = ("authorization", "cookie")
OTHER = "$OTHER_TOKEN"


@check("ORC-AUTH-01")
def requests_without_a_token_are_refused(session: Session) -> None:
    """Send one request for each operation without credentials."""
    _expect_refusals(session, None, "without a token")


@check("ORC-AUTH-02")
def requests_with_a_made_up_token_are_refused(session: Session) -> None:
    """Send one request for each operation with a token that nobody issued."""
    _expect_refusals(session, f"made-up-{secrets.token_urlsafe()}", "with a made-up token")


def _expect_refusals(session: Session, token: str | None, how: str) -> None:
    if not session.target.has_token:
        raise NotApplicable("no token is configured: see --token-env")
    headers = {
        name: value for name, value in session.target.headers.items() if name.lower() not in _CREDENTIALS
    }
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    target = session.target
    with Target(target.base_url, headers, target.timeout, target.pacing) as stranger:
        exchanges = [
            session.call_as(stranger, token, operation_id, path, body=body)
            for operation_id, path, body in _requests_for_all_operations(session)
        ]
    accepted = [each for each in exchanges if each.is_success]
    if not any(each.response.status in _REFUSED for each in exchanges):
        raise Absent(f"a refusal of requests {how}", *accepted[:1])
    if accepted:
        names = ", ".join(each.operation_id for each in accepted)
        raise Failed(
            f"status 401 or 403 {how}, as for other operations", f"success from {names}", *accepted[:3]
        )


def _requests_for_all_operations(session: Session) -> Iterator[tuple[str, dict[str, str], Any]]:
    # Operations that change something get only the ids of runs of the suite, in case they are not refused.
    workflows = [row["workflowId"] for row in list_workflows(session)]
    instances = Lists(session).known().ids
    own = [(run, row) for run, row in probe_runs(session)] if session.allowed_runs is not None else []
    for operation in session.contract.operations.values():
        path = {"workflowId": workflows[0] if workflows else "", "instanceId": next(iter(instances), "")}
        body: Any = {} if operation.body else None
        if operation.id in CHANGING:
            if not own:
                continue
            run, _ = own[0]
            path = {"workflowId": run.workflow_id, "instanceId": run.instance_id}
            body = {"inputData": dict(run.inputs)} if operation.id == "executeWorkflow" else body
        needed = {each["name"] for each in operation.parameters if each["in"] == "path"}
        if session.offers(operation.id) and needed <= path.keys() and all(path[name] for name in needed):
            yield operation.id, {name: path[name] for name in needed}, body


@check("ORC-ISO-01")
def runs_of_another_user_are_not_listed(session: Session) -> None:
    """Start a run as one user, and look for it in every list as the other user."""
    other = require_other(session)
    run = start_visible_run(session)
    run_id, workflow_id = run.instance_id, run.workflow_id
    by_id = {"filters": {"field": "id", "operator": "EQ", "value": run_id}}
    for operation_id, path, body in (
        ("getInstances", {}, {}),
        ("getInstances", {}, by_id),
        ("getWorkflowInstances", {"workflowId": workflow_id}, {}),
        ("getWorkflowInstances", {"workflowId": workflow_id}, by_id),
    ):
        exchange = session.call_as(other, OTHER, operation_id, path, body=body)
        if run_id.encode() in exchange.response.body:
            raise Failed(
                f"a list without {run_id}, which another user started", "the list contains it", exchange
            )


@check("ORC-ISO-02")
def runs_of_another_user_cannot_be_read(session: Session) -> None:
    """Start a run as one user, and request it, its log and its inputs as the other user."""
    other = require_other(session)
    run = start_visible_run(session)
    run_id, workflow_id = run.instance_id, run.workflow_id
    for operation_id, path, query in (
        ("getInstanceById", {"instanceId": run_id}, {}),
        ("getWorkflowLogById", {"instanceId": run_id}, {}),
        ("getWorkflowInputSchemaById", {"workflowId": workflow_id}, {"instanceId": run_id}),
    ):
        if session.offers(operation_id):
            exchange = session.call_as(other, OTHER, operation_id, path, query=query)
            if exchange.is_success and not _is_without_content(exchange):
                raise Failed(
                    f"a refusal, because another user started {run_id}",
                    f"status {exchange.response.status} with content",
                    exchange,
                )


@check("ORC-ISO-03")
def runs_of_another_user_cannot_be_aborted(session: Session) -> None:
    """Start a waiting run as one user, abort it as the other user, and check that it is not ABORTED."""
    other = require_other(session)
    run = start_unfinished(session)
    exchange = session.call_as(other, OTHER, "abortWorkflow", {"instanceId": run.instance_id})

    after = session.watch(
        lambda: read(session, run.instance_id) or {}, lambda row: row.get("state") == "ABORTED"
    )
    if after.get("state") == "ABORTED":
        raise Failed(
            f"no effect, because another user started {run.instance_id}", "the run is ABORTED", exchange
        )


def require_other(session: Session) -> Target:
    """Return the target as the second user; raise `NotApplicable` if there is no second user."""
    if session.other is None:
        raise NotApplicable("no token of a second user is configured: see --other-token-env")
    return session.other


def start_visible_run(session: Session) -> Run:
    """Start a run and wait until its own user can read and list it; raise `Undecided` if that fails."""
    run = start(session, find_workflow(session, lambda _: True, "can be read"))
    if await_state(session, run, lambda row: bool(row)) is None:
        raise Undecided("a run that its own user can read")
    if run.instance_id not in session.poll(
        lambda: Lists(session).all().ids, lambda ids: run.instance_id in ids
    ):
        raise Undecided("a run that is listed for its own user")
    return run


def _is_without_content(exchange: Exchange) -> bool:
    return exchange.response.body.strip() in (b"", b"{}", b"null") or (
        exchange.operation_id == "getWorkflowInputSchemaById" and b'"data"' not in exchange.response.body
    )
