"""Mutants of what becomes of a run, and of what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models

from ..reference.backend import ReferenceBackend
from ..reference.instance import Instance, RunState
from ..reference.lifecycle import Lifecycle
from ..reference.workflow import Workflow
from .mutant import breaks

_SOME_ID = "5e0d6c1e-8f4b-4b43-9c53-0f3f6f9a1b77"


@breaks("ORC-RUN-EXEC-01")
class OneIdForAll(Lifecycle):
    """Gives every run the same id, so that each takes the place of the one before."""

    def new_id(self) -> str:
        return _SOME_ID


@breaks("ORC-RUN-EXEC-02")
class StartsAreNotListed(ReferenceBackend):
    """Lists no run of the present."""

    def visible_instances(self) -> list[Instance]:
        return [each for each in super().visible_instances() if each.start.year < self.now().year]


@breaks("ORC-RUN-EXEC-03")
class StartsAnother(ReferenceBackend):
    """Starts the workflow that completes, whichever is asked for."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        other = self.catalogue["create-service"]
        if workflow_id == "refresh-search-index":
            self.store.put(replace(self.find_instance(started.id), workflow=other))
        return started


@breaks("ORC-RUN-EXEC-04")
class ForgetsTheInputs(Lifecycle):
    """Starts every run without its inputs."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        return super().start(workflow, {}, initiator, target, now)


@breaks("ORC-RUN-EXEC-05")
class ForgetsTheTarget(Lifecycle):
    """Starts every run without its target."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        return super().start(workflow, inputs, initiator, None, now)


@breaks("ORC-RUN-READ-01")
class ReadingALogRestarts(ReferenceBackend):
    """Begins an instance anew whose log is read."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        shown = await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)
        self.store.put(replace(self.find_instance(instance_id), state=RunState.SUSPENDED, end=None))
        return shown


@breaks("ORC-RUN-ABORT-01")
class AbortsNothing(Lifecycle):
    """Says that the run is aborted, and lets it go on."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        super().abort(instance, now)
        return instance


@breaks("ORC-RUN-ABORT-02")
class AbortsAll(ReferenceBackend):
    """Aborts every unfinished run of the workflow."""

    async def abort_workflow(self, instance_id: str) -> str:
        answer = await super().abort_workflow(instance_id)
        for other in self.runs_of(self.find_instance(instance_id).workflow.id):
            if not other.is_finished:
                self.store.put(self.lifecycle.abort(other, self.now()))
        return answer


@breaks("ORC-RUN-ABORT-03")
class AbortsTheFinished(Lifecycle):
    """Turns a completed run into an aborted one."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return super().abort(replace(instance, state=RunState.ACTIVE, end=None), now)


@breaks("ORC-RUN-RETRY-01")
class RetriggersNothing(Lifecycle):
    """Says that the run is retriggered, and leaves it in ERROR."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        super().retrigger(instance, now)
        return instance


@breaks("ORC-RUN-RETRY-02")
class RetriggersAll(ReferenceBackend):
    """Retriggers every run of the workflow that is in ERROR."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        answer = await super().retrigger_instance(workflow_id, instance_id, body)
        for other in self.runs_of(workflow_id):
            if other.state is RunState.ERROR:
                self.store.put(self.lifecycle.retrigger(other, self.now()))
        return answer


@breaks("ORC-ERR-ID-01")
class ShowsUnknownWorkflows(ReferenceBackend):
    """Answers an empty overview for a workflow that is not there."""

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        if workflow_id not in self.catalogue:
            return models.WorkflowOverviewDTO(
                workflow_id=workflow_id, format=models.WorkflowFormatDTO("yaml")
            )
        return await super().get_workflow_overview_by_id(workflow_id)


@breaks("ORC-ERR-ID-02")
class ShowsUnknownInstances(ReferenceBackend):
    """Answers an instance without steps for an id that is not there."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        if all(each.id != instance_id for each in self.visible_instances()):
            return models.ProcessInstanceDTO(id=instance_id, process_id="unknown", nodes=[])
        return await super().get_instance_by_id(instance_id)


@breaks("ORC-ERR-RUN-01")
class StartsUnknownWorkflows(ReferenceBackend):
    """Starts some other workflow where there is none of that id."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        known = workflow_id if workflow_id in self.catalogue else "refresh-search-index"
        return await super().execute_workflow(known, body)


@breaks("ORC-ERR-RUN-03")
class AbortsUnknownInstances(ReferenceBackend):
    """Says that an instance is aborted that is not there."""

    async def abort_workflow(self, instance_id: str) -> str:
        if all(each.id != instance_id for each in self.visible_instances()):
            return f"aborted {instance_id}"
        return await super().abort_workflow(instance_id)
