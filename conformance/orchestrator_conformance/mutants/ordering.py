"""Mutants of paging and sorting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ..reference.backend import ReferenceBackend
from ..reference.columns import INSTANCES
from ..reference.instance import Instance
from ..reference.search import Page, Search, SearchQuery
from ..reference.table import Table
from .mutant import breaks

Row = TypeVar("Row")


class OfInstances(Search):
    """Searches workflows as it should, and instances after `spoil`."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        if table.default_order == INSTANCES.default_order:
            return super().run(table, rows, self.spoil(query))
        return Search().run(table, rows, query)

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return query


@breaks("ORC-INST-PAGE-01")
class PagesOverlap(OfInstances):
    """Begins every page but the first one item early."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=max(0, query.offset - 1))


@breaks("ORC-INST-PAGE-02")
class OffsetCountsPages(OfInstances):
    """Takes the offset for the number of a page."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=query.offset * (query.page_size or 1))


@breaks("ORC-INST-PAGE-03")
class PagesAreCapped(OfInstances):
    """Gives at most ten items a page, in silence."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size is None else replace(query, page_size=min(query.page_size, 10))


@breaks("ORC-INST-PAGE-04")
class ZeroIsEverything(OfInstances):
    """Takes a pageSize of 0 for none given."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size else replace(query, page_size=None)


@breaks("ORC-INST-PAGE-05")
class EchoesOtherPage(ReferenceBackend):
    """Echoes an offset of 0, whatever was asked for."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        found = super().instance_list(instances, body)
        if found.pagination_info is not None and found.pagination_info.offset:
            found.pagination_info = found.pagination_info.model_copy(update={"offset": 0})
        return found


@breaks("ORC-INST-PAGE-06")
class WorkflowPagesAreIgnored(ReferenceBackend):
    """Lists all of a workflow's instances on every page."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        unpaged = (
            models.SearchRequest(filters=body.filters)
            if body is not None and body.filters is not None
            else None
        )
        found = await super().get_workflow_instances(workflow_id, unpaged)
        if body is not None and body.pagination_info is not None:
            found.pagination_info = body.pagination_info
        return found


@breaks("ORC-INST-PAGE-07")
class LastPageRepeats(OfInstances):
    """Gives the first page where the offset is past the end."""

    def cut(self, rows: list[Row], offset: int, page_size: int | None) -> list[Row]:
        return super().cut(rows, 0 if offset > len(rows) else offset, page_size)


@breaks("ORC-INST-PAGE-08")
class TiesComeAsTheyLike(OfInstances):
    """Orders instances that are alike in the key backwards on every page but the first."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        if not query.order_by or not query.offset or table.default_order != INSTANCES.default_order:
            return super().run(table, rows, query)
        matching = sorted(self.select(table, rows, query.criterion), key=table.read_id, reverse=True)
        column = table.sort_column(query.order_by)
        present = [row for row in matching if column.read(row) is not None]
        absent = [row for row in matching if column.read(row) is None]
        ordered = sorted(present, key=column.read, reverse=query.is_descending) + absent
        return Page(self.cut(ordered, query.offset, query.page_size), len(matching))


@breaks("ORC-INST-PAGE-11")
class OffsetNeedsAPageSize(OfInstances):
    """Ignores an offset without a pageSize."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=0) if query.page_size is None else query


@breaks("ORC-INST-SORT-10")
class OrdersDropWhatHasNoKey(Search):
    """Leaves instances without an end out where they are sorted by it."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        ordered = super().order(table, rows, order_by, is_descending)
        if order_by != "end":
            return ordered
        return [row for row in ordered if table.sort_column(order_by).read(row) is not None]


@breaks("ORC-INST-PAGE-09")
class PagesAreFiltered(OfInstances):
    """Cuts the page out of the whole list, and filters what is on it."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        if query.page_size is None or query.criterion is None:
            return page
        cut = super().run(table, rows, replace(query, criterion=None)).rows
        return Page(self.select(table, cut, query.criterion), page.total)


@breaks("ORC-INST-COUNT-01")
class CountsThePage(OfInstances):
    """Gives the number of items on the page as the total."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        return Page(page.rows, len(page.rows))


@breaks("ORC-INST-COUNT-02")
class CountsWithoutFilter(OfInstances):
    """Gives the number of all instances as the total, whatever the filter."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        return Page(super().run(table, rows, query).rows, len(rows))


@breaks("ORC-INST-SORT-01")
class DefaultOrderIsById(OfInstances):
    """Orders by id where nothing else is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by=query.order_by or "id")


@breaks("ORC-INST-SORT-02")
class StartIsIgnored(OfInstances):
    """Orders by id where the start is asked for, and ascending is too."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        is_it = query.order_by == "start" and not query.is_descending
        return replace(query, order_by="id") if is_it else query


@breaks("ORC-INST-SORT-03")
class DirectionIsIgnored(OfInstances):
    """Orders ascending, always."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, is_descending=False)


@breaks("ORC-INST-SORT-04")
class DescendsByDefault(ReferenceBackend):
    """Orders descending where a key is given and no direction."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        paging = body.pagination_info if body is not None else None
        if body is None or paging is None or not paging.order_by or paging.order_direction:
            return super().instance_list(instances, body)
        descending = paging.model_copy(update={"order_direction": "DESC"})
        descending.model_fields_set.add("order_direction")
        return super().instance_list(instances, body.model_copy(update={"pagination_info": descending}))


@breaks("ORC-INST-SORT-05")
class KeyIsIgnored(OfInstances):
    """Orders by start where the processId is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "processId" else query


@breaks("ORC-INST-SORT-06")
class EndIsStart(OfInstances):
    """Orders by start where the end is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "end" else query


@breaks("ORC-INST-SORT-07")
class StateIsIgnored(OfInstances):
    """Orders by start where the state is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "state" else query


@breaks("ORC-INST-SORT-08")
class NameIsIgnored(OfInstances):
    """Orders by start where the processName is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "processName" else query


@breaks("ORC-INST-SORT-09")
class FilteredListsAreNotSorted(OfInstances):
    """Orders a filtered list by id where ascending is asked for, unless it is paged."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        is_it = query.criterion is not None and query.page_size is None and not query.is_descending
        return replace(query, order_by="id") if is_it else query
