"""Variants with other permissions for their users."""

from __future__ import annotations

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ...reference.backend import ReferenceBackend
from ...reference.errors import Refusal
from ...reference.isolation import CALLER, SeparatedBackend
from ...reference.lifecycle.instance import Instance
from ...reference.overviews.workflow import Workflow
from .variant import conforms


@conforms()
class StatisticsOfAllUsers(SeparatedBackend):
    """Counts the runs of all users in statistics, since the contract does not say whose runs they count."""

    def runs_of_all(self) -> list[Instance]:
        """Return the instances of every user."""
        return ReferenceBackend.visible_instances(self)

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        runs = [run for run in self.runs_of_all() if run.workflow.id == workflow.id]
        overview = super().overview_of(workflow)
        return overview.model_copy(update={"workflow_run_stats": self.rendering.statistics(runs, self.now())})

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        ran = {run.workflow.id for run in self.runs_of_all() if target is not None and run.target == target}
        return [each for each in self.catalogue.values() if each.id in ran | set(annotated_ids)]


@conforms()
class OnlyOwnInstances(StatisticsOfAllUsers):
    """Shows every user only their own instances, since the contract grants nobody more."""

    def may_see(self, instance: Instance) -> bool:
        return instance.initiator == (CALLER.get() or self.settings.initiator)


class _Forbidden(Refusal):
    """The caller has no permission (403)."""

    status = 403


@conforms()
class ForbiddenInsteadOfNotFound(SeparatedBackend):
    """Answers 403 for an instance of another user, since the document does not require ids to be secret."""

    def find_instance(self, instance_id: str) -> Instance:
        found = ReferenceBackend.find_instance(self, instance_id)
        if not self.may_see(found):
            raise _Forbidden(f"the instance {instance_id!r} belongs to another user")
        return found


@conforms()
class StartsAreForbidden(SeparatedBackend):
    """Rejects every start with 403, since callers may have no permission `orchestrator.workflow.use`."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        raise HTTPError(403, "the permission orchestrator.workflow.use is missing")
