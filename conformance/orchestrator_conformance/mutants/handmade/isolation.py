"""Mutants that show the runs of one user to another, or hide a user's own runs, in less obvious places."""

from __future__ import annotations

from typing import Any

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend, read_query
from ...reference.filters.columns import INSTANCES
from ...reference.filters.criteria import Connective, LogicalCriterion
from ...reference.isolation import CALLER, SeparatedBackend
from ...reference.lifecycle.instance import Instance
from ...reference.lifecycle.lifecycle import Lifecycle
from ...reference.settings import ReferenceSettings
from ..mutant import breaks


@breaks("ORC-ISO-04")
class TotalsAreOfAll(SeparatedBackend):
    """Counts the instances of all users in the total."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_instances(body)
        everything = ReferenceBackend.visible_instances(self)
        found.total_count = self.search.run(INSTANCES, everything, read_query(body)).total
        return found


@breaks("ORC-ISO-05")
class OrDropsTheCaller(SeparatedBackend):
    """Drops the restriction to the caller from filters with OR, as SQL without parentheses does."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        match read_query(body).criterion:
            case LogicalCriterion(connective=Connective.OR):
                return self.instance_list(ReferenceBackend.visible_instances(self), body)
            case _:
                return await super().get_instances(body)


@breaks("ORC-ISO-05")
class DescendingWorkflowListsShowAll(SeparatedBackend):
    """Returns the instances of all users in a workflow's list in descending order."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if read_query(body).is_descending:
            runs = ReferenceBackend.visible_instances(self)
            return self.instance_list([each for each in runs if each.workflow.id == workflow_id], body)
        return await super().get_workflow_instances(workflow_id, body)


@breaks("ORC-ISO-06")
class AnyUserRetriggers(SeparatedBackend):
    """Retriggers an instance of one user for any other user."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        found = ReferenceBackend.find_instance(self, instance_id)
        self.store.put(self.lifecycle.retrigger(found, self.now()))
        return {}


@breaks("ORC-ISO-07")
class RunsBelongToOneUser(SeparatedBackend):
    """Assigns every run to the same user, so that another user does not see their own runs."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        chosen = settings or ReferenceSettings()
        super().__init__(chosen, lifecycle=Lifecycle(chosen.moment, chosen.visibility_delay))


@breaks("ORC-ISO-08")
class SecondUserHasFewerStatuses(SeparatedBackend):
    """Omits PENDING from the statuses for the second user."""

    async def get_workflow_statuses(self) -> list[models.WorkflowRunStatusDTO]:
        found = await super().get_workflow_statuses()
        return found if CALLER.get() is None else found[:-1]


@breaks("ORC-ISO-09")
class LastRunsAreOfAll(SeparatedBackend):
    """Shows the last run of any user in the overview of a workflow."""

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        shown = await super().get_workflow_overview_by_id(workflow_id)
        runs = [run for run in ReferenceBackend.visible_instances(self) if run.workflow.id == workflow_id]
        last = max(runs, key=lambda run: run.start, default=None)
        return shown if last is None else shown.model_copy(update={"last_run_id": last.id})


@breaks("ORC-ISO-10")
class ReadsShowOneInitiator(SeparatedBackend):
    """Shows the same user as the initiator of every instance that is read by its id."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        return shown.model_copy(update={"initiator_entity": self.settings.initiator})


@breaks("ORC-ISO-10")
class InitiatorIsTheService(SeparatedBackend):
    """Shows the same user as the initiator of all runs, although it separates the runs by user."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        chosen = settings or ReferenceSettings()
        super().__init__(chosen, lifecycle=Lifecycle(chosen.moment, chosen.visibility_delay))
        self.owners: dict[str, str | None] = {}

    def may_see(self, instance: Instance) -> bool:
        return CALLER.get() is None or CALLER.get() == self.owners.get(instance.id)

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        self.owners[started.id] = CALLER.get()
        return started
