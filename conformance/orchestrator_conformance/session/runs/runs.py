"""Starts runs. The suite aborts and retriggers only runs that it started itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ...target.exchange import Exchange
from ...target.reading import describe_answer
from ..inputs.generation import sample_inputs
from ..lists.instances import Lists, Row, texts_of
from ..session import Answer, Failed, NotApplicable, Session, Undecided

# The session remembers under this name that the backend returns overviews in pages if no page is requested.
PAGED_OVERVIEWS: Final = "overviews are paged by default"
_PAGE: Final = 100
_MOST_PAGES: Final = 50
_CAN_READ: Final = "instances can be read by id"
_CANNOT_READ: Final = "how often no instance could be read by id"
_ENOUGH_FAILURES: Final = 5


class Refused(Undecided):
    """Starting a run failed. `exchange` is the request and the answer."""

    def __init__(self, workflow_id: str, exchange: Exchange) -> None:
        super().__init__(
            f"a run of {workflow_id}: execute answered with {describe_answer(exchange.response)}"
        )
        self.exchange = exchange


@dataclass(frozen=True, slots=True)
class Run:
    """An instance that the suite started, with its inputs."""

    workflow_id: str
    instance_id: str
    inputs: Mapping[str, Any]
    target_entity: str
    exchange: Exchange


def list_workflows(session: Session) -> list[Row]:
    """Return every workflow overview that the caller may see and that names its workflow."""
    return session.remember("overviews", lambda: _read_every_overview(session))


def _read_every_overview(session: Session) -> list[Row]:
    """Return all overviews, even if the backend has a default page size. Stops at a page without new ones."""
    rows = read_overviews(session.ask("getWorkflowsOverview", body={}))
    if not rows or not session.claims.allows("overview-paging"):
        return rows
    found = {row["workflowId"]: row for row in rows}
    for _ in range(_MOST_PAGES):
        page = {"offset": len(found), "pageSize": max(_PAGE, len(rows))}
        try:
            following = read_overviews(session.ask("getWorkflowsOverview", body={"paginationInfo": page}))
        except (Failed, Undecided):
            break
        fresh = {row["workflowId"]: row for row in following if row["workflowId"] not in found}
        if not fresh:
            break
        found |= fresh
        session.memory[PAGED_OVERVIEWS] = True
    return [*rows, *list(found.values())[len({row["workflowId"] for row in rows}) :]]


def read_overviews(answer: Answer) -> list[Row]:
    """Return the overviews in the answer of a list of overviews that name their workflow."""
    rows = answer.value.get("overviews", [])
    return [row for row in rows if isinstance(row.get("workflowId"), str)]


def read_overview(session: Session, workflow_id: str) -> Row:
    """Return the current overview of a workflow, from the list if it cannot be read by id, or an empty object."""
    alone = session.try_to_ask("getWorkflowOverviewById", {"workflowId": workflow_id})
    if alone is not None:
        return dict(alone.value)
    listed = read_overviews(session.ask("getWorkflowsOverview", body={}))
    return next((row for row in listed if row["workflowId"] == workflow_id), {})


def find_unavailable(session: Session) -> set[str]:
    """Return the ids of the workflows whose overviews say that their service is down."""
    try:
        return {row["workflowId"] for row in list_workflows(session) if row.get("isAvailable") is False}
    except (Failed, Undecided):
        return set()


def _list_workflow_ids(session: Session) -> list[str]:
    """Return the ids of the workflows, or those of the listed instances if there is no list of workflows."""
    try:
        return texts_of(list_workflows(session), "workflowId")
    except (Failed, Undecided) as problem:
        names = sorted(set(texts_of(Lists(session).known().rows, "processId")))
        if not names:
            raise problem from None
        return names


def start(
    session: Session,
    workflow_id: str,
    inputs: Mapping[str, Any] | None = None,
    target_entity: str | None = None,
) -> Run:
    """Start a run of `workflow_id`. By default, the inputs are generated from its schema.

    Raises `NotApplicable` if the user does not allow it, `Refused` if the target rejects it, and `Undecided` if no
    inputs could be generated.
    """
    if inputs is None:
        inputs = known_inputs(session, workflow_id)
    body = {"inputData": inputs, "targetEntity": target_entity or _target(session)}
    return start_with(session, workflow_id, body)


def start_with(session: Session, workflow_id: str, body: Mapping[str, Any]) -> Run:
    """Start a run of `workflow_id` with `body` as the request body. Raises the same errors as `start`."""
    _require_allowed(session, workflow_id)
    exchange = session.call("executeWorkflow", {"workflowId": workflow_id}, body=body, is_good=False)
    run = read_run(session, workflow_id, body.get("inputData") or {}, exchange)
    return replace(run, target_entity=body.get("targetEntity", ""))


def known_inputs(session: Session, workflow_id: str) -> Mapping[str, Any]:
    """Return the default inputs for runs of `workflow_id`. Raises the same errors as `start`."""
    _require_allowed(session, workflow_id)
    return session.remember(f"inputs of {workflow_id}", lambda: _draw_inputs(session, workflow_id))


def _require_allowed(session: Session, workflow_id: str) -> None:
    if not session.may_run(workflow_id):
        raise NotApplicable("runs are not allowed: see --allow-runs")


def _target(session: Session) -> str:
    return f"component:default/conformance-{session.seed}"


def read_run(session: Session, workflow_id: str, inputs: Mapping[str, Any], exchange: Exchange) -> Run:
    """Return the run that an `executeWorkflow` exchange started. Raises `Refused` if it started none."""
    answer = session.read(exchange) if exchange.is_success else None
    instance_id = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(instance_id, str):
        raise Refused(workflow_id, exchange)
    return Run(workflow_id, instance_id, inputs, _target(session), exchange)


def read(session: Session, instance_id: str) -> Row | None:
    """Return an instance by its id, or None if it cannot be read (yet).

    If the operation has never succeeded, the instance is looked up in the list.
    """
    answer = session.try_to_ask("getInstanceById", {"instanceId": instance_id})
    if answer is not None:
        session.memory[_CAN_READ] = True
        return dict(answer.value)
    failures = session.memory[_CANNOT_READ] = session.memory.get(_CANNOT_READ, 0) + 1
    if session.memory.get(_CAN_READ) or failures < _ENOUGH_FAILURES:
        return None
    try:
        return next((row for row in Lists(session).all().rows if row["id"] == instance_id), None)
    except (Failed, Undecided):
        return None


def await_state(session: Session, run: Run, is_reached: Callable[[Row], bool]) -> Row | None:
    """Read a run until `is_reached` or until the session's patience ends. Returns the last row."""
    return session.poll(
        lambda: read(session, run.instance_id), lambda row: row is not None and is_reached(row)
    )


