"""Checks with inputs that are generated from the schema of each workflow, valid up to its limits and invalid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from ..session.inputs.generation import list_invalid_inputs, vary_inputs
from ..session.lists.instances import Lists, Row
from ..session.runs.runs import known_inputs, read, read_input_schema
from ..session.runs.workflow_probing import probe_runs
from ..session.session import Failed, Session, Undecided
from ..target.exchange import Exchange
from ..target.reading import describe_answer
from .check import check

# The number of workflows, and the number of invalid inputs for each.
_WORKFLOWS = 3
_WAYS = 4


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One execution: its inputs, and the id of the instance that it started, if any."""

    workflow_id: str
    inputs: Mapping[str, Any]
    instance_id: str | None
    exchange: Exchange


def _attempt(session: Session, workflow_id: str, inputs: Mapping[str, Any], entity: str) -> _Attempt:
    body = {"inputData": dict(inputs), "targetEntity": entity}
    exchange = session.call("executeWorkflow", {"workflowId": workflow_id}, body=body, is_good=False)
    if exchange.response.status in (401, 403):
        raise Undecided(f"the permission to execute {workflow_id} (status {exchange.response.status})")
    answer = session.read(exchange) if exchange.is_success else {}
    return _Attempt(workflow_id, inputs, answer.get("id"), exchange)


def _iter_schemas(session: Session) -> Iterator[tuple[str, Any]]:
    """Yield the workflows that may be started and have inputs, each with its input schema."""
    names = [run.workflow_id for run, _ in probe_runs(session) if run.inputs]
    for name in names[:_WORKFLOWS]:
        yield name, read_input_schema(session, name)


def _execute_varied(session: Session) -> list[_Attempt]:
    """Execute each workflow with varied inputs that its schema allows; return the same attempts on every call."""

    def make() -> list[_Attempt]:
        entity = f"component:default/conformance-{session.seed}"
        return [
            _attempt(session, name, inputs, entity)
            for name, schema in _iter_schemas(session)
            for inputs in vary_inputs(schema, session.seed)
        ]

    attempts = session.remember("varied runs", make)
    if not attempts:
        raise Undecided("a workflow that may be started and from whose input schema inputs can be generated")
    return attempts


def is_same(given: Any, shown: Any) -> bool:
    """Whether `shown` is the JSON value `given`: 1 equals 1.0 but not true, and objects may have additional members."""
    match given:
        case bool() | None:
            return given is shown
        case int() | float():
            return isinstance(shown, int | float) and not isinstance(shown, bool) and given == shown
        case dict():
            return isinstance(shown, dict) and all(
                name in shown and is_same(value, shown[name]) for name, value in given.items()
            )
        case list():
            return isinstance(shown, list) and len(given) == len(shown) and all(map(is_same, given, shown))
        case _:
            return bool(given == shown)


@check("ORC-RUN-INPUT-01")
def valid_inputs_are_accepted(session: Session) -> None:
    """Execute with inputs at the limits of the schema."""
    for each in _execute_varied(session):
        if each.instance_id is None:
            expected = f"a run of {each.workflow_id}, because the inputs satisfy its schema"
            raise Failed(expected, describe_answer(each.exchange.response), each.exchange)


@check("ORC-RUN-INPUT-02")
def inputs_are_shown_as_given(session: Session) -> None:
    """Compare the inputs that each run shows with those it was given, except inputs that the workflow changes."""
    kept = unchanged_inputs(session)
    looked_at = False
    for each, shown in _read_varied(session):
        for name in sorted(each.inputs.keys() & kept[each.workflow_id]):
            looked_at = True
            if not _shows(shown, name, each.inputs[name]):
                found = repr(shown[name]) if name in shown else "no such input"
                raise Failed(f"input {name} {each.inputs[name]!r}", found, each.exchange)
    if not looked_at:
        raise Undecided("a workflow that may be started and whose run shows the inputs that it was given")


