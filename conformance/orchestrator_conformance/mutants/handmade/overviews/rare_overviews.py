"""Mutants whose answers about workflows are wrong only in rare cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ....reference.backend import ReferenceBackend
from ....reference.filters.columns import WORKFLOWS
from ....reference.filters.criteria import Criterion, FieldCriterion, Operator
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.listing.rendering import Rendering
from ....reference.listing.search import Page, Search, SearchQuery
from ....reference.overviews.statistics import MONTH, latest_run
from ....reference.overviews.workflow import Workflow
from ...mutant import breaks
from .overviews import MutatedWorkflowFilter

Row = TypeVar("Row")


@breaks("ORC-WF-LIST-01")
class ListsTheLastWorkflowTwice(ReferenceBackend):
    """Lists the last workflow twice if neither a filter nor a page is requested."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if found.overviews and (body is None or (body.filters is None and body.pagination_info is None)):
            found.overviews = [*found.overviews, found.overviews[-1]]
        return found


@breaks("ORC-WF-FILT-01")
class SingleIdFilterIsIgnored(Search):
    """Ignores EQ on the id of a workflow unless it is combined with other filters."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        of_workflows = table.default_order == WORKFLOWS.default_order
        match criterion:
            case FieldCriterion(path=("id",), operator=Operator.EQ) if of_workflows:
                return list(rows)
            case _:
                return super().select(table, rows, criterion)


@breaks("ORC-WF-FILT-02")
class ThreeDefinitionsAtMost(MutatedWorkflowFilter):
    """Uses only the first three values of IN in filters on overviews."""

    def mutate(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "IN" and isinstance(criterion.value, tuple):
            return replace(criterion, value=criterion.value[:3])
        return criterion


@breaks("ORC-WF-SORT-01")
class DefinitionsAscendById(Search):
    """Sorts overviews by id in ascending order, even if descending order is requested."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order and query.order_by == "id"
        return super().run(table, rows, replace(query, is_descending=False) if is_affected else query)


@breaks("ORC-WF-SCHEMA-02")
class DataIsKeptForAMonth(ReferenceBackend):
    """Returns no data for an instance that started more than a month ago."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if instance_id is not None and self.find_instance(instance_id).start < self.now() - MONTH:
            found.data = None
        return found


@breaks("ORC-WF-ENTITY-01")
class OnlyFirstAnnotationCounts(ReferenceBackend):
    """Returns only the first of the annotated workflows for an entity."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(target, annotated_ids[:1])


@breaks("ORC-WF-ENTITY-02")
class UnknownEntitiesHaveAll(ReferenceBackend):
    """Returns all workflows for an entity that no run was started for."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        found = super().workflows_for_entity(target, annotated_ids)
        return found or (list(self.catalogue.values()) if target is not None else [])


@breaks("ORC-WF-LAST-01")
class SuspendedIsAborted(Rendering):
    """Shows a suspended last run as aborted in the overview."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        if found.last_run_status is not None and str(found.last_run_status) == "SUSPENDED":
            found.last_run_status = self.state(RunState.ABORTED)
        return found


@breaks("ORC-WF-LAST-02")
class SuspendedRunsAreNotTheLast(Rendering):
    """Ignores suspended runs when it determines the last run."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        going = [run for run in runs if run.state is not RunState.SUSPENDED]
        found = super().overview(workflow, going, now)
        found.workflow_run_stats = self.statistics(runs, now)
        return found


@breaks("ORC-WF-LAST-03")
class TriggeredIsOfFinishedRun(Rendering):
    """Shows the start of the last finished run as that of the last run."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        finished = latest_run([run for run in runs if run.is_finished])
        if finished is not None:
            found.last_triggered_ms = round(finished.start.timestamp() * 1000)
        return found


@breaks("ORC-WF-ENTITY-05")
class EntityBodyIsRequired(ReferenceBackend):
    """Rejects a request without a body for the overviews of an entity."""

    async def get_workflows_overview_for_entity(
        self, body: models.GetWorkflowsOverviewForEntityRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        if body is None:
            raise HTTPError(500, "the body is missing")
        return await super().get_workflows_overview_for_entity(body)


@breaks("ORC-WF-SRC-01")
class SourcesHaveSingleQuotes(ReferenceBackend):
    """Returns a JSON source with single quotes, which is not valid JSON."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        return source.replace('"', "'") if source.lstrip().startswith("{") else source
