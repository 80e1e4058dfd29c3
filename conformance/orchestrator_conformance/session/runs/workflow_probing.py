"""Finds out how the workflows behave, by starting each one once, and starts runs with a given behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ...target.exchange import Exchange
from ..inputs.generation import is_valid
from ..lists.instances import FINISHED, Row, read_instant
from ..session import NotApplicable, Session, Undecided
from .failing_inputs import search_failing
from .runs import Refused, Run, await_state, find_unavailable, read, read_input_schema, require_runs, start

_UNFINISHED: Final = frozenset({"ACTIVE", "PENDING", "SUSPENDED"})
_SETTLING: Final = 5.0
_LASTING: Final = 1.5


def probe_runs(session: Session) -> list[tuple[Run, Row]]:
    """Return one run of each workflow that may be started, with its row once it has settled.

    The result is cached. A run that cannot be read is left out.
    """
    return session.remember("probe runs", lambda: _probe(session))


def find_runs(session: Session) -> list[tuple[Run, Row]]:
    """Return the runs of `probe_runs` with their current rows, or an empty list if there are none."""
    try:
        probes = probe_runs(session)
    except (Undecided, NotApplicable):
        return []
    return [(run, row) for run, _ in probes if (row := read(session, run.instance_id)) is not None]


def start_each(session: Session) -> tuple[list[Run], list[Exchange]]:
    """Start each workflow that may be started and is available. Returns the runs and the rejections; cached."""
    return session.remember("a run of each", lambda: _start_each(session))


def _start_each(session: Session) -> tuple[list[Run], list[Exchange]]:
    names = require_runs(session)
    unavailable = find_unavailable(session)
    runs: list[Run] = []
    refusals: list[Exchange] = []
    for name in names:
        if name in unavailable:
            continue
        try:
            runs.append(start(session, name))
        except Refused as refused:
            refusals.append(refused.exchange)
        except Undecided:  # no inputs could be generated
            continue
    return runs, refusals


def find_workflow(session: Session, matches: Callable[[Row], bool], what: str) -> str:
    """Return a workflow whose probe run satisfies `matches`. Raises `Undecided`; `what` describes the run."""
    for run, row in probe_runs(session):
        if matches(row):
            return run.workflow_id
    raise Undecided(f"a workflow that may be started and whose run {what}")


def start_unfinished(session: Session) -> Run:
    """Start a run of the workflow that takes longest. Raises `Undecided` if every run finishes quickly."""
    name = session.remember("a lasting workflow", lambda: _find_lasting(session))
    if name is not None:
        run = start(session, name)
        row = await_state(session, run, lambda _: True)
        if row is not None and row.get("state") in _UNFINISHED:
            return run
    raise Undecided("a workflow that may be started and whose run is unfinished for a while")


def _find_lasting(session: Session) -> str | None:
    # Prefer workflows that do not complete within a moment: only their runs can be aborted reliably.
    unfinished = [run for run, row in probe_runs(session) if row.get("state") in _UNFINISHED]

    def find_left() -> list[Run]:
        return [
            run for run in unfinished if (read(session, run.instance_id) or {}).get("state") in _UNFINISHED
        ]

    left = session.poll(find_left, lambda runs: len(runs) < 2, min(session.patience, _LASTING))
    return next((run.workflow_id for run in left or unfinished), None)


def start_failed(session: Session, target_entity: str | None = None) -> Run:
    """Start a run that goes to ERROR. Raises `Undecided` if no inputs are found that lead there."""
    name, inputs = find_failing(session)
    run = start(session, name, inputs, target_entity)
    row = await_state(session, run, lambda each: each.get("state") == "ERROR")
    if row is None or row.get("state") != "ERROR":
        raise Undecided("a run that goes to ERROR")
    return run


def find_failing(session: Session) -> tuple[str, Mapping[str, Any]]:
    """Return a workflow and inputs whose runs go to ERROR. Raises `Undecided` if none are found.

    If the default inputs lead to ERROR in no workflow, other inputs are tried once, see `search_failing`.
    """
    for run, row in probe_runs(session):
        if row.get("state") == "ERROR":
            return run.workflow_id, run.inputs
    found = session.remember("failing inputs", lambda: search_failing(session, probe_runs(session)))
    if found is None:
        raise Undecided("a workflow that may be started and whose run goes to ERROR")
    return found


def start_passing(session: Session) -> tuple[Run, float]:
    """Start a run that completes by itself after a moment.

    Returns the run and its duration in seconds. Raises `Undecided` if there is none.
    """
    found = session.remember("a passing workflow", lambda: _find_passing(session))
    if found is not None:
        name, moment = found
        run = start(session, name)
        shown = await_state(session, run, lambda _: True)
        if shown is not None and shown.get("state") in _UNFINISHED:
            return run, min(moment, session.patience)
    raise Undecided("a workflow that may be started and whose run completes after a moment")


def _find_passing(session: Session) -> tuple[str, float] | None:
    probes = [run for run, _ in probe_runs(session)]

    def find() -> tuple[str, float] | None:
        for probe in probes:
            row = read(session, probe.instance_id) or {}
            begun, ended = read_instant(row.get("start")), read_instant(row.get("end"))
            if row.get("state") == "COMPLETED" and begun is not None and ended is not None and ended > begun:
                return probe.workflow_id, (ended - begun).total_seconds()
        return None

    return session.poll(find, lambda found: found is not None, _SETTLING)


def start_with_text(session: Session, text: str) -> tuple[Run, str, str]:
    """Start a run with `text` as the value of an input that accepts any text.

    Returns the run, the name of the input, and the text. Raises `Undecided` if no workflow that may be started has such
    an input.
    """
    for probe, _ in probe_runs(session):
        for name in probe.inputs:
            inputs = {**probe.inputs, name: text}
            schema = read_input_schema(session, probe.workflow_id)
            if isinstance(probe.inputs[name], str) and is_valid(schema, inputs):
                return start(session, probe.workflow_id, inputs), name, text
    raise Undecided("a workflow that may be started and has an input that accepts any text")


def _probe(session: Session) -> list[tuple[Run, Row]]:
    runs, _ = start_each(session)
    if not runs:
        raise Undecided("a workflow that can be started")
    rows = session.poll(
        lambda: [read(session, run.instance_id) for run in runs], lambda found: None not in found
    )
    if not _have_enough_states(rows):
        rows = session.poll(
            lambda: [read(session, run.instance_id) for run in runs], _have_enough_states, _SETTLING
        )
    return [(run, row) for run, row in zip(runs, rows, strict=True) if row is not None]


def _have_enough_states(rows: list[Row | None]) -> bool:
    states = {row.get("state") for row in rows if row is not None}
    is_settled = not states & _UNFINISHED
    return is_settled or ("ERROR" in states and bool(states & _UNFINISHED) and bool(states & FINISHED))