def unchanged_inputs(session: Session) -> dict[str, set[str]]:
    """Return, for each workflow, the inputs that its first run showed unchanged, apart from their types."""
    return {
        run.workflow_id: {name for name, value in run.inputs.items() if data_of(row).get(name) == value}
        for run, row in probe_runs(session)
    }


def _read_varied(session: Session) -> list[tuple[_Attempt, Row]]:
    """Return the varied runs, each with its workflowdata, once they show their inputs or the deadline has passed."""
    kept = unchanged_inputs(session)
    started = [each for each in _execute_varied(session) if each.instance_id is not None]

    def read_all() -> list[tuple[_Attempt, Row]]:
        return [(each, data_of(read(session, str(each.instance_id)) or {})) for each in started]

    def is_complete(shown: list[tuple[_Attempt, Row]]) -> bool:
        return all(
            _shows(data, name, each.inputs[name])
            for each, data in shown
            for name in each.inputs.keys() & kept[each.workflow_id]
        )

    return session.remember("varied runs as shown", lambda: session.poll(read_all, is_complete))


def data_of(row: Row) -> Row:
    """Return the workflowdata of a row, or an empty dict if it has none."""
    shown = row.get("workflowdata")
    return shown if isinstance(shown, dict) else {}


def _shows(data: Row, name: str, value: Any) -> bool:
    return name in data and is_same(value, data[name])


@check("ORC-WF-SCHEMA-03")
def data_belongs_to_the_requested_run(session: Session) -> None:
    """Compare the `data` of runs with different inputs with the inputs that each run was given and shows."""
    schemas = dict(_iter_schemas(session))
    compared: list[Any] = []
    for each, shown in _read_varied(session):
        named = (schemas.get(each.workflow_id) or {}).get("properties") or {}
        given = {
            name: value for name, value in each.inputs.items() if name in named and _shows(shown, name, value)
        }
        if given:
            _expect_data(session, each, given)
            compared.append(given)
    if all(given == compared[0] for given in compared):
        raise Undecided("two runs that show different inputs which the schema of their workflow names")


def _expect_data(session: Session, attempt: _Attempt, given: Mapping[str, Any]) -> None:
    path, query = {"workflowId": attempt.workflow_id}, {"instanceId": str(attempt.instance_id)}
    answer = session.poll(
        lambda: session.ask("getWorkflowInputSchemaById", path, query=query),
        lambda found: is_same(given, found.value.get("data")),
    )
    data = answer.value.get("data") or {}
    for name, value in given.items():
        if not _shows(data, name, value):
            raise Failed(f"data with {name} {value!r}", f"{data.get(name)!r}", answer.exchange)


@check("ORC-RUN-INPUT-03")
def invalid_inputs_are_refused_or_start_a_run(session: Session) -> None:
    """Execute with inputs that the schema forbids; expect no run if they are refused, and a run otherwise."""
    marker = f"component:default/conformance-spoiled-{uuid4().hex[:8]}"
    attempts = [
        _attempt(session, name, inputs, marker)
        for name, schema in _iter_schemas(session)
        for _, inputs in list_invalid_inputs(schema, known_inputs(session, name))[::2][:_WAYS]
    ]
    if not attempts:
        raise Undecided("a workflow that may be started and whose input schema forbids something")
    accepted = {each.instance_id: each for each in attempts if each.instance_id is not None}
    for run_id, each in accepted.items():
        if session.poll(partial(read, session, run_id), lambda row: row is not None) is None:
            raise Failed(
                f"instance {run_id}, because its inputs were not refused",
                "no instance with that id",
                each.exchange,
            )
    refused = [each for each in attempts if each.instance_id is None]

    def find() -> list[str]:
        return [
            row["id"]
            for row in Lists(session).all().rows
            if row.get("targetEntity") == marker and row["id"] not in accepted
        ]

    if refused and (surplus := session.watch(find, bool)):
        session.started.update(dict.fromkeys(surplus, refused[0].workflow_id))
        raise Failed("no run, because the inputs were refused", f"instance {surplus[0]}", refused[0].exchange)
