"""A few runs at once: does what is to be done to them, and reads all of them after each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from ..session.instances import FINISHED, Row
from ..session.runs import Run, read, start
from ..session.session import Failed, Session, Undecided
from ..target.exchange import Exchange
from .life import Breach, Life
from .steps import Step

RUNS: Final = 3
# How long, in seconds, one step waits for a run to get somewhere by itself.
_WAIT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Subject:
    """A workflow to try, and the inputs that its runs still show in the end as they were given."""

    workflow_id: str
    kept: frozenset[str]


@dataclass(slots=True)
class World:
    """The runs of one sequence of steps, with what was sent to bring them where they are."""

    session: Session
    subjects: Sequence[Subject]
    lives: list[Life] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)

    def perform(self, step: Step) -> Failed | None:
        """Do one step, where there is a run that it can be done to, and read every run; return what is wrong.

        Raises `Undecided` where a run cannot be started or read.
        """
        if step.verb == "start":
            if len(self.lives) < RUNS:
                self._start(self.subjects[step.number % len(self.subjects)])
        elif self.lives:
            self._treat(self.lives[step.number % len(self.lives)], step)
        for life in self.lives:
            if failure := self._look_at(life):
                return failure
        return None

    def end(self) -> None:
        """Abort what is unfinished still: no more runs than these are under way at once."""
        for life in self.lives:
            if life.state not in FINISHED and self.session.offers("abortWorkflow"):
                self._send("abortWorkflow", life.run)

    def _start(self, subject: Subject) -> None:
        run = start(self.session, subject.workflow_id)
        self.lives.append(Life(run, subject.kept))
        self.done.append(f"start {self._name(run)}")
        self.exchanges.append(run.exchange)

    def _treat(self, life: Life, step: Step) -> None:
        match step.verb:
            case "abort":
                self._abort(life)
            case "retrigger":
                # What becomes of a run in another state is left open.
                if life.state == "ERROR" and not life.is_ending and self.session.offers("retriggerInstance"):
                    self._send("retriggerInstance", life.run)
            case "wait":
                self.session.poll(lambda: read(self.session, life.run.instance_id), _is_settled, _WAIT)
            case "read" | "start":
                pass
            case _:
                assert_never(step.verb)

    def _abort(self, life: Life) -> None:
        if not self.session.offers("abortWorkflow"):
            return
        answer = self._send("abortWorkflow", life.run)
        # What an abort of a finished run answers is left open, and that one is refused is for another check to say.
        life.is_ending = life.is_ending or answer.response.status == 200

    def _send(self, operation_id: str, run: Run) -> Exchange:
        path = {"instanceId": run.instance_id}
        if operation_id == "retriggerInstance":
            path["workflowId"] = run.workflow_id
        body: Row | None = {} if operation_id == "retriggerInstance" else None
        exchange = self.session.call(operation_id, path, body=body, is_good=False)
        if exchange.response.status in (401, 403):
            raise Undecided(f"the right to {operation_id} ({exchange.response.status})")
        verb = operation_id.removesuffix("Workflow").removesuffix("Instance")
        self.done.append(f"{verb} {self._name(run)}")
        self.exchanges.append(exchange)
        return exchange

    def _look_at(self, life: Life) -> Failed | None:
        # What was done may take a while to show: what the model does not allow counts when it stays.
        def is_allowed(row: Row | None) -> bool:
            return row is not None and life.find_breach(row) is None

        row = self.session.poll(lambda: read(self.session, life.run.instance_id), is_allowed)
        if row is None:
            if life.seen is None:
                raise Undecided("a run that can be read")
            return self._fail(life, Breach("an answer: it was read before", "an error"))
        breach = life.find_breach(row)
        if breach is not None:
            return self._fail(life, breach)
        life.learn(row)
        return None

    def _fail(self, life: Life, breach: Breach) -> Failed:
        shown = self.session.call("getInstanceById", {"instanceId": life.run.instance_id}, is_good=False)
        expected = f"{breach.expected}, after {', '.join(self.done)}"
        return Failed(expected, f"{breach.found} on {self._name(life.run)}", shown, *self.exchanges)

    def _name(self, run: Run) -> str:
        number = next(place for place, life in enumerate(self.lives, 1) if life.run is run)
        return f"run {number} ({run.workflow_id})"


def _is_settled(row: Row | None) -> bool:
    return row is not None and row.get("state") not in ("ACTIVE", "PENDING")
