"""Mutants whose overviews, sources, input schemas or pings are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.filters.columns import WORKFLOWS
from ....reference.filters.criteria import FieldCriterion
from ....reference.filters.filtering import Filtering, Predicate
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance
from ....reference.listing.rendering import Rendering
from ....reference.listing.search import Page, Search, SearchQuery
from ....reference.overviews.workflow import Workflow
from ...mutant import breaks

Row = TypeVar("Row")


@breaks("ORC-WF-LIST-01")
class ListsAWorkflowTwice(ReferenceBackend):
    """Lists the first workflow twice if neither a filter nor a page is requested."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if found.overviews and (body is None or (body.filters is None and body.pagination_info is None)):
            found.overviews = [found.overviews[0], *found.overviews]
        return found


@breaks("ORC-WF-LIST-02")
class ShowsAnotherName(ReferenceBackend):
    """Shows the id as the name in the overview of a single workflow."""

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        found = await super().get_workflow_overview_by_id(workflow_id)
        found.name = workflow_id
        return found


@breaks("ORC-WF-SRC-01")
class SourceOfAnother(ReferenceBackend):
    """Returns the source of the first workflow for every workflow."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        await super().get_workflow_source_by_id(workflow_id)
        return next(iter(self.catalogue.values())).source


@breaks("ORC-WF-SCHEMA-01")
class InvalidInputSchema(ReferenceBackend):
    """Returns an invalid input schema: its `required` is a string."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if found.input_schema and instance_id is None:
            found.input_schema = {**found.input_schema, "required": "all"}
        return found


@breaks("ORC-WF-SCHEMA-02")
class OmitsTheData(ReferenceBackend):
    """Returns no data with the input schema of an instance."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        return await super().get_workflow_input_schema_by_id(workflow_id)


@breaks("ORC-WF-PING-01")
class PingIsAlwaysTrue(ReferenceBackend):
    """Answers true to the ping of every known workflow."""

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return workflow_id in self.catalogue or await super().ping_workflow_service_by_id(workflow_id)


@breaks("ORC-WF-ENTITY-01")
class AnnotationsAreIgnored(ReferenceBackend):
    """Returns all workflows for an entity if annotations name some."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return list(self.catalogue.values()) if annotated_ids else super().workflows_for_entity(target, [])


@breaks("ORC-WF-ENTITY-02")
class TargetIsIgnored(ReferenceBackend):
    """Ignores the runs for an entity when it looks up the workflows of that entity."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(None, annotated_ids)


@breaks("ORC-WF-ENTITY-03")
class AnnotationsGoBeforeTheTarget(ReferenceBackend):
    """Returns only the annotated workflows for an entity if there are any."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(None if annotated_ids else target, annotated_ids)


@breaks("ORC-WF-LAST-01")
class LastRunOfAnother(ReferenceBackend):
    """Shows the latest run of all workflows as the last run of every workflow."""

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        last = max(self.visible_instances(), key=lambda each: each.start)
        found.last_run_id = last.id
        found.last_run_status = self.rendering.state(last.state)
        return found


@breaks("ORC-WF-LAST-02")
class LastRunIsTheFirst(ReferenceBackend):
    """Shows the first run of a workflow as its last."""

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        if runs := self.runs_of(workflow.id):
            first = min(runs, key=lambda each: each.start)
            found.last_run_id = first.id
            found.last_run_status = self.rendering.state(first.state)
            found.last_triggered_ms = round(first.start.timestamp() * 1000)
        return found


@breaks("ORC-WF-LAST-03")
class SecondsForMilliseconds(Rendering):
    """Returns the start of the last run in seconds instead of milliseconds."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        if found.last_triggered_ms is not None:
            found.last_triggered_ms = found.last_triggered_ms // 1000
        return found


@breaks("ORC-WF-STATS-01")
class StatisticsCountNothing(Rendering):
    """Counts no runs in the statistics."""

    def statistics(self, runs: Sequence[Instance], now: datetime) -> models.WorkflowRunStatsDTO:
        return super().statistics([], now)


@breaks("ORC-WF-SORT-01")
class OverviewsAlwaysAscend(Search):
    """Sorts overviews in ascending order, even if descending order is requested."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order
        return super().run(table, rows, replace(query, is_descending=False) if is_affected else query)


@breaks("ORC-WF-SORT-02")
class OverviewNameIsIgnored(Search):
    """Sorts overviews by id if name is requested."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order and query.order_by == "name"
        return super().run(table, rows, replace(query, order_by="id") if is_affected else query)


@breaks("ORC-WF-PAGE-01")
class OverviewPagesSkipOne(Search):
    """Omits the first overview of each page except the first page."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_affected = table.default_order == WORKFLOWS.default_order and query.offset
        return Page(page.rows[1:], page.total) if is_affected else page


@breaks("ORC-WF-FILT-01")
class OverviewFilterIsIgnored(Search):
    """Ignores filters on overviews."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order
        return super().run(table, rows, replace(query, criterion=None) if is_affected else query)


class MutatedWorkflowFilter(Filtering):
    """A filtering that changes conditions on fields of workflows with `mutate`, and leaves those of instances."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order
        return super().field_predicate(self.mutate(criterion) if is_affected else criterion, table)

    def mutate(self, criterion: FieldCriterion) -> FieldCriterion:
        return criterion


@breaks("ORC-WF-FILT-02")
class OnlyLastDefinitionCounts(MutatedWorkflowFilter):
    """Uses only the last value of IN in filters on overviews."""

    def mutate(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "IN" and isinstance(criterion.value, tuple):
            return replace(criterion, value=criterion.value[-1:])
        return criterion


@breaks("ORC-WF-FILT-03")
class NoWildcardsInNames(MutatedWorkflowFilter):
    """Treats * and % in LIKE as literal characters in filters on overviews."""

    def mutate(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "LIKE":
            return replace(criterion, operator=type(criterion.operator).EQ)
        return criterion
