"""Mutants that start and end runs as they should but in one corner."""

from __future__ import annotations

from asyncio import sleep
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.overviews.workflow import Workflow
from ....reference.settings import ReferenceSettings
from ...mutant import breaks


@breaks("ORC-RUN-EXEC-01")
class TheSameAgainIsTheSame(ReferenceBackend):
    """Answers an execution with the run of the one before, where that asked for the same and has finished."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.under_way = 0
        self.last: tuple[str, str] = ("", "")

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        asked = _describe(workflow_id, body)
        is_alone = self.under_way == 0
        self.under_way += 1
        try:
            await sleep(0.05)
            if is_alone and self.last[0] == asked and self.find_instance(self.last[1]).is_finished:
                return models.ExecuteWorkflowResponseDTO(id=self.last[1])
            started = await super().execute_workflow(workflow_id, body)
            self.last = (asked, started.id)
            return started
        finally:
            self.under_way -= 1


def _describe(workflow_id: str, body: models.ExecuteWorkflowRequestDTO) -> str:
    return f"{workflow_id} {body.model_dump_json(by_alias=True, exclude_unset=True)}"


@breaks("ORC-RUN-EXEC-02")
class ActiveRunsAreNotListed(ReferenceBackend):
    """Lists a run of the present once it is no longer active."""

    def visible_instances(self) -> list[Instance]:
        return [
            each
            for each in super().visible_instances()
            if each.state is not RunState.ACTIVE or each.start.year < self.now().year
        ]


@breaks("ORC-RUN-EXEC-07")
class EachStartsAMinuteEarlier(Lifecycle):
    """Gives every run a start a minute before that of the one before it, as a clock that is set right might."""

    started = 0

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        self.started += 1
        return super().start(workflow, inputs, initiator, target, now - timedelta(minutes=self.started))


@breaks("ORC-RUN-EXEC-08")
class TheSameAtOnceIsOne(ReferenceBackend):
    """Answers an execution with the run of another that is on its way and asks for the same."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.under_way: dict[str, models.ExecuteWorkflowResponseDTO] = {}

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        asked = _describe(workflow_id, body)
        if asked in self.under_way:
            return self.under_way[asked]
        self.under_way[asked] = await super().execute_workflow(workflow_id, body)
        try:
            await sleep(0.05)
            return self.under_way[asked]
        finally:
            del self.under_way[asked]


@breaks("ORC-RUN-EXEC-10")
class TargetsStartARunMore(ReferenceBackend):
    """Starts a second run, without the inputs, where one for an entity is asked for."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        run = self.find_instance(started.id)
        if run.target is not None:
            self.store.put(self.lifecycle.start(run.workflow, {}, run.initiator, run.target, self.now()))
        return started


@breaks("ORC-RUN-ABORT-03")
class AbortsWhatEndedAtOnce(Lifecycle):
    """Takes a run that completed as soon as it started for unfinished, and aborts it."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.COMPLETED and instance.end == instance.start:
            return super().abort(replace(instance, state=RunState.ACTIVE), now)
        return super().abort(instance, now)


@breaks("ORC-RUN-ABORT-05")
class FailedRunsComplete(Lifecycle):
    """Takes a run in ERROR that is aborted for completed."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        aborted = super().abort(instance, now)
        is_it = instance.state is RunState.ERROR
        return replace(aborted, state=RunState.COMPLETED) if is_it else aborted


@breaks("ORC-RUN-RETRY-04")
class AbortedRunsGoOn(Lifecycle):
    """Sets an aborted run going again that is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.ABORTED:
            return replace(instance, state=RunState.ACTIVE, end=None)
        return super().retrigger(instance, now)


@breaks("ORC-RUN-EXEC-11")
class RefusesEveryStart(ReferenceBackend):
    """Refuses to start anything at all."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        raise HTTPError(500, "the engine is not configured")


@breaks("ORC-RUN-ABORT-01")
class AbortsWithoutAnEnd(Lifecycle):
    """Aborts, and writes no end down."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().abort(instance, now), end=None)


@breaks("ORC-RUN-RETRY-03")
class RetriggersForgetTheInputs(Lifecycle):
    """Has a retriggered run go on without the last of its inputs, which is made empty."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        changed = {name: value for name, value in instance.inputs.items() if name != "engine"}
        return super().retrigger(replace(instance, inputs=changed), now)


@breaks("ORC-RUN-EXEC-05")
class EntitiesAreSmall(Lifecycle):
    """Keeps the name of the target alone, without its kind."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        name = target.partition(":")[2] if target is not None else None
        return super().start(workflow, inputs, initiator, name, now)
