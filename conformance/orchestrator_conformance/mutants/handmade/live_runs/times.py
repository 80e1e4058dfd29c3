"""Mutants whose runs or steps have wrong times, or whose errors name no step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from orchestrator_v2 import models

from ....reference.lifecycle.instance import Failure, Instance, Node
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.listing.rendering import Rendering
from ....reference.overviews.workflow import Workflow
from ...mutant import breaks

_OFFSET = timedelta(hours=2)


@breaks("ORC-RUN-TIME-03")
class StartsAreLocalTimes(Lifecycle):
    """Sets the start of a run two hours too early, as a wrong time zone does."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        started = super().start(workflow, inputs, initiator, target, now)
        return replace(started, start=started.start - _OFFSET)


@breaks("ORC-RUN-TIME-04")
class EndsAreLocalTimes(Lifecycle):
    """Sets the end of a completed run two hours too late, as a wrong time zone does."""

    def complete(self, instance: Instance, at: datetime) -> Instance:
        completed = super().complete(instance, at)
        return replace(completed, end=at + _OFFSET)


@breaks("ORC-RUN-TIME-04")
class AbortsAreLocalTimes(Lifecycle):
    """Sets the end of an aborted run two hours too late, as a wrong time zone does."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().abort(instance, now), end=now + _OFFSET)


@breaks("ORC-RUN-TIME-05")
class StepTimesAreLocalTimes(Lifecycle):
    """Sets the times of steps two hours too late, as a wrong time zone does."""

    def enter_node(
        self, instance: Instance, name: str, node_type: str, entered: datetime, exited: datetime | None
    ) -> Instance:
        late = None if exited is None else exited + _OFFSET
        return super().enter_node(instance, name, node_type, entered + _OFFSET, late)

    def leave_nodes(self, instance: Instance, at: datetime) -> Instance:
        return super().leave_nodes(instance, at + _OFFSET)


@breaks("ORC-INST-NODE-01")
class StepTimesHaveNoZone(Rendering):
    """Writes the times of steps without a time zone."""

    def node(self, node: Node) -> models.NodeInstanceDTO:
        shown = super().node(node)
        return shown.model_copy(
            update={
                "enter": shown.enter and shown.enter.rstrip("Z"),
                "exit": shown.exit and shown.exit.rstrip("Z"),
            }
        )


@breaks("ORC-INST-NODE-01")
class StepsEndBeforeTheyBegin(Rendering):
    """Swaps the times at which a step was entered and left."""

    def node(self, node: Node) -> models.NodeInstanceDTO:
        shown = super().node(node)
        if shown.exit is None or shown.exit == shown.enter:
            return shown
        return shown.model_copy(update={"enter": shown.exit, "exit": shown.enter})


@breaks("ORC-INST-NODE-02")
class StepsBeginBeforeTheirRun(Lifecycle):
    """Sets the time at which the first step was entered to a second before the start of the run."""

    def enter_node(
        self, instance: Instance, name: str, node_type: str, entered: datetime, exited: datetime | None
    ) -> Instance:
        first = not instance.nodes
        return super().enter_node(
            instance, name, node_type, entered - timedelta(seconds=1) if first else entered, exited
        )


@breaks("ORC-INST-ERROR-02")
class ErrorsNameTheirCause(Rendering):
    """Shows the message of an error in place of the step that failed."""

    def failure(self, failure: Failure) -> models.ProcessInstanceErrorDTO:
        return super().failure(failure).model_copy(update={"node_definition_id": failure.message})
