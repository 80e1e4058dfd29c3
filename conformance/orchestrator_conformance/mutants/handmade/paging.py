"""Mutants of paging and sorting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend
from ...reference.filters.columns import INSTANCES
from ...reference.filters.table import Table
from ...reference.lifecycle.instance import Instance
from ...reference.listing.search import Page, SearchQuery
from ..mutant import breaks
from .instance_search import InstancesOnly, OfInstances

Row = TypeVar("Row")


@breaks("ORC-INST-COUNT-02")
class CountsTheFilteredPage(InstancesOnly):
    """Gives the number of items on the page as the total where a list is filtered, and is right elsewhere."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_it = self.is_of_instances(table) and query.criterion is not None
        return Page(page.rows, len(page.rows)) if is_it else page


@breaks("ORC-INST-PAGE-08")
class DescendingPagesCountFromTheEnd(InstancesOnly):
    """Counts the offset of a descending list from the other end of it."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = self.is_of_instances(table) and query.is_descending and query.criterion is None
        if not is_it or not query.offset or query.page_size is None:
            return super().run(table, rows, query)
        ordered = super().run(table, rows, replace(query, offset=0, page_size=None)).rows
        stop = len(ordered) - query.offset
        return Page(ordered[max(0, stop - query.page_size) : max(0, stop)], len(ordered))


@breaks("ORC-INST-PAGE-01")
class CursorsSkipTies(OfInstances):
    """Goes on after the start of the last item of the page before, so that others of that start are lost."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_it = table.default_order == INSTANCES.default_order and query.page_size and query.offset
        if not is_it or query.order_by or query.criterion is not None:
            return page
        read = table.sort_column(table.default_order).read
        before = super().run(table, rows, replace(query, offset=query.offset - 1, page_size=1)).rows
        last = [read(row) for row in before]
        return Page([row for row in page.rows if read(row) not in last], page.total)


@breaks("ORC-INST-PAGE-02")
class OffsetsAreRounded(OfInstances):
    """Rounds the offset down to a whole number of pages, as a library that counts pages does."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        if not query.page_size:
            return query
        return replace(query, offset=query.offset // query.page_size * query.page_size)


@breaks("ORC-INST-PAGE-03")
class LongPagesAreCapped(OfInstances):
    """Gives at most twenty-five items a page, in silence, unless the list is filtered."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        if query.page_size is None or query.criterion is not None:
            return query
        return replace(query, page_size=min(query.page_size, 25))


@breaks("ORC-INST-COUNT-01")
class CountsWhatIsLeft(OfInstances):
    """Gives the number of items from the offset on as the total."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        return Page(page.rows, max(0, page.total - query.offset))


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
