"""Mutants that take an unknown id for an existing one, or for all of them."""

from __future__ import annotations

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend, refusals_as_errors
from ....reference.lifecycle.instance import Instance
from ...mutant import breaks


@breaks("ORC-ERR-ID-03")
class UnknownWorkflowsListEverything(ReferenceBackend):
    """Lists the instances of all workflows for an unknown workflow."""

    def runs_of(self, workflow_id: str) -> list[Instance]:
        return super().runs_of(workflow_id) if workflow_id in self.catalogue else self.visible_instances()


@breaks("ORC-ERR-ID-03")
class InstancesAreListedByPattern(ReferenceBackend):
    """Takes the wildcard % in the id of a workflow for any text when it lists instances."""

    def runs_of(self, workflow_id: str) -> list[Instance]:
        start, wildcard, end = workflow_id.partition("%")
        if not wildcard:
            return super().runs_of(workflow_id)
        return [
            run
            for run in self.visible_instances()
            if run.workflow.id.startswith(start) and run.workflow.id.endswith(end)
        ]


@breaks("ORC-ERR-ID-04")
class SchemasAreFoundByPrefix(ReferenceBackend):
    """Returns the input schema of the first workflow whose id starts with the requested one."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        known = next((name for name in self.catalogue if name.startswith(workflow_id)), workflow_id)
        return await super().get_workflow_input_schema_by_id(known, instance_id=instance_id)


@breaks("ORC-ERR-ID-04")
class InstancesAreFoundByPrefix(ReferenceBackend):
    """Returns the first instance whose id starts with the requested one."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        ids = [run.id for run in self.visible_instances()]
        known = next((each for each in ids if each.startswith(instance_id)), instance_id)
        return await super().get_instance_by_id(known)


@breaks("ORC-ERR-ID-05")
class UnknownServicesAnswer(ReferenceBackend):
    """Answers true to a ping of an unknown workflow."""

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return workflow_id not in self.catalogue or await super().ping_workflow_service_by_id(workflow_id)


@breaks("ORC-ERR-ID-06")
class UnknownInstancesHaveEmptyLogs(ReferenceBackend):
    """Answers the log of an unknown instance with an empty log."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        if all(run.id != instance_id for run in self.visible_instances()):
            return models.WorkflowLogsResponse(instance_id=instance_id, logs=[])
        return await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)


@breaks("ORC-ERR-ID-07")
class UnknownInstancesHaveNoInputs(ReferenceBackend):
    """Answers the inputs of an unknown instance with the input schema alone."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        known = instance_id if any(run.id == instance_id for run in self.visible_instances()) else None
        return await super().get_workflow_input_schema_by_id(workflow_id, instance_id=known)


@breaks("ORC-ERR-ID-08")
class InputsNeedNoWorkflow(ReferenceBackend):
    """Returns the inputs of an instance under the id of any workflow, also of an unknown one."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        if instance_id is None or workflow_id in self.catalogue:
            return await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        with refusals_as_errors():
            owner = self.find_instance(instance_id).workflow.id
        return await super().get_workflow_input_schema_by_id(owner, instance_id=instance_id)


@breaks("ORC-ERR-ID-03")
class UnknownWorkflowsAreIgnoredByFilters(ReferenceBackend):
    """Lists the matching instances of all workflows for an unknown workflow if the request has a filter."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if workflow_id not in self.catalogue and body is not None and body.filters is not None:
            return await self.get_instances(body)
        return await super().get_workflow_instances(workflow_id, body)
