"""Mutants that start runs wrongly, or change them when others are started or read."""

from __future__ import annotations

from asyncio import sleep
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.instance_store import InstanceStore
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.overviews.workflow import Workflow
from ...mutant import breaks

_SOME_ID = "5e0d6c1e-8f4b-4b43-9c53-0f3f6f9a1b77"


@breaks("ORC-RUN-EXEC-01")
class OneIdForAll(Lifecycle):
    """Gives every run the same id, so that each run replaces the previous one."""

    def new_id(self) -> str:
        return _SOME_ID


@breaks("ORC-RUN-EXEC-02")
class StartsAreNotListed(ReferenceBackend):
    """Omits new runs from lists."""

    def visible_instances(self) -> list[Instance]:
        return [each for each in super().visible_instances() if each.start.year < self.now().year]


@breaks("ORC-RUN-EXEC-03")
class StartsAnotherWorkflow(ReferenceBackend):
    """Starts another workflow than the requested one."""

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
class ReadingALogSuspends(ReferenceBackend):
    """Sets an instance to SUSPENDED when its log is read."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        shown = await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)
        self.store.put(replace(self.find_instance(instance_id), state=RunState.SUSPENDED, end=None))
        return shown


@breaks("ORC-RUN-EXEC-06")
class InitiatorsDiffer(Lifecycle):
    """Shows a different initiator for every run."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        return super().start(workflow, inputs, f"{initiator}-{self.new_id()}", target, now)


@breaks("ORC-RUN-EXEC-07")
class ClocksGoBackwards(Lifecycle):
    """Sets the start of every run one hour before that of the previous one."""

    started = 0

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        self.started += 1
        return super().start(workflow, inputs, initiator, target, now - timedelta(hours=self.started))


@breaks("ORC-RUN-EXEC-08")
class LosesConcurrentStarts(ReferenceBackend):
    """Loses a run that is started while another execution is in progress."""

    under_way = 0

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        is_alone = self.under_way == 0
        self.under_way += 1
        await sleep(0.05)
        kept = self.store
        if not is_alone:
            self.store = InstanceStore(())
        try:
            return await super().execute_workflow(workflow_id, body)
        finally:
            self.store = kept
            self.under_way -= 1


@breaks("ORC-RUN-STATE-01")
class StartsMoveEarlierEnds(ReferenceBackend):
    """Moves the ends of earlier new runs of a workflow when another run of it is started."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        for run in self.runs_of(workflow_id):
            if run.id != started.id and run.end is not None and run.start.year == self.now().year:
                self.store.put(replace(run, end=run.end + timedelta(seconds=1)))
        return started


@breaks("ORC-RUN-EXEC-10")
class StartsTwice(ReferenceBackend):
    """Starts two runs for one execution, and returns the id of the second."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        await super().execute_workflow(workflow_id, body)
        return await super().execute_workflow(workflow_id, body)
