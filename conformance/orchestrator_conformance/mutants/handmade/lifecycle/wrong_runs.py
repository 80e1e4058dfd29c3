"""Mutants whose aborts and retriggers concern other runs than the one in the path."""

from __future__ import annotations

from typing import Any

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ...mutant import breaks


@breaks("ORC-RUN-ABORT-06")
class UnknownAbortsEndTheLatestRun(ReferenceBackend):
    """Refuses the abort of an unknown instance, but aborts the unfinished instance that started last."""

    async def abort_workflow(self, instance_id: str) -> str:
        runs = self.visible_instances()
        unfinished = [run for run in runs if not run.is_finished]
        if all(run.id != instance_id for run in runs) and unfinished:
            latest = max(unfinished, key=lambda run: run.start)
            self.store.put(self.lifecycle.abort(latest, self.now()))
        return await super().abort_workflow(instance_id)


@breaks("ORC-RUN-ABORT-06")
class RefusedAbortsEndOtherRuns(ReferenceBackend):
    """Refuses the abort of a finished instance, but aborts the unfinished instances for the same target."""

    async def abort_workflow(self, instance_id: str) -> str:
        runs = self.visible_instances()
        named = next((run for run in runs if run.id == instance_id), None)
        if named is not None and named.is_finished:
            for run in runs:
                if not run.is_finished and run.target == named.target and run.initiator == named.initiator:
                    self.store.put(self.lifecycle.abort(run, self.now()))
        return await super().abort_workflow(instance_id)


class _StartingBackend(ReferenceBackend):
    """Can start an instance like another one."""

    def start_like(self, run: Instance, workflow_id: str) -> None:
        workflow = self.catalogue[workflow_id]
        if workflow.is_available:
            self.store.put(self.lifecycle.start(workflow, run.inputs, run.initiator, None, self.now()))


@breaks("ORC-RUN-ABORT-06")
class AbortsStartAgain(_StartingBackend):
    """Starts the workflow of an instance again when the instance is aborted."""

    async def abort_workflow(self, instance_id: str) -> str:
        answer = await super().abort_workflow(instance_id)
        run = self.find_instance(instance_id)
        self.start_like(run, run.workflow.id)
        return answer


@breaks("ORC-RUN-RETRY-05")
class RetriggersOfTheFinishedStartAgain(_StartingBackend):
    """Refuses the retrigger of a finished instance, but starts its workflow again."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        found = [run for run in self.runs_of(workflow_id) if run.id == instance_id and run.is_finished]
        for run in found:
            self.start_like(run, workflow_id)
        return await super().retrigger_instance(workflow_id, instance_id, body)


@breaks("ORC-RUN-RETRY-05")
class UnknownRetriggersContinueAnotherRun(ReferenceBackend):
    """Refuses the retrigger of an unknown instance, but retriggers the latest instance in ERROR of the workflow."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        failed = [run for run in self.runs_of(workflow_id) if run.state is RunState.ERROR]
        if failed and all(run.id != instance_id for run in self.visible_instances()):
            latest = max(failed, key=lambda run: run.start)
            self.store.put(self.lifecycle.retrigger(latest, self.now()))
        return await super().retrigger_instance(workflow_id, instance_id, body)


@breaks("ORC-RUN-RETRY-06")
class OtherWorkflowsAreStarted(_StartingBackend):
    """Refuses a retrigger under the id of another workflow, but starts that workflow with the inputs of the run."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        run = next((each for each in self.visible_instances() if each.id == instance_id), None)
        is_meant = run is not None and run.workflow.id == workflow_id
        if run is not None and run.state is RunState.ERROR and not is_meant:
            self.start_like(run, workflow_id)
        return await super().retrigger_instance(workflow_id, instance_id, body)


@breaks("ORC-RUN-RETRY-06")
class RefusedRetriggersContinue(ReferenceBackend):
    """Refuses a retrigger under the id of another workflow, but lets the instance continue."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        run = next((each for each in self.visible_instances() if each.id == instance_id), None)
        if run is not None and run.state is RunState.ERROR and run.workflow.id != workflow_id:
            self.store.put(self.lifecycle.retrigger(run, self.now()))
        return await super().retrigger_instance(workflow_id, instance_id, body)


@breaks("ORC-RUN-RETRY-07")
class RetriggersStartAgain(_StartingBackend):
    """Lets an instance in ERROR continue when it is retriggered, and starts its workflow again as well."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        answer = await super().retrigger_instance(workflow_id, instance_id, body)
        self.start_like(self.find_instance(instance_id), workflow_id)
        return answer
