"""Mutants of what is said of workflows."""

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
    """Lists the first workflow twice where everything is asked for."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if found.overviews and (body is None or (body.filters is None and body.pagination_info is None)):
            found.overviews = [found.overviews[0], *found.overviews]
        return found


@breaks("ORC-WF-LIST-02")
class ShowsAnotherName(ReferenceBackend):
    """Shows the id in place of the name where one workflow is asked for."""

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        found = await super().get_workflow_overview_by_id(workflow_id)
        found.name = workflow_id
        return found


@breaks("ORC-WF-SRC-01")
class SourceOfAnother(ReferenceBackend):
    """Answers the source of the first workflow, whichever is asked for."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        await super().get_workflow_source_by_id(workflow_id)
        return next(iter(self.catalogue.values())).source


@breaks("ORC-WF-SCHEMA-01")
class SchemaIsNone(ReferenceBackend):
    """Answers an input schema whose properties are a list of names."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if found.input_schema and instance_id is None:
            found.input_schema = {**found.input_schema, "required": "all"}
        return found


@breaks("ORC-WF-SCHEMA-02")
class ForgetsTheData(ReferenceBackend):
    """Answers the input schema alone, for an instance too."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        return await super().get_workflow_input_schema_by_id(workflow_id)


@breaks("ORC-WF-PING-01")
class PingIsAlwaysTrue(ReferenceBackend):
    """Answers true to every ping of a workflow that there is."""

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return workflow_id in self.catalogue or await super().ping_workflow_service_by_id(workflow_id)


@breaks("ORC-WF-ENTITY-01")
class AnnotationsAreIgnored(ReferenceBackend):
    """Answers every workflow where some are named."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return list(self.catalogue.values()) if annotated_ids else super().workflows_for_entity(target, [])


@breaks("ORC-WF-ENTITY-02")
class TargetIsIgnored(ReferenceBackend):
    """Answers no workflow for an entity, whatever ran for it."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(None, annotated_ids)


@breaks("ORC-WF-ENTITY-03")
class AnnotationsGoBeforeTheTarget(ReferenceBackend):
    """Answers the workflows that are named alone, where some are."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(None if annotated_ids else target, annotated_ids)


@breaks("ORC-WF-LAST-01")
class LastRunOfAnother(ReferenceBackend):
    """Shows the last run of all as the last run of every workflow."""

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        found = super().overview_of(workflow)
        last = max(self.visible_instances(), key=lambda each: each.start)
        found.last_run_id = last.id
        found.last_run_status = self.rendering.state(last.state)
        return found


@breaks("ORC-WF-LAST-02")
class LastRunIsTheFirst(ReferenceBackend):
    """Shows the first run as the last."""

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
    """Shows the start of the last run in seconds."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        if found.last_triggered_ms is not None:
            found.last_triggered_ms = found.last_triggered_ms // 1000
        return found


@breaks("ORC-WF-STATS-01")
class StatisticsOfNothing(Rendering):
    """Counts no runs."""

    def statistics(self, runs: Sequence[Instance], now: datetime) -> models.WorkflowRunStatsDTO:
        return super().statistics([], now)


@breaks("ORC-WF-SORT-01")
class OverviewsDescend(Search):
    """Orders overviews by id ascending, whatever the direction."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = table.default_order == WORKFLOWS.default_order
        return super().run(table, rows, replace(query, is_descending=False) if is_it else query)


@breaks("ORC-WF-SORT-02")
class OverviewNameIsIgnored(Search):
    """Orders overviews by id where the name is asked for."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = table.default_order == WORKFLOWS.default_order and query.order_by == "name"
        return super().run(table, rows, replace(query, order_by="id") if is_it else query)


@breaks("ORC-WF-PAGE-01")
class OverviewPagesLoseOne(Search):
    """Leaves the first overview of each page but the first out."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_it = table.default_order == WORKFLOWS.default_order and query.offset
        return Page(page.rows[1:], page.total) if is_it else page


@breaks("ORC-WF-FILT-01")
class OverviewFilterIsIgnored(Search):
    """Lists all overviews under every filter."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = table.default_order == WORKFLOWS.default_order
        return super().run(table, rows, replace(query, criterion=None) if is_it else query)


class OnWorkflows(Filtering):
    """Compares instances as it should, and the fields of workflows after `spoil`."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        is_it = table.default_order == WORKFLOWS.default_order
        return super().field_predicate(self.spoil(criterion) if is_it else criterion, table)

    def spoil(self, criterion: FieldCriterion) -> FieldCriterion:
        return criterion


@breaks("ORC-WF-FILT-02")
class OneDefinitionOfMany(OnWorkflows):
    """Looks at the last of the definitions' ids alone."""

    def spoil(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "IN" and isinstance(criterion.value, tuple):
            return replace(criterion, value=criterion.value[-1:])
        return criterion


@breaks("ORC-WF-FILT-03")
class NoWildcardsInNames(OnWorkflows):
    """Takes * and % in the name of a definition for themselves."""

    def spoil(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "LIKE":
            return replace(criterion, operator=type(criterion.operator).EQ)
        return criterion
