"""Base classes of mutants that search instances wrongly and workflows correctly, or one list of instances only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend, echo_paging, read_query, refusals_as_errors
from ...reference.filters.columns import INSTANCES
from ...reference.filters.table import Table
from ...reference.lifecycle.instance import Instance
from ...reference.listing.search import Page, Search, SearchQuery

Row = TypeVar("Row")


class InstanceAwareSearch(Search):
    """A search that can recognise searches for instances."""

    def is_of_instances(self, table: Table[Row]) -> bool:
        return table.default_order == INSTANCES.default_order


class MutatedInstanceQuery(Search):
    """A search that changes queries for instances with `mutate`, and leaves those for workflows unchanged."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        if table.default_order == INSTANCES.default_order:
            return super().run(table, rows, self.mutate(query))
        return Search(self.filtering).run(table, rows, query)

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query


class _MutatedQueries(ReferenceBackend):
    """Answers a list of instances for the query that `mutate` returns."""

    def list_for_query(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        """Return the page of `instances` for the changed query."""
        with refusals_as_errors():
            page = self.search.run(INSTANCES, instances, self.mutate(read_query(body)))
        return models.ProcessInstanceListResultDTO(
            items=[self.rendering.instance(each) for each in page.rows],
            pagination_info=echo_paging(body),
            total_count=page.total,
        )

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query


class MutatedWholeList(_MutatedQueries):
    """A backend that changes queries for all instances, and leaves those for one workflow unchanged."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        return self.list_for_query(self.visible_instances(), body)


class MutatedWorkflowList(_MutatedQueries):
    """A backend that changes queries for one workflow, and leaves those for all instances unchanged."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        return self.list_for_query(self.runs_of(workflow_id), body)
