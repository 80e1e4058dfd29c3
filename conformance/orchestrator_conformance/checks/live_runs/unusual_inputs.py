"""Checks that unusual inputs survive unchanged, in the run and in the data of its input schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Final

from ...session.inputs.unusual import is_usual, make_up_inputs, vary_named_inputs
from ...session.lists.instances import Lists, Row
from ...session.runs.runs import Refused, Run, read, read_input_schema, start
from ...session.runs.workflow_probing import probe_runs
from ...session.session import Failed, Session, Undecided
from ...target.reading import describe_answer
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


@dataclass(frozen=True, slots=True)
class _Attempts:
    """The runs with unusual inputs, and the refusals of inputs that the schema names."""

    runs: tuple[UnusualRun, ...]
    refusals: tuple[Refused, ...]


def read_unusual_runs(session: Session) -> tuple[UnusualRun, ...]:
    """Return runs with unusual inputs, once they show them or the deadline has passed; the same ones on every call."""
    found = _attempt_once(session).runs
    if not found:
        raise Undecided("a workflow that may be started and whose input schema allows unusual inputs")
    return found


def _attempt_once(session: Session) -> _Attempts:
    return session.remember("runs with unusual inputs", lambda: _start_and_read(session))


def _start_and_read(session: Session) -> _Attempts:
    attempts = list(_start_named(session))
    refusals = tuple(each for each in attempts if isinstance(each, Refused))
    started = [each for each in attempts if isinstance(each, UnusualRun)] + list(_start_made_up(session))

    def read_all() -> list[UnusualRun]:
        rows = [read(session, each.run.instance_id) or {} for each in started]
        return [replace(each, shown=data_of(row)) for each, row in zip(started, rows, strict=True)]

    read_runs = session.poll(read_all, lambda found: all(each.is_complete() for each in found))
    return _Attempts(tuple(_judge_made_up(each) for each in read_runs), refusals)


def _judge_made_up(given: UnusualRun) -> UnusualRun:
    """Add the made-up inputs to the kept ones if the run shows one of them.

    A workflow may ignore inputs that its schema does not name, but not change them.
    """
    return replace(given, kept=given.kept | given.made_up) if given.shows_made_up else given


def _start_named(session: Session) -> Iterator[UnusualRun | Refused]:
    """Start runs with unusual values of the inputs that the schema names. Yields the runs and the refusals."""
    used: set[str] = set()
    for probe, _ in [each for each in probe_runs(session) if each[0].inputs][:_WORKFLOWS]:
        schema = read_input_schema(session, probe.workflow_id)
        kept = _find_kept(session, probe)
        for inputs in vary_named_inputs(schema, probe.inputs, session.seed, used):
            try:
                run = start(session, probe.workflow_id, inputs)
            except Refused as refused:
                yield refused
            else:
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
        kept = _find_kept(session, probe)
        made_up_inputs = make_up_inputs(schema, probe.inputs, session.seed, variant)
        if not made_up_inputs:
            continue
        for made_up in (made_up_inputs, *_split(made_up_inputs)):
            try:
                run = start(session, probe.workflow_id, {**probe.inputs, **made_up})
            except Refused:
                # Inputs that the schema does not name may be refused. Perhaps only some of them are.
                continue
            yield UnusualRun(run, frozenset(probe.inputs), frozenset(made_up), kept, {})
            if made_up is made_up_inputs:
                break


def _split(made_up: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the texts, the other values, and the unusual names. One of the texts is in each of them."""
    usual = {name: value for name, value in made_up.items() if is_usual(name)}
    texts = {name: value for name, value in usual.items() if isinstance(value, str)}
    first = dict(islice(texts.items(), 1))
    others = {name: value for name, value in usual.items() if name not in texts}
    unusual = {name: value for name, value in made_up.items() if name not in usual}
    return [texts, first | others, first | unusual]


@check("ORC-RUN-INPUT-05")
def unusual_inputs_are_accepted(session: Session) -> None:
    """Execute with unusual values of the inputs that the schema names."""
    attempts = _attempt_once(session)
    if not attempts.refusals and not any(each.named for each in attempts.runs):
        raise Undecided("a workflow that may be started and whose input schema allows unusual inputs")
    for refused in attempts.refusals:
        exchange = refused.exchange
        expected = "a run, because the inputs satisfy the schema of the workflow"
        raise Failed(expected, describe_answer(exchange.response), exchange)


@check("ORC-RUN-INPUT-04")
def unusual_inputs_are_shown_as_given(session: Session) -> None:
    """Compare the unusual inputs of each run with those that it shows, by its id and listed."""
    is_decided = False
    runs = read_unusual_runs(session)
    for given in runs:
        for name in sorted(given.kept):
            is_decided = True
            value = given.run.inputs[name]
            if not shows_input(given.shown, name, value):
                found = repr(given.shown[name]) if name in given.shown else "no such input"
                raise Failed(f"input {name!r} with the value {value!r}", found, given.run.exchange)
    if not is_decided:
        raise Undecided("a workflow that may be started and whose run shows the inputs that it was given")
    failure = session.poll(partial(_find_wrong_row, session, runs), lambda found: found is None)
    if failure is not None:
        raise failure


def _find_wrong_row(session: Session, runs: Iterable[UnusualRun]) -> Failed | None:
    listing = Lists(session).all()
    rows = {row["id"]: data_of(row) for row in listing.rows}
    for given in runs:
        shown = rows.get(given.run.instance_id)
        # A list may omit the data of its instances.
        for name in sorted(given.kept) if shown else ():
            value = given.run.inputs[name]
            if shown and not shows_input(shown, name, value):
                expected = f"input {name!r} of {given.run.instance_id} in the list with the value {value!r}"
                found = repr(shown[name]) if name in shown else "no such input"
                return Failed(expected, found, listing.exchange)
    return None


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
