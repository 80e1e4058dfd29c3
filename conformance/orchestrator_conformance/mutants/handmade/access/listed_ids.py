"""Mutants that refuse to show by its id what they show in a list."""

from __future__ import annotations

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import RunState
from ...mutant import breaks


@breaks("ORC-LIST-READ-01")
class RunsOfOthersAreForbidden(ReferenceBackend):
    """Answers 403 for an instance of another user, although the lists contain it."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if self.find_instance(instance_id).initiator != self.settings.initiator:
            raise HTTPError(403, "this instance belongs to another user")
        return shown


@breaks("ORC-LIST-READ-01")
class SuspendedRunsAreForbidden(ReferenceBackend):
    """Answers 403 for a suspended instance."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if self.find_instance(instance_id).state is RunState.SUSPENDED:
            raise HTTPError(403, "this instance is locked")
        return shown


@breaks("ORC-LIST-READ-02")
class SchemasAreForbidden(ReferenceBackend):
    """Answers 403 for the input schema of a listed workflow that has no schema."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        shown = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if workflow_id in self.catalogue and not self.catalogue[workflow_id].input_schema:
            raise HTTPError(403, "this workflow takes no inputs")
        return shown


@breaks("ORC-LIST-READ-02")
class SourcesAreForbidden(ReferenceBackend):
    """Answers 403 for the source of a listed workflow in JSON."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        if self.catalogue[workflow_id].format == "json":
            raise HTTPError(403, "this definition is confidential")
        return source
