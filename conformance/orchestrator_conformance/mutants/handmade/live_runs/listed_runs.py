"""Mutants that show new runs wrongly in lists and overviews, or handle concurrent requests wrongly."""

from __future__ import annotations

from asyncio import sleep
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from orchestrator_v2 import UnknownValue, models

from ....reference.backend import ReferenceBackend
from ....reference.filters.criteria import FieldCriterion
from ....reference.filters.filtering import Predicate
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.overviews.workflow import Workflow
from ....reference.settings import ReferenceSettings
from ...mutant import breaks
from ..filters.fields import MutatedInstanceFilter

Row = TypeVar("Row")


@breaks("ORC-RUN-LIST-01")
class ListsAreCached(ReferenceBackend):
    """Lists a run as it was when it was first listed."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.shown: dict[str, Instance] = {}

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        kept = [self.shown.setdefault(each.id, each) for each in instances]
        return super().instance_list(kept, body)


@breaks("ORC-RUN-LIST-01")
class AbortedRunsLeaveTheirList(ReferenceBackend):
    """Removes a new run from the list of its workflow when it is aborted."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        kept = [
            each
            for each in self.runs_of(workflow_id)
            if each.state is not RunState.ABORTED or each.start.year < self.now().year
        ]
        return self.instance_list(kept, body)


@breaks("ORC-RUN-LIST-01")
class FiltersUseTheFirstState(ReferenceBackend):
    """Filters by the state that a run was first listed in, and shows its current state."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.first: dict[str, RunState] = {}

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        filters = body.model_dump(mode="json", by_alias=True).get("filters") if body is not None else None
        if not filters or filters.get("field") != "state":
            for each in instances:
                self.first.setdefault(each.id, each.state)
            return super().instance_list(instances, body)
        as_they_were = [replace(each, state=self.first.get(each.id, each.state)) for each in instances]
        found = super().instance_list(as_they_were, body)
        present = {each.id: each for each in instances}
        found.items = [self.rendering.instance(present[each.id]) for each in found.items or []]
        return found


@breaks("ORC-WF-LAST-04")
class OverviewsCacheTheLastRun(ReferenceBackend):
    """Shows the last run as of the first request for an overview."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.shown: dict[str, models.WorkflowOverviewDTO] = {}

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        first = self.shown.setdefault(workflow.id, super().overview_of(workflow))
        found = super().overview_of(workflow)
        found.last_run_id, found.last_triggered_ms = first.last_run_id, first.last_triggered_ms
        found.last_run_status = first.last_run_status
        return found


@breaks("ORC-WF-LAST-04")
class OverviewsCacheTheStatus(ReferenceBackend):
    """Shows the state of the last run as of the first request for an overview."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.shown: dict[str | None, models.ProcessInstanceStatusDTO | UnknownValue | None] = {}

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        found.last_run_status = self.shown.setdefault(found.last_run_id, found.last_run_status)
        return found


@breaks("ORC-WF-ENTITY-04")
class EntitiesIgnoreNewRuns(ReferenceBackend):
    """Ignores new runs when it looks up the workflows of an entity."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        known = {each.target for each in self.visible_instances() if each.start.year < self.now().year}
        return super().workflows_for_entity(target if target in known else None, annotated_ids)


@breaks("ORC-FILT-EQ-07")
class IdsAreIndexedAtTheStart(MutatedInstanceFilter):
    """Returns no new run for a filter on its id."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        found = super().mutate(criterion, table)
        if criterion.path != ("id",):
            return found
        start = table.resolve(("start",))
        return lambda row: found(row) and start.read(row).year < datetime.now().year


@breaks("ORC-INST-READ-01")
class DurationsKeepGrowing(ReferenceBackend):
    """Shows the time since the start as the duration of a finished instance."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if shown.duration is not None:
            shown.duration = f"{self.settings.clock() - self.find_instance(instance_id).start}"
        return shown


@breaks("ORC-INST-READ-01")
class EveryOtherReadOmitsSteps(ReferenceBackend):
    """Omits the steps of an instance in every other read."""

    reads = 0

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        self.reads += 1
        if self.reads % 2:
            shown.nodes = []
        return shown


@breaks("ORC-RUN-TIME-01")
class StartsAreTwoDaysEarly(Lifecycle):
    """Sets the start of every run two days into the past."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        started = super().start(workflow, inputs, initiator, target, now)
        return replace(started, start=started.start - timedelta(days=2))


@breaks("ORC-INST-PAGE-10")
class QueriesAreShared(ReferenceBackend):
    """Overwrites the query of a list request with that of a concurrent one."""

    asked: models.SearchRequest | None = None

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        self.asked = body
        await sleep(0.002)
        return await super().get_instances(self.asked)


@breaks("ORC-RUN-EXEC-09")
class InputsAreShared(ReferenceBackend):
    """Overwrites the inputs of a run with those of a concurrent one."""

    given: dict[str, Any] | None = None

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        self.given = self.find_instance(started.id).inputs
        await sleep(0.002)
        self.store.put(replace(self.find_instance(started.id), inputs=self.given))
        return started