def start_together(session: Session, workflow_id: str, count: int) -> list[Run]:
    """Start `count` runs of `workflow_id` concurrently. Raises the same errors as `start`."""
    inputs = known_inputs(session, workflow_id)
    bodies = [{"inputData": inputs, "targetEntity": _target(session)} for _ in range(count)]
    exchanges = session.call_together("executeWorkflow", {"workflowId": workflow_id}, bodies)
    return [read_run(session, workflow_id, inputs, each) for each in exchanges]


def require_runs(session: Session) -> list[str]:
    """Return the workflows that may be started. Raises `NotApplicable` or `Undecided` if there are none."""
    if session.allowed_runs is None:
        raise NotApplicable("runs are not allowed: see --allow-runs")
    names = [name for name in _list_workflow_ids(session) if session.may_run(name)]
    if not names:
        raise Undecided("a workflow that may be started: --allow-runs matches no listed workflow")
    return names


def read_input_schema(session: Session, workflow_id: str) -> Any:
    """Return the input schema of a workflow, or None if it has none or the target does not return it."""
    answer = session.try_to_ask("getWorkflowInputSchemaById", {"workflowId": workflow_id})
    return None if answer is None else answer.value.get("inputSchema")


def _draw_inputs(session: Session, workflow_id: str) -> dict[str, Any]:
    inputs = sample_inputs(read_input_schema(session, workflow_id), session.seed)
    if inputs is None:
        raise Undecided(f"inputs for {workflow_id}: none could be generated from its schema")
    return inputs
