"""Runs the fuzzer within a session, with real ids, and records each exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

from ..contract.contract import Operation
from ..contract.requirements import CHANGING
from ..session.lists.instances import Lists
from ..session.runs.runs import list_workflows
from ..session.runs.workflow_probing import probe_runs
from ..session.session import Failed, NotApplicable, Session, Undecided
from ..target.exchange import Exchange, Request, read_json
from ..target.judge import judge_request
from ..target.redaction import mask_tokens
from ..target.request_building import is_simple_search
from ..target.target import TargetLost
from . import FuzzedCase, FuzzError, FuzzPlan, TargetSilent, fuzz

# The number of real workflow ids and of real instance ids that are used.
_IDS: Final = 8


def explore(session: Session, max_examples: int) -> Iterator[Exchange]:
    """Send generated requests; record and yield each exchange. Does nothing for 0 examples.

    Raises `TargetLost` or `TargetDown`.
    """
    if not max_examples:
        return
    plan = _plan(session, max_examples)
    try:
        for case in fuzz(plan):
            exchange = _read_case(session, plan, case)
            session.record(exchange)
            # Nobody asks for the steps of a generated request, and the answers may be long.
            session.forget_trace()
            yield exchange
        if session.outage_watch.suspicious:
            session.target.require_presence(session.contract)
    except TargetSilent as problem:
        raise TargetLost(f"{session.target.base_url} stopped answering: {problem}") from None
    except FuzzError as problem:
        session.ledger.mark_incomplete(f"not all requests could be generated: {problem}")


def _plan(session: Session, max_examples: int) -> FuzzPlan:
    workflow_ids, instance_ids = _discover(session)
    offered = {each for each in session.contract.operations if session.offers(each)}
    permitted = offered - CHANGING
    pinned: dict[str, dict[str, tuple[str, ...]]] = {}
    own = _own_runs(session)
    startable = tuple(each for each in workflow_ids if session.may_run(each))
    if startable:
        permitted |= {"executeWorkflow"} & offered
        pinned["executeWorkflow"] = {"workflowId": startable}
    if own:
        permitted |= CHANGING & offered - {"executeWorkflow"}
        names = tuple(dict.fromkeys(session.started[each] for each in own))
        pinned["abortWorkflow"] = {"instanceId": own}
        pinned["retriggerInstance"] = {"instanceId": own, "workflowId": names}
    return FuzzPlan(
        contract=session.contract,
        base_url=session.target.base_url,
        headers=session.target.headers,
        operations=frozenset(permitted),
        values={"workflowId": workflow_ids, "instanceId": instance_ids},
        pinned=pinned,
        bodies={"executeWorkflow": _good_bodies(session)} if own else {},
        seed=session.seed,
        max_examples=max_examples,
        on_sent=lambda case: session.note_start(_as_sent(case)),
        is_alive=lambda: session.target.answers(session.contract),
        limits=session.target.limits,
        pacing=session.target.pacing,
    )


def _discover(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # A target with broken lists is explored with made-up ids.
    try:
        workflows = [row["workflowId"] for row in list_workflows(session)]
    except (Failed, Undecided, NotApplicable):
        workflows = []
    try:
        instances = Lists(session).ask({}).ids
    except (Failed, Undecided, NotApplicable):
        instances = []
    return tuple(workflows[:_IDS]), tuple(instances[:: max(1, len(instances) // _IDS)][:_IDS])


def _own_runs(session: Session) -> tuple[str, ...]:
    try:
        return tuple(run.instance_id for run, _ in probe_runs(session))
    except (Failed, Undecided, NotApplicable):
        return tuple(session.started)[:_IDS]


def _good_bodies(session: Session) -> tuple[Any, ...]:
    try:
        return tuple({"inputData": dict(run.inputs)} for run, _ in probe_runs(session))
    except (Failed, Undecided, NotApplicable):
        return ()


def _read_case(session: Session, plan: FuzzPlan, case: FuzzedCase) -> Exchange:
    request = Request(case.method, case.path, case.request_headers, case.request_body)
    is_good = _must_be_accepted(session, plan, session.contract.operations[case.operation_id], request)
    return replace(_as_sent(case), is_good=is_good)


def _as_sent(case: FuzzedCase) -> Exchange:
    request = Request(case.method, case.path, case.request_headers, mask_tokens(case.request_body))
    return Exchange(case.operation_id, request, case.response, is_good=False)


def _must_be_accepted(session: Session, plan: FuzzPlan, operation: Operation, request: Request) -> bool:
    """Whether a backend has no reason to reject the request: it has real ids and asks for a page at most."""
    found = session.contract.find_operation(request.method, request.path)
    if found is None or operation.id in CHANGING:
        return False
    values = [*found[1].items(), *parse_qsl(request.path.partition("?")[2], keep_blank_values=True)]
    if any(name in plan.values and value not in plan.values[name] for name, value in values):
        return False
    if any(name == "instanceId" for name, _ in values) and len(values) > 1:
        # The instance may belong to another workflow.
        return False
    if judge_request(session.contract, operation, request) != "allowed":
        return False
    body = read_json(request.body) if request.body else {}
    return body.keys() <= {"paginationInfo"} and is_simple_search(body)
