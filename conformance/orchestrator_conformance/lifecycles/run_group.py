"""A group of concurrent runs: performs steps on them, and reads all of them after each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from ..session.lists.instances import FINISHED, Row
from ..session.runs.runs import Run, read, start
from ..session.session import Failed, Session, Undecided
from ..target.exchange import Exchange
from .run_model import Mismatch, RunModel
from .steps import Step

RUNS: Final = 3
# How long, in seconds, a `wait` step waits for a run to settle.
_WAIT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Subject:
    """A workflow to start, with the names of the inputs that its runs do not change."""

    workflow_id: str
    kept: frozenset[str]


@dataclass(slots=True)
class RunGroup:
    """The runs of one sequence of steps, with the steps and exchanges so far."""

    session: Session
    subjects: Sequence[Subject]
    models: list[RunModel] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)

    def perform(self, step: Step) -> Failed | None:
        """Perform one step, if a run is available for it, then read every run. Returns the first failure, or None.

        Raises `Undecided` if a run cannot be started or read.
        """
        if step.verb == "start":
            if len(self.models) < RUNS:
                self._start(self.subjects[step.number % len(self.subjects)])
        elif self.models:
            self._apply(self.models[step.number % len(self.models)], step)
        for model in self.models:
            if failure := self._read(model):
                return failure
        return None

    def end(self) -> None:
        """Abort the unfinished runs, so that runs of several groups do not add up."""
        for model in self.models:
            if model.state not in FINISHED and self.session.offers("abortWorkflow"):
                self._send("abortWorkflow", model.run)

    def _start(self, subject: Subject) -> None:
        run = start(self.session, subject.workflow_id)
        self.models.append(RunModel(run, subject.kept))
        self.done.append(f"start {self._name(run)}")
        self.exchanges.append(run.exchange)

    def _apply(self, model: RunModel, step: Step) -> None:
        match step.verb:
            case "abort":
                self._abort(model)
            case "retrigger":
                # The document does not define what retriggering does in any other state.
                if (
                    model.state == "ERROR"
                    and not model.is_ending
                    and self.session.offers("retriggerInstance")
                ):
                    self._send("retriggerInstance", model.run)
            case "wait":
                self.session.poll(lambda: read(self.session, model.run.instance_id), _is_settled, _WAIT)
            case "read" | "start":
                pass
            case _:
                assert_never(step.verb)

    def _abort(self, model: RunModel) -> None:
        if not self.session.offers("abortWorkflow"):
            return
        answer = self._send("abortWorkflow", model.run)
        # The document does not define the abort of a finished run. Another check reports a rejected abort.
        model.is_ending = model.is_ending or answer.is_success

    def _send(self, operation_id: str, run: Run) -> Exchange:
        path = {"instanceId": run.instance_id}
        if operation_id == "retriggerInstance":
            path["workflowId"] = run.workflow_id
        body: Row | None = {} if operation_id == "retriggerInstance" else None
        exchange = self.session.call(operation_id, path, body=body, is_good=False)
        if exchange.response.status in (401, 403):
            raise Undecided(f"permission for {operation_id} (status {exchange.response.status})")
        verb = operation_id.removesuffix("Workflow").removesuffix("Instance")
        self.done.append(f"{verb} {self._name(run)}")
        self.exchanges.append(exchange)
        return exchange

    def _read(self, model: RunModel) -> Failed | None:
        # A step may take a while to become visible, so only a lasting mismatch counts.
        def is_allowed(row: Row | None) -> bool:
            return row is not None and model.find_mismatch(row) is None

        row = self.session.poll(lambda: read(self.session, model.run.instance_id), is_allowed)
        if row is None:
            if model.seen is None:
                raise Undecided("a run that can be read")
            return self._fail(model, Mismatch("an answer, because the run was read before", "an error"))
        mismatch = model.find_mismatch(row)
        if mismatch is not None:
            return self._fail(model, mismatch)
        model.learn(row)
        return None

    def _fail(self, model: RunModel, mismatch: Mismatch) -> Failed:
        shown = self.session.call("getInstanceById", {"instanceId": model.run.instance_id}, is_good=False)
        expected = f"{mismatch.expected}, after {', '.join(self.done)}"
        found = f"{mismatch.found} on {self._name(model.run)}"
        return Failed(expected, found, shown, *self.exchanges, cause=mismatch.cause)

    def _name(self, run: Run) -> str:
        number = next(place for place, model in enumerate(self.models, 1) if model.run is run)
        return f"run {number} ({run.workflow_id})"


def _is_settled(row: Row | None) -> bool:
    return row is not None and row.get("state") not in ("ACTIVE", "PENDING")
