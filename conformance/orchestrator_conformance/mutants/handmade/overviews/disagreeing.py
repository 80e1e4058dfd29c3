"""Mutants whose answers about one workflow contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.filters.criteria import Criterion, FieldCriterion, Operator
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.listing.rendering import Rendering
from ....reference.listing.search import Search
from ....reference.overviews.statistics import latest_run
from ....reference.overviews.workflow import Workflow
from ...mutant import breaks

Row = TypeVar("Row")


@breaks("ORC-WF-LIST-03")
class DownWorkflowsAreNotListed(Search):
    """Omits workflows whose service is down from every list, and shows them by their id."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        found = super().select(table, rows, criterion)
        return [row for row in found if not (isinstance(row, Workflow) and not row.is_available)]


@breaks("ORC-WF-LIST-03")
class DownWorkflowsAreNotFound(Search):
    """Omits a workflow whose service is down from the list filtered by its id."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        found = super().select(table, rows, criterion)
        match criterion:
            case FieldCriterion(path=("id",), operator=Operator.EQ):
                return [row for row in found if not (isinstance(row, Workflow) and not row.is_available)]
            case _:
                return found


class _OtherEntityOverviews(ReferenceBackend):
    """Changes the overviews for an entity."""

    async def get_workflows_overview_for_entity(
        self, body: models.GetWorkflowsOverviewForEntityRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview_for_entity(body)
        found.overviews = self.change(found.overviews or [], body)
        return found

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        return overviews


@breaks("ORC-WF-VIEW-01")
class EntitiesShowIdsAsNames(_OtherEntityOverviews):
    """Shows the id as the name in the overviews for an entity."""

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        return [each.model_copy(update={"name": each.workflow_id}) for each in overviews]


@breaks("ORC-WF-VIEW-01")
class EntitiesShowEveryServiceAsUp(_OtherEntityOverviews):
    """Shows every workflow as available in the overviews for an entity."""

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        return [each.model_copy(update={"is_available": True}) for each in overviews]


@breaks("ORC-WF-LAST-05")
class EntitiesShowTheirOwnLastRun(_OtherEntityOverviews):
    """Shows the last run for the requested entity as the last run of the workflow."""

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        target = None if body is None else body.target_entity
        if target is None:
            return overviews
        now = self.now()
        return [
            self.rendering.overview(
                self.catalogue[each.workflow_id],
                [run for run in self.runs_of(each.workflow_id) if run.target == target],
                now,
            )
            for each in overviews
        ]


@breaks("ORC-WF-LAST-05")
class FilteredOverviewsHaveNoLastRun(ReferenceBackend):
    """Omits the last run from filtered overviews."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if body is not None and body.filters is not None:
            without = {"last_run_id": None, "last_run_status": None, "last_triggered_ms": None}
            found.overviews = [each.model_copy(update=without) for each in found.overviews or []]
        return found


@breaks("ORC-WF-LAST-06")
class FailedLastRunsAreOmitted(Rendering):
    """Omits the last run of an overview if it was in ERROR or was aborted."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        last = latest_run(runs)
        if last is not None and last.state in (RunState.ERROR, RunState.ABORTED):
            found.last_run_id = found.last_run_status = found.last_triggered_ms = None
        return found


@breaks("ORC-WF-LAST-06")
class PausedLastRunsAreOmitted(Rendering):
    """Omits the last run of an overview if it is suspended."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        last = latest_run(runs)
        if last is not None and last.state is RunState.SUSPENDED:
            found.last_run_id = found.last_run_status = found.last_triggered_ms = None
        return found


@breaks("ORC-WF-ENTITY-06")
class NamedWorkflowsThatRanAreTwice(_OtherEntityOverviews):
    """Returns a workflow twice for an entity if it is named and also ran for the entity."""

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        named = set((body.annotation_workflow_ids if body is not None else None) or [])
        target = None if body is None else body.target_entity
        ran = {each.id for each in self.workflows_for_entity(target, [])}
        return [*overviews, *(each for each in overviews if each.workflow_id in named & ran)]


@breaks("ORC-WF-ENTITY-06")
class RepeatedNamesAreRepeated(_OtherEntityOverviews):
    """Returns a workflow for an entity as many times as it is named."""

    def change(
        self,
        overviews: list[models.WorkflowOverviewDTO],
        body: models.GetWorkflowsOverviewForEntityRequest | None,
    ) -> list[models.WorkflowOverviewDTO]:
        named = (body.annotation_workflow_ids if body is not None else None) or []
        return [each for each in overviews for _ in range(max(1, named.count(each.workflow_id)))]


@breaks("ORC-WF-SRC-02")
class SourcesOfAnEarlierVersion(ReferenceBackend):
    """Returns the source of an earlier version of each workflow."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        return source.replace(self.catalogue[workflow_id].version, "0.0.7")


@breaks("ORC-WF-SRC-02")
class DescriptionsAreTruncated(ReferenceBackend):
    """Truncates the description in every overview to forty characters, as a database column does."""

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        found.description = found.description and found.description[:40]
        return found


@breaks("ORC-WF-SRC-03")
class SourcesAreNotRenamed(ReferenceBackend):
    """Returns the source of each workflow as it was before the workflow was renamed."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        return source.replace(self.catalogue[workflow_id].name, "An earlier name")


class _OtherRuns(ReferenceBackend):
    """Shows runs as runs of a changed workflow."""

    def visible_instances(self) -> list[Instance]:
        return [self.show(run) for run in super().visible_instances()]

    def find_instance(self, instance_id: str) -> Instance:
        return self.show(super().find_instance(instance_id))

    def show(self, run: Instance) -> Instance:
        return run


@breaks("ORC-WF-RUN-01")
class NewRunsFollowAnEarlierVersion(_OtherRuns):
    """Shows an earlier version of the workflow on every new run."""

    def show(self, run: Instance) -> Instance:
        is_new = run.start.year == self.now().year
        return replace(run, workflow=replace(run.workflow, version="0.0.7")) if is_new else run


@breaks("ORC-WF-RUN-02")
class OldRunsShowAnotherName(_OtherRuns):
    """Shows the id of the workflow as its name on runs of earlier years."""

    def show(self, run: Instance) -> Instance:
        is_new = run.start.year == self.now().year
        return run if is_new else replace(run, workflow=replace(run.workflow, name=run.workflow.id))
