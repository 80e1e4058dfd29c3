"""Searches for inputs that lead to a run in ERROR, which aborts and retriggers need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, Final

from ...target.json_reading import read_object
from ..inputs.generation import is_valid
from ..inputs.variations import iter_variations
from ..lists.instances import Lists, Row
from ..session import Failed, Session, Undecided
from .runs import Refused, Run, read, read_input_schema, start

# The number of executions of one search, and of those that are awaited together.
_STARTS: Final = 48
_BATCH: Final = 12
# Seconds to wait for the runs of one batch.
_SETTLING: Final = 2.0
_WITNESSES: Final = 3

_Candidate = tuple[str, Mapping[str, Any]]


def search_failing(session: Session, probes: Sequence[tuple[Run, Row]]) -> _Candidate | None:
    """Return a workflow and inputs whose run goes to ERROR, or None if no such inputs were found.

    Tries the inputs of listed runs in ERROR first, then variations of the inputs of `probes` that the input schemas
    allow. Starts a limited number of runs, and aborts those that are unfinished.
    """
    candidates = islice(_iter_candidates(session, probes), _STARTS)
    while batch := list(islice(candidates, _BATCH)):
        runs = _start_all(session, batch)
        states = _await_states(session, runs)
        _abort_unfinished(session, runs, states)
        found = next((run for run in runs if states.get(run.instance_id) == "ERROR"), None)
        if found is not None:
            return found.workflow_id, found.inputs
    return None


def _iter_candidates(session: Session, probes: Sequence[tuple[Run, Row]]) -> Iterator[_Candidate]:
    """Yield each candidate once, those of different workflows in turn."""
    seen: list[_Candidate] = [(run.workflow_id, dict(run.inputs)) for run, _ in probes]
    schemas = {run.workflow_id: read_input_schema(session, run.workflow_id) for run, _ in probes}
    varied = [
        [
            (run.workflow_id, inputs)
            for inputs in islice(iter_variations(schemas[run.workflow_id], run.inputs), _STARTS)
        ]
        for run, _ in probes
    ]
    in_turn = (each for row in zip_longest(*varied) for each in row if each is not None)
    for candidate in (*_list_witnesses(session, schemas), *in_turn):
        if candidate not in seen:
            seen.append(candidate)
            yield candidate


def _list_witnesses(session: Session, schemas: Mapping[str, Any]) -> list[_Candidate]:
    """Return the inputs of listed runs in ERROR: as the suite sent them, or as far as the run shows them."""
    try:
        rows = [row for row in Lists(session).known().rows if row.get("state") == "ERROR"]
    except (Failed, Undecided):
        return []
    witnesses: dict[str, list[_Candidate]] = {}
    for row in rows:
        name = row.get("processId")
        if not isinstance(name, str) or name not in schemas or len(witnesses.get(name, ())) >= _WITNESSES:
            continue
        inputs = _sent_inputs(session, row["id"]) or _shown_inputs(session, row["id"], schemas[name])
        if inputs and is_valid(schemas[name], inputs):
            witnesses.setdefault(name, []).append((name, inputs))
    return [each for found in witnesses.values() for each in found]


def _sent_inputs(session: Session, instance_id: str) -> dict[str, Any] | None:
    exchange = session.start_exchanges.get(instance_id)
    inputs = read_object(exchange.request.body).get("inputData") if exchange is not None else None
    return inputs if isinstance(inputs, dict) else None


def _shown_inputs(session: Session, instance_id: str, schema: Any) -> dict[str, Any]:
    shown = (read(session, instance_id) or {}).get("workflowdata")
    named = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(shown, dict) or not isinstance(named, dict):
        return {}
    return {name: value for name, value in shown.items() if name in named}


def _start_all(session: Session, candidates: Sequence[_Candidate]) -> list[Run]:
    runs = []
    for name, inputs in candidates:
        try:
            runs.append(start(session, name, inputs))
        except Refused:
            continue
    return runs


def _await_states(session: Session, runs: Sequence[Run]) -> dict[str, object]:
    def read_states() -> dict[str, object]:
        return {run.instance_id: (read(session, run.instance_id) or {}).get("state") for run in runs}

    def is_enough(states: dict[str, object]) -> bool:
        return "ERROR" in states.values() or not {None, "ACTIVE", "PENDING"} & set(states.values())

    return session.poll(read_states, is_enough, min(session.patience, _SETTLING))


def _abort_unfinished(session: Session, runs: Sequence[Run], states: Mapping[str, object]) -> None:
    if not session.offers("abortWorkflow"):
        return
    for run in runs:
        if states.get(run.instance_id) in ("ACTIVE", "PENDING", "SUSPENDED"):
            session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
