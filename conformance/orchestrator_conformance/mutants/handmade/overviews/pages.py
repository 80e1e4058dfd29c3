"""Mutants whose pages of overviews, or exact comparisons of their fields, are wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.filters.columns import WORKFLOWS
from ....reference.filters.criteria import FieldCriterion
from ....reference.filters.filtering import Filtering, Predicate
from ....reference.filters.table import Table
from ....reference.listing.search import Page, Search, SearchQuery
from ...mutant import breaks

Row = TypeVar("Row")


class _MutatedWorkflowQuery(Search):
    """A search that changes queries for workflows with `mutate`, and leaves those for instances unchanged."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = table.default_order == WORKFLOWS.default_order
        return super().run(table, rows, self.mutate(query) if is_affected else query)

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query


@breaks("ORC-WF-PAGE-02")
class FilteredOverviewsAreCut(_MutatedWorkflowQuery):
    """Omits the last overviews of a filtered or sorted list if no pageSize is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, page_size=3) if query.page_size is None else query


@breaks("ORC-WF-PAGE-03")
class LaterOverviewsAreByName(_MutatedWorkflowQuery):
    """Sorts every page of overviews except the first by name if no order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        is_affected = query.offset and query.order_by is None
        return replace(query, order_by="name", is_descending=True) if is_affected else query


@breaks("ORC-WF-PAGE-04")
class ZeroOverviewsAreAll(_MutatedWorkflowQuery):
    """Treats a pageSize of 0 as no pageSize in the list of overviews."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size else replace(query, page_size=None)


@breaks("ORC-WF-PAGE-05")
class OverviewsEchoOffsetZero(ReferenceBackend):
    """Echoes an offset of 0 for every offset in the list of overviews."""

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        found = await super().get_workflows_overview(body)
        if found.pagination_info is not None and found.pagination_info.offset:
            found.pagination_info = found.pagination_info.model_copy(update={"offset": 0})
        return found


@breaks("ORC-WF-FILT-06")
class OverviewFiltersIgnoreCase(Filtering):
    """Ignores case in EQ on text fields of workflows."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if table.default_order != WORKFLOWS.default_order or criterion.operator != "EQ":
            return super().field_predicate(criterion, table)
        read: Callable[[Row], Any] = table.resolve(criterion.path).read
        asked = str(criterion.value).casefold()
        return lambda row: str(read(row)).casefold() == asked
