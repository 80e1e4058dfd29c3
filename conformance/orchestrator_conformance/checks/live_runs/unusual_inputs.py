"""Checks that unusual inputs survive unchanged, in the run and in the data of its input schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from ...session.instances import Row
from ...session.runs import Refused, Run, read, read_input_schema, start
from ...session.session import Failed, Session, Undecided
from ...session.unusual_inputs import is_usual, make_up_inputs, vary_named_inputs
from ...session.workflow_probing import probe_runs
from ..check import check
from ..inputs import data_of, is_same, unchanged_inputs

# The number of workflows that are started with unusual values of the inputs that their schema names.
_WORKFLOWS: Final = 3
# The number of runs with made-up inputs.
_MADE_UP: Final = 3


@dataclass(frozen=True, slots=True)
class UnusualRun:
    """A run with unusual inputs.

    `named` are the inputs that the schema names, and `made_up` the others. `kept` are the inputs that the workflow
    keeps: those that it showed unchanged in its first run, and the made-up ones if it shows one of them.
    """

    run: Run
    named: frozenset[str]
    made_up: frozenset[str]
    kept: frozenset[str]
    shown: Row

    def is_complete(self) -> bool:
        """Whether the run shows all inputs that the workflow keeps, and all or none of the made-up ones."""
        is_kept = all(shows_input(self.shown, name, self.run.inputs[name]) for name in self.kept)
        ignores = bool(self.kept) and not self.shows_made_up
        return is_kept and (
            ignores or all(shows_input(self.shown, name, self.run.inputs[name]) for name in self.made_up)
        )

    @property
    def shows_made_up(self) -> bool:
        """Whether the run shows a made-up input with a usual name."""
        return any(name in self.shown for name in self.made_up if is_usual(name))


def shows_input(data: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether `data` has the input `name` with `value`."""
    return name in data and is_same(value, data[name])


def read_unusual_runs(session: Session) -> list[UnusualRun]:
    """Return runs with unusual inputs, once they show them or the deadline has passed; the same ones on every call."""
    found = session.remember("runs with unusual inputs", lambda: _start_and_read(session))
    if not found:
        raise Undecided("a workflow that may be started and whose input schema allows unusual inputs")
    return found


def _start_and_read(session: Session) -> list[UnusualRun]:
    started = [*_start_named(session), *_start_made_up(session)]

    def read_all() -> list[UnusualRun]:
        rows = [read(session, each.run.instance_id) or {} for each in started]
        return [replace(each, shown=data_of(row)) for each, row in zip(started, rows, strict=True)]

    read_runs = session.poll(read_all, lambda found: all(each.is_complete() for each in found))
    return [_judge_made_up(each) for each in read_runs]


def _judge_made_up(given: UnusualRun) -> UnusualRun:
    """Add the made-up inputs to the kept ones if the run shows one of them.

    A workflow may ignore inputs that its schema does not name, but not change them.
    """
    return replace(given, kept=given.kept | given.made_up) if given.shows_made_up else given


def _start_named(session: Session) -> Iterator[UnusualRun]:
    """Start runs with unusual values of the inputs that the schema names."""
    used: set[str] = set()
    for probe, _ in [each for each in probe_runs(session) if each[0].inputs][:_WORKFLOWS]:
        schema = read_input_schema(session, probe.workflow_id)
        kept = _find_kept(session, probe)
        for inputs in vary_named_inputs(schema, probe.inputs, session.seed, used):
            if (run := _try_to_start(session, probe.workflow_id, inputs)) is not None:
                yield UnusualRun(run, frozenset(inputs), frozenset(), kept & inputs.keys(), {})


def _find_kept(session: Session, probe: Run) -> frozenset[str]:
    """Return the inputs of a workflow that its runs have to show: those that its first run showed unchanged.

    If they are all its inputs with usual names, those with unusual names belong to them too.
    """
    kept = unchanged_inputs(session)[probe.workflow_id]
    usual = {name for name in probe.inputs if is_usual(name)}
    return frozenset(probe.inputs) if usual and usual <= kept else frozenset(kept)


def _start_made_up(session: Session) -> Iterator[UnusualRun]:
    """Start a few runs with inputs that the schema of their workflow does not name, if it allows them.

    The values differ in each run.
    """
    probes = [run for run, _ in probe_runs(session)]
    for variant in range(_MADE_UP):
        probe = probes[variant % len(probes)]
        schema = read_input_schema(session, probe.workflow_id)
        made_up = make_up_inputs(schema, probe.inputs, session.seed, variant)
        if made_up and (run := _try_to_start(session, probe.workflow_id, {**probe.inputs, **made_up})):
            named = frozenset(probe.inputs)
            yield UnusualRun(run, named, frozenset(made_up), _find_kept(session, probe), {})


def _try_to_start(session: Session, workflow_id: str, inputs: Mapping[str, Any]) -> Run | None:
    try:
        return start(session, workflow_id, inputs)
    except Refused:
        # ORC-RUN-INPUT-01 covers refused inputs.
        return None


@check("ORC-RUN-INPUT-04")
def unusual_inputs_are_shown_as_given(session: Session) -> None:
    """Compare the unusual inputs of each run with those that it shows, except inputs that the workflow changes."""
    is_decided = False
    for given in read_unusual_runs(session):
        for name in sorted(given.kept):
            is_decided = True
            value = given.run.inputs[name]
            if not shows_input(given.shown, name, value):
                found = repr(given.shown[name]) if name in given.shown else "no such input"
                raise Failed(f"input {name!r} with the value {value!r}", found, given.run.exchange)
    if not is_decided:
        raise Undecided("a workflow that may be started and whose run shows the inputs that it was given")


@check("ORC-WF-SCHEMA-04")
def data_holds_unusual_inputs(session: Session) -> None:
    """Compare the `data` of each run with the unusual inputs that it was given and that it shows."""
    is_decided = False
    for given in read_unusual_runs(session):
        wanted = {
            name: given.run.inputs[name]
            for name in given.named | given.made_up
            if shows_input(given.shown, name, given.run.inputs[name])
        }
        if not wanted:
            continue
        is_decided = True
        failure = session.poll(partial(_find_difference, session, given, wanted), lambda found: found is None)
        if failure is not None:
            raise failure
    if not is_decided:
        raise Undecided("a run that shows the unusual inputs that it was given")


def _find_difference(session: Session, given: UnusualRun, wanted: Mapping[str, Any]) -> Failed | None:
    path, query = {"workflowId": given.run.workflow_id}, {"instanceId": given.run.instance_id}
    answer = session.ask("getWorkflowInputSchemaById", path, query=query)
    data = answer.value.get("data") or {}
    # The data may be limited to the inputs that the schema names.
    is_limited = not any(name in data for name in given.made_up if is_usual(name))
    for name in sorted(wanted.keys() - (given.made_up if is_limited else set())):
        if not shows_input(data, name, wanted[name]):
            found = repr(data[name]) if name in data else "no such input"
            return Failed(f"data with {name!r}: {wanted[name]!r}", found, answer.exchange)
    return None
