"""One run of a workflow, as the backend stores it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from ..overviews.workflow import Workflow


class RunState(StrEnum):
    """The states of an instance, in the order of the API."""

    ACTIVE = "ACTIVE"
    ERROR = "ERROR"
    COMPLETED = "COMPLETED"
    ABORTED = "ABORTED"
    SUSPENDED = "SUSPENDED"
    PENDING = "PENDING"


FINISHED: Final = frozenset({RunState.COMPLETED, RunState.ABORTED})


@dataclass(frozen=True, slots=True)
class Node:
    """One step that the run entered. `exited` is `None` until it leaves the step."""

    id: str
    name: str
    type: str
    entered: datetime
    exited: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history of a run."""

    at: datetime
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run is in ERROR, and the step that failed."""

    node: str
    message: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One run. It is immutable: every change creates a new value.

    Reads show the run from `visible_from` on. An active run completes by itself at `due`, unless `due` is `None`.
    """

    id: str
    workflow: Workflow
    state: RunState
    start: datetime
    visible_from: datetime
    initiator: str
    target: str | None
    inputs: dict[str, Any]
    nodes: tuple[Node, ...]
    events: tuple[Event, ...]
    end: datetime | None = None
    due: datetime | None = None
    failure: Failure | None = None
    result: dict[str, Any] | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the run is COMPLETED or ABORTED."""
        return self.state in FINISHED

    @property
    def length(self) -> timedelta | None:
        """The time from start to end, or `None` if the run has no end."""
        return None if self.end is None else self.end - self.start

    @property
    def workflow_data(self) -> dict[str, Any]:
        """The variables of the run: its inputs, and its `result` once there is one.

        An input named `result` is left out, because the name is reserved for the result.
        """
        data = {name: value for name, value in self.inputs.items() if name != "result"}
        return data if self.result is None else {**data, "result": self.result}
