"""Mutants of what lists and overviews say of runs of the present, and of what happens at the same time."""

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
from ..filters.fields import OnInstances

Row = TypeVar("Row")


@breaks("ORC-RUN-LIST-01")
class ListsKeepWhatTheyShowed(ReferenceBackend):
    """Lists a run as it was when it was listed first."""

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
    """Removes an aborted run of the present from the list of its workflow."""

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
class StatesAreFilteredAsTheyWere(ReferenceBackend):
    """Filters on the state that a run was started in, and shows the one that it is in."""

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
class OverviewsKeepTheLastRun(ReferenceBackend):
    """Shows the run that was the last one when the overview was asked for first."""

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
class OverviewsKeepTheFirstStatus(ReferenceBackend):
    """Shows the state that the last run was in when the overview was asked for first."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.shown: dict[str | None, models.ProcessInstanceStatusDTO | UnknownValue | None] = {}

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        found.last_run_status = self.shown.setdefault(found.last_run_id, found.last_run_status)
        return found


@breaks("ORC-WF-ENTITY-04")
class EntitiesAreReadOnce(ReferenceBackend):
    """Knows of no run of the present when it is asked what ran for an entity."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        known = {each.target for each in self.visible_instances() if each.start.year < self.now().year}
        return super().workflows_for_entity(target if target in known else None, annotated_ids)


@breaks("ORC-FILT-EQ-07")
class IdsAreIndexedAtTheStart(OnInstances):
    """Finds no run of the present by its id."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        found = super().spoil(criterion, table)
        if criterion.path != ("id",):
            return found
        start = table.resolve(("start",))
        return lambda row: found(row) and start.read(row).year < datetime.now().year


@breaks("ORC-INST-READ-01")
class DurationsGoOn(ReferenceBackend):
    """Shows how long ago a finished instance was started for how long it took."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if shown.duration is not None:
            shown.duration = f"{self.settings.clock() - self.find_instance(instance_id).start}"
        return shown


@breaks("ORC-INST-READ-01")
class EveryOtherReadLacksTheSteps(ReferenceBackend):
    """Shows the steps of an instance at every other read."""

    reads = 0

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        self.reads += 1
        if self.reads % 2:
            shown.nodes = []
        return shown


@breaks("ORC-RUN-TIME-01")
class LocalTimeIsTakenForUtc(Lifecycle):
    """Starts every run two days ago."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        started = super().start(workflow, inputs, initiator, target, now)
        return replace(started, start=started.start - timedelta(days=2))


@breaks("ORC-INST-PAGE-10")
class OnePageForAll(ReferenceBackend):
    """Keeps what a list is asked for where the next request finds it."""

    asked: models.SearchRequest | None = None

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        self.asked = body
        await sleep(0.002)
        return await super().get_instances(self.asked)


@breaks("ORC-RUN-EXEC-09")
class OneRequestForAll(ReferenceBackend):
    """Keeps the inputs of a run where the next request finds them."""

    given: dict[str, Any] | None = None

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        self.given = self.find_instance(started.id).inputs
        await sleep(0.002)
        self.store.put(replace(self.find_instance(started.id), inputs=self.given))
        return started
