"""Checks that no answer shows the `authTokens` of a request."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from ..session.lists.instances import Row
from ..session.runs.runs import Run, known_inputs, read, start_with
from ..session.runs.workflow_probing import find_workflow, probe_runs, start_failed
from ..session.session import Failed, Session, Undecided
from ..target.exchange import Exchange
from ..target.reading import describe_answer
from ..target.redaction import MASK, redact
from .check import check
from .filters.fields import where

_RUNS = 4


def _make_token() -> str:
    # Only letters and digits, so that no encoding changes the token.
    return f"conformance{secrets.token_hex(16)}"


def _with_token(token: str) -> Row:
    return {"authTokens": [{"provider": "conformance", "token": token}]}


def _expect_no_token(token: str, exchange: Exchange) -> None:
    shown = [exchange.response.body, *(value.encode() for _, value in exchange.response.headers)]
    if any(token.encode() in each for each in shown):
        raise Failed(
            "no answer that contains a token of authTokens",
            f"the answer to {exchange.operation_id} contains it",
            redact(exchange, lambda text: text.replace(token, MASK)),
        )


@check("ORC-SEC-01")
def tokens_of_an_execution_are_not_shown(session: Session) -> None:
    """Start runs with a token, and look for the token in every answer about them."""
    token = _make_token()
    workflows = [run.workflow_id for run, _ in probe_runs(session)]
    runs = []
    for name in workflows[:_RUNS]:
        body = {"inputData": known_inputs(session, name), **_with_token(token)}
        try:
            runs.append(start_with(session, name, body))
        except Undecided:
            continue
    if not runs:
        raise Undecided("a workflow that may be started and accepts authTokens")
    for run in runs:
        _expect_no_token(token, run.exchange)
        _expect_no_token_in_the_run(session, run, token)


@check("ORC-SEC-02")
def tokens_of_a_retrigger_are_not_shown(session: Session) -> None:
    """Retrigger a run in ERROR with a token, and look for the token in every answer about the run."""
    token = _make_token()
    run = start_failed(session)
    path = {"workflowId": run.workflow_id, "instanceId": run.instance_id}
    exchange = session.call("retriggerInstance", path, body=_with_token(token), is_good=False)
    _expect_no_token(token, exchange)
    if not exchange.is_success:
        found = describe_answer(exchange.response)
        raise Undecided(f"a retrigger that accepts authTokens ({found})")
    _expect_no_token_in_the_run(session, run, token)


@check("ORC-SEC-03")
def a_refusal_does_not_show_tokens(session: Session) -> None:
    """Send tokens with requests that are likely to be refused: wrong inputs, an unknown workflow or instance."""
    token = _make_token()
    name = find_workflow(session, lambda _: True, "can be read")
    nowhere = "no-such-workflow"
    requests: list[tuple[str, dict[str, str], Row]] = [
        ("executeWorkflow", {"workflowId": name}, {"inputData": "text"}),
        ("executeWorkflow", {"workflowId": name}, {"inputData": {}, "targetEntity": 7}),
        ("executeWorkflow", {"workflowId": name}, {"inputData": {"no such input": [None]}}),
        ("executeWorkflow", {"workflowId": nowhere}, {"inputData": {}}),
    ]
    if session.offers("retriggerInstance"):
        requests.append(("retriggerInstance", {"workflowId": nowhere, "instanceId": str(uuid4())}, {}))
    refused = 0
    for operation_id, path, body in requests:
        exchange = session.call(operation_id, path, body={**body, **_with_token(token)}, is_good=False)
        _expect_no_token(token, exchange)
        refused += exchange.response.status >= 400
    if not refused:
        raise Undecided("a refused request with authTokens")


def _expect_no_token_in_the_run(session: Session, run: Run, token: str) -> None:
    # The data of the run may appear later than the run itself.
    session.watch(
        lambda: read(session, run.instance_id) or {}, lambda row: row.get("workflowdata") is not None
    )
    for operation_id, path, query, body in _requests_about(run):
        if session.offers(operation_id):
            exchange = session.call(operation_id, path, query=query, body=body, is_good=False)
            _expect_no_token(token, exchange)


def _requests_about(run: Run) -> Iterator[tuple[str, dict[str, str], dict[str, str], Any]]:
    workflow, instance = {"workflowId": run.workflow_id}, {"instanceId": run.instance_id}
    by_id = {"filters": where("id", "EQ", run.instance_id)}
    latest = {
        "paginationInfo": {"orderBy": "start", "orderDirection": "DESC", "pageSize": _RUNS, "offset": 0}
    }
    yield "getInstanceById", instance, {}, None
    yield "getWorkflowLogById", instance, {}, None
    yield "getWorkflowLogById", instance, {"rawlog": "true"}, None
    yield "getWorkflowInputSchemaById", workflow, instance, None
    yield "getWorkflowOverviewById", workflow, {}, None
    for body in (by_id, latest):
        yield "getInstances", {}, {}, body
        yield "getWorkflowInstances", workflow, {}, body
