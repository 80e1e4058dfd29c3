"""One run of a workflow, as the backend keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from ..overviews.workflow import Workflow


class RunState(StrEnum):
    """The states of an instance, in the order in which the API lists them."""

    ACTIVE = "ACTIVE"
    ERROR = "ERROR"
    COMPLETED = "COMPLETED"
    ABORTED = "ABORTED"
    SUSPENDED = "SUSPENDED"
    PENDING = "PENDING"


FINISHED: Final = frozenset({RunState.COMPLETED, RunState.ABORTED})


@dataclass(frozen=True, slots=True)
class Node:
    """One step that the run entered; `exited` is `None` while it is there."""

    id: str
    name: str
    type: str
    entered: datetime
    exited: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the run's history: what happened and when."""

    at: datetime
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run is in error, and the step that failed."""

    node: str
    message: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One run; every change gives a new value.

    `visible_from` is when reads begin to show it; `due` is when an active run completes by itself, where it
    does.
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
        """Whether the run has ended for good."""
        return self.state in FINISHED

    @property
    def length(self) -> timedelta | None:
        """The time from start to end; `None` where it has no end."""
        return None if self.end is None else self.end - self.start

    @property
    def workflow_data(self) -> dict[str, Any]:
        """The run's variables: its inputs, and its `result` once there is one.

        An input that is called `result` is hidden: the name is the result's.
        """
        data = {name: value for name, value in self.inputs.items() if name != "result"}
        return data if self.result is None else {**data, "result": self.result}
