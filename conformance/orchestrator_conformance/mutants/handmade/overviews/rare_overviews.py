"""Mutants whose overviews go wrong in one corner alone."""

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
from .overviews import OnWorkflows

Row = TypeVar("Row")


@breaks("ORC-WF-LIST-01")
class ListsTheLastWorkflowTwice(ReferenceBackend):
    """Lists the last workflow twice where everything is asked for."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if found.overviews and (body is None or (body.filters is None and body.pagination_info is None)):
            found.overviews = [*found.overviews, found.overviews[-1]]
        return found


@breaks("ORC-WF-FILT-01")
class LoneIdsAreIgnored(Search):
    """Lists all workflows under EQ on the id, unless it is joined with others."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        of_workflows = table.default_order == WORKFLOWS.default_order
        match criterion:
            case FieldCriterion(path=("id",), operator=Operator.EQ) if of_workflows:
                return list(rows)
            case _:
                return super().select(table, rows, criterion)


@breaks("ORC-WF-FILT-02")
class ThreeDefinitionsAtMost(OnWorkflows):
    """Looks at the first three of the definitions' ids alone."""

    def spoil(self, criterion: FieldCriterion) -> FieldCriterion:
        if criterion.operator == "IN" and isinstance(criterion.value, tuple):
            return replace(criterion, value=criterion.value[:3])
        return criterion


@breaks("ORC-WF-SORT-01")
class DefinitionsAscendById(Search):
    """Orders overviews by id ascending, whichever direction is asked for."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = table.default_order == WORKFLOWS.default_order and query.order_by == "id"
        return super().run(table, rows, replace(query, is_descending=False) if is_it else query)


@breaks("ORC-WF-SCHEMA-02")
class DataIsKeptForAMonth(ReferenceBackend):
    """Answers the input schema alone for an instance that started more than a month ago."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if instance_id is not None and self.find_instance(instance_id).start < self.now() - MONTH:
            found.data = None
        return found


@breaks("ORC-WF-ENTITY-01")
class TheFirstAnnotationCounts(ReferenceBackend):
    """Answers the first of the workflows that are named alone."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        return super().workflows_for_entity(target, annotated_ids[:1])


@breaks("ORC-WF-ENTITY-02")
class UnknownEntitiesHaveAll(ReferenceBackend):
    """Answers every workflow for an entity that none ran for."""

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        found = super().workflows_for_entity(target, annotated_ids)
        return found or (list(self.catalogue.values()) if target is not None else [])


@breaks("ORC-WF-LAST-01")
class SuspendedIsAborted(Rendering):
    """Shows a last run that is suspended as aborted in the overview."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        if found.last_run_status is not None and str(found.last_run_status) == "SUSPENDED":
            found.last_run_status = self.state(RunState.ABORTED)
        return found


@breaks("ORC-WF-LAST-02")
class SuspendedRunsAreNotTheLast(Rendering):
    """Passes over suspended runs for the last one."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        going = [run for run in runs if run.state is not RunState.SUSPENDED]
        found = super().overview(workflow, going, now)
        found.workflow_run_stats = self.statistics(runs, now)
        return found


@breaks("ORC-WF-LAST-03")
class TriggeredIsOfTheFinished(Rendering):
    """Shows the start of the last run that has finished beside the last run."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        found = super().overview(workflow, runs, now)
        finished = latest_run([run for run in runs if run.is_finished])
        if finished is not None:
            found.last_triggered_ms = round(finished.start.timestamp() * 1000)
        return found


@breaks("ORC-WF-ENTITY-05")
class AnEntityIsAMust(ReferenceBackend):
    """Refuses to answer the overviews for an entity where the request has no body."""

    async def get_workflows_overview_for_entity(
        self, body: models.GetWorkflowsOverviewForEntityRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        if body is None:
            raise HTTPError(500, "the body is missing")
        return await super().get_workflows_overview_for_entity(body)


@breaks("ORC-WF-SRC-01")
class SourcesLackTheirQuotes(ReferenceBackend):
    """Answers a source in JSON with other quotes, which is none."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        return source.replace('"', "'") if source.lstrip().startswith("{") else source
