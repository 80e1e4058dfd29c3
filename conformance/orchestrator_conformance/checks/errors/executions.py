"""The check that an execution which is answered with an error leaves no run behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from ...contract.omissions import list_omissions
from ...session.inputs.generation import list_invalid_inputs
from ...session.lists.instances import Lists
from ...session.runs.effects import Bystanders, expect_no_effect
from ...session.runs.runs import find_unavailable, known_inputs, read_input_schema, require_runs
from ...session.runs.seeding import INITIAL_IDS
from ...session.runs.workflow_probing import start_each
from ...session.session import Failed, Session, Undecided
from ...target.exchange import NO_ANSWER, Exchange
from ...target.json_reading import read_object
from ..check import check
from .unknown_ids import name_unknown_workflows

# The number of workflows, and of invalid inputs for each.
_WORKFLOWS: Final = 3
_WAYS: Final = 4
_NO_OBJECTS: Final[tuple[Any, ...]] = ("text", 7, True, None, [])
_CAUSE: Final = "an execution that is answered with an error started a run"


@dataclass(frozen=True, slots=True)
class _Execution:
    """An execution that may be refused. `body` None sends no body."""

    workflow_id: str
    body: dict[str, Any] | None


@check("ORC-ERR-RUN-06")
def a_refused_execution_leaves_no_run(session: Session) -> None:
    """Execute in many ways that a target may refuse, and look for runs of all executions that were refused so far."""
    names = require_runs(session)
    executions = [*_iter_executions(session, names)]
    entities: set[str] = set()
    refusals: list[Exchange] = []

    def execute_each() -> list[Exchange]:
        for each in executions:
            # Each execution has its own target entity. A run for it can have no other origin.
            entity = f"component:default/conformance-refused-{uuid4().hex[:12]}"
            body = {"targetEntity": entity, **each.body} if each.body is not None else None
            path = {"workflowId": each.workflow_id}
            exchange = session.call("executeWorkflow", path, body=body, is_good=False)
            if _is_refused(exchange):
                entities.add(entity)
                refusals.append(exchange)
        return refusals

    expect_no_effect(session, execute_each, Bystanders((), set(names), entities), _CAUSE)
    if not refusals:
        raise Undecided("an execution that is refused")
    _expect_no_earlier_run(session)


def _is_refused(exchange: Exchange) -> bool:
    """Whether the target refused the execution. Without an answer of the target, it may have started a run."""
    response = exchange.response
    return not exchange.is_success and response != NO_ANSWER and not response.is_from_gateway


def _expect_no_earlier_run(session: Session) -> None:
    """Raise `Failed` if a listed instance can only come from an execution that was refused earlier.

    Such an instance has the workflow and the target entity of the execution, was not there before the run, and was not
    returned by another execution. That is certain only if every other execution returned an id.
    """
    subjects = {_read_subject(session, each): each for each in session.without_id}
    uncertain = {_read_subject(session, each) for each in session.without_id if not _is_refused(each)}
    known = session.started.keys() | session.memory.get(INITIAL_IDS, frozenset())
    for row in Lists(session).all().rows:
        subject = row.get("processId"), row.get("targetEntity")
        if subject in subjects and subject[1] and subject not in uncertain and row["id"] not in known:
            session.started[row["id"]] = row.get("processId", "")
            raise Failed("no new instance", f"instance {row['id']}", subjects[subject], cause=_CAUSE)


def _read_subject(session: Session, exchange: Exchange) -> tuple[str | None, str | None]:
    """Return the workflow and the target entity of an execution."""
    found = session.contract.find_operation(exchange.request.method, exchange.request.path)
    entity = read_object(exchange.request.body).get("targetEntity")
    return found[1].get("workflowId") if found else None, entity if isinstance(entity, str) else None


def _iter_executions(session: Session, names: list[str]) -> Iterator[_Execution]:
    """Yield executions of unavailable, unknown and available workflows, each with one reason to refuse it.

    The inputs are valid if the reason is another one.
    """
    unavailable = find_unavailable(session)
    refused = {_read_subject(session, each)[0] for each in start_each(session)[1]}
    for name in names:
        if name in unavailable or name in refused:
            yield _Execution(name, {"inputData": _inputs_of(session, name)})
    available = [name for name in names if name not in unavailable][:_WORKFLOWS]
    for name in name_unknown_workflows(session, has_wildcards=False, like=names):
        yield _Execution(name, {"inputData": _inputs_of(session, names[0])})
    for name in available:
        inputs = _inputs_of(session, name)
        for _, invalid in list_invalid_inputs(read_input_schema(session, name), inputs)[:_WAYS]:
            yield _Execution(name, {"inputData": invalid})
        yield from (_Execution(name, {"inputData": each}) for each in _NO_OBJECTS)
        yield _Execution(name, {"inputData": inputs, "authTokens": "text"})
        yield _Execution(name, {"inputData": inputs, "targetEntity": 7})
        for omission in list_omissions(session.contract, session.find_operation("executeWorkflow")):
            # The target entity is that of the execution, not that of the example.
            rest = {key: value for key, value in omission.body.items() if key != "targetEntity"}
            yield _Execution(name, {**rest, "inputData": inputs} if "inputData" in rest else rest)
        yield _Execution(name, None)


def _inputs_of(session: Session, workflow_id: str) -> dict[str, Any]:
    try:
        return dict(known_inputs(session, workflow_id))
    except Undecided:
        return {}
