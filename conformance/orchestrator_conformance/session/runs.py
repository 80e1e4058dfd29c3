"""Runs that the suite starts itself: the only instances that it ever aborts or retriggers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..target.exchange import Exchange, NotJson, read_json
from .inputs import sample_inputs
from .instances import FINISHED, Row
from .session import NotApplicable, Session, Undecided


class Refused(Undecided):
    """An execution answered no run; `exchange` is what was sent and what came."""

    def __init__(self, workflow_id: str, exchange: Exchange) -> None:
        super().__init__(f"a run of {workflow_id} (execute answered {exchange.response.status})")
        self.exchange = exchange


@dataclass(frozen=True, slots=True)
class Run:
    """One instance that the suite started, and what it was given."""

    workflow_id: str
    instance_id: str
    inputs: Mapping[str, Any]
    target_entity: str
    exchange: Exchange


def list_workflows(session: Session) -> list[Row]:
    """Return every overview that the caller may see."""
    return session.remember(
        "overviews", lambda: session.ask("getWorkflowsOverview", body={}).value.get("overviews") or []
    )


def start(session: Session, workflow_id: str, inputs: Mapping[str, Any] | None = None) -> Run:
    """Start a run of `workflow_id`, with inputs drawn from its schema where none are given.

    Raises `NotApplicable` where that is not allowed, `Refused` where it is refused, and `Undecided` without inputs.
    """
    if inputs is None:
        inputs = known_inputs(session, workflow_id)
    return start_with(session, workflow_id, {"inputData": inputs, "targetEntity": _target(session)})


def start_with(session: Session, workflow_id: str, body: Mapping[str, Any]) -> Run:
    """Start a run of `workflow_id` with all that `body`, the request, says; raise what `start` raises."""
    _require_allowed(session, workflow_id)
    exchange = session.call("executeWorkflow", {"workflowId": workflow_id}, body=body, is_good=False)
    run = read_run(session, workflow_id, body.get("inputData") or {}, exchange)
    return replace(run, target_entity=body.get("targetEntity", ""))


def known_inputs(session: Session, workflow_id: str) -> Mapping[str, Any]:
    """Return the inputs that runs of `workflow_id` are given as a rule; raise what `start` raises."""
    _require_allowed(session, workflow_id)
    return session.remember(f"inputs of {workflow_id}", lambda: _draw_inputs(session, workflow_id))


def _require_allowed(session: Session, workflow_id: str) -> None:
    if not session.may_run(workflow_id):
        raise NotApplicable("runs are not allowed: see --allow-runs")


def _target(session: Session) -> str:
    return f"component:default/conformance-{session.seed}"


def read_run(session: Session, workflow_id: str, inputs: Mapping[str, Any], exchange: Exchange) -> Run:
    """Return the run that an execution answered; raise `Refused` where it answered none."""
    try:
        answer = read_json(exchange.response.body) if exchange.response.status == 200 else {}
        instance_id = str(answer["id"])
    except (NotJson, KeyError, TypeError):
        raise Refused(workflow_id, exchange) from None
    return Run(workflow_id, instance_id, inputs, _target(session), exchange)


def read(session: Session, instance_id: str) -> Row | None:
    """Return an instance by its id, or None while it cannot be read."""
    answer = session.try_to_ask("getInstanceById", {"instanceId": instance_id})
    return None if answer is None else answer.value


def await_state(session: Session, run: Run, is_reached: Callable[[Row], bool]) -> Row | None:
    """Read a run until `is_reached`, or up to the ceiling for eventual consistency; return what was read last."""
    return session.poll(
        lambda: read(session, run.instance_id), lambda row: row is not None and is_reached(row)
    )


def start_together(session: Session, workflow_id: str, count: int) -> list[Run]:
    """Start `count` runs of `workflow_id` at the same time; raise what `start` raises."""
    inputs = known_inputs(session, workflow_id)
    bodies = [{"inputData": inputs, "targetEntity": _target(session)} for _ in range(count)]
    exchanges = session.call_together("executeWorkflow", {"workflowId": workflow_id}, bodies)
    return [read_run(session, workflow_id, inputs, each) for each in exchanges]


def require_runs(session: Session) -> list[str]:
    """Return the workflows that may be started; raise `NotApplicable` where runs are not allowed."""
    if session.allowed_runs is None:
        raise NotApplicable("runs are not allowed: see --allow-runs")
    names = [each["workflowId"] for each in list_workflows(session) if session.may_run(each["workflowId"])]
    if not names:
        raise Undecided("a workflow that may be started: --allow-runs names none that is listed")
    return names


def _draw_inputs(session: Session, workflow_id: str) -> dict[str, Any]:
    answer = session.ask("getWorkflowInputSchemaById", {"workflowId": workflow_id})
    inputs = sample_inputs(answer.value.get("inputSchema"), session.seed)
    if inputs is None:
        raise Undecided(f"inputs for {workflow_id}: none could be drawn from its schema")
    return inputs


def clean_up(session: Session) -> list[str]:
    """Abort what this session started and what is unfinished still; return the ids of which it cannot be said."""
    left = [instance_id for instance_id in session.started if not _has_finished(session, instance_id)]

    def find_left() -> list[str]:
        paths = {instance_id: {"instanceId": instance_id} for instance_id in left}
        reads = {each: session.call("getInstanceById", path, is_good=False) for each, path in paths.items()}
        return [each for each, exchange in reads.items() if _read_state(exchange) not in FINISHED]

    # That one has finished may show late.
    return session.poll(find_left, lambda found: not found) if left else []


def _has_finished(session: Session, instance_id: str) -> bool:
    path = {"instanceId": instance_id}
    if _read_state(session.call("getInstanceById", path, is_good=False)) in FINISHED:
        return True
    try:
        answer = session.call("abortWorkflow", path, is_good=False)
    except NotApplicable:
        return False
    if 200 <= answer.response.status <= 299:
        return True
    # It may have completed just before the abort came.
    return _read_state(session.call("getInstanceById", path, is_good=False)) in FINISHED


def _read_state(exchange: Exchange) -> object:
    # Whatever the answer is worth otherwise: nothing here may stand in the way of cleaning up.
    try:
        value = read_json(exchange.response.body)
    except NotJson:
        return None
    return value.get("state") if isinstance(value, dict) else None
