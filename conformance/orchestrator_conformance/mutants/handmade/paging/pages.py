"""Mutants whose pages or totals are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.filters.columns import INSTANCES
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance
from ....reference.listing.search import Page, SearchQuery
from ...mutant import breaks
from ..instance_search_bases import InstanceAwareSearch, MutatedInstanceQuery

Row = TypeVar("Row")


@breaks("ORC-INST-COUNT-02")
class CountsTheFilteredPage(InstanceAwareSearch):
    """Returns the number of items on the page as the total of a filtered list."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_affected = self.is_of_instances(table) and query.criterion is not None
        return Page(page.rows, len(page.rows)) if is_affected else page


@breaks("ORC-INST-PAGE-08")
class DescendingPagesCountFromTheEnd(InstanceAwareSearch):
    """Applies the offset of a descending list from the end of the list."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_affected = self.is_of_instances(table) and query.is_descending and query.criterion is None
        if not is_affected or not query.offset or query.page_size is None:
            return super().run(table, rows, query)
        ordered = super().run(table, rows, replace(query, offset=0, page_size=None)).rows
        stop = len(ordered) - query.offset
        return Page(ordered[max(0, stop - query.page_size) : max(0, stop)], len(ordered))


@breaks("ORC-INST-PAGE-01")
class CursorsSkipTies(MutatedInstanceQuery):
    """Skips instances that have the same start as the last one on the previous page."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_affected = table.default_order == INSTANCES.default_order and query.page_size and query.offset
        if not is_affected or query.order_by or query.criterion is not None:
            return page
        read = table.sort_column(table.default_order).read
        before = super().run(table, rows, replace(query, offset=query.offset - 1, page_size=1)).rows
        last = [read(row) for row in before]
        return Page([row for row in page.rows if read(row) not in last], page.total)


@breaks("ORC-INST-PAGE-02")
class OffsetsAreRounded(MutatedInstanceQuery):
    """Rounds the offset down to a multiple of the page size, as libraries with page numbers do."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        if not query.page_size:
            return query
        return replace(query, offset=query.offset // query.page_size * query.page_size)


@breaks("ORC-INST-PAGE-03")
class LongPagesAreCapped(MutatedInstanceQuery):
    """Returns at most 25 items per page of an unfiltered list, even if more are requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        if query.page_size is None or query.criterion is not None:
            return query
        return replace(query, page_size=min(query.page_size, 25))


@breaks("ORC-INST-COUNT-01")
class CountsTheRemainder(MutatedInstanceQuery):
    """Returns the number of items after the offset as the total."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        return Page(page.rows, max(0, page.total - query.offset))


@breaks("ORC-INST-PAGE-01")
class PagesOverlap(MutatedInstanceQuery):
    """Returns overlapping pages: every page except the first starts one item early."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=max(0, query.offset - 1))


@breaks("ORC-INST-PAGE-02")
class OffsetCountsPages(MutatedInstanceQuery):
    """Treats the offset as a page number."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=query.offset * (query.page_size or 1))


@breaks("ORC-INST-PAGE-03")
class PagesAreCapped(MutatedInstanceQuery):
    """Returns at most ten items per page, even if more are requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size is None else replace(query, page_size=min(query.page_size, 10))


@breaks("ORC-INST-PAGE-04")
class ZeroPageSizeIsIgnored(MutatedInstanceQuery):
    """Treats a pageSize of 0 as no pageSize."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size else replace(query, page_size=None)


@breaks("ORC-INST-PAGE-05")
class EchoesOffsetZero(ReferenceBackend):
    """Echoes an offset of 0 for every offset."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        found = super().instance_list(instances, body)
        if found.pagination_info is not None and found.pagination_info.offset:
            found.pagination_info = found.pagination_info.model_copy(update={"offset": 0})
        return found


@breaks("ORC-INST-PAGE-06")
class WorkflowPagesAreIgnored(ReferenceBackend):
    """Returns all instances of a workflow on every page."""

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
class LastPageRepeats(MutatedInstanceQuery):
    """Returns the first page if the offset is beyond the end."""

    def cut(self, rows: list[Row], offset: int, page_size: int | None) -> list[Row]:
        return super().cut(rows, 0 if offset > len(rows) else offset, page_size)


@breaks("ORC-INST-PAGE-08")
class TiesAreUnstable(MutatedInstanceQuery):
    """Reverses the order of instances with equal keys on every page except the first."""

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
class OffsetNeedsAPageSize(MutatedInstanceQuery):
    """Ignores an offset without a pageSize."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=0) if query.page_size is None else query


@breaks("ORC-INST-PAGE-09")
class PagesAreFiltered(MutatedInstanceQuery):
    """Selects the page from the unfiltered list, and filters only that page."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        if query.page_size is None or query.criterion is None:
            return page
        cut = super().run(table, rows, replace(query, criterion=None)).rows
        return Page(self.select(table, cut, query.criterion), page.total)


@breaks("ORC-INST-COUNT-01")
class CountsThePage(MutatedInstanceQuery):
    """Returns the number of items on the page as the total."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        return Page(page.rows, len(page.rows))


@breaks("ORC-INST-COUNT-02")
class CountsWithoutFilter(MutatedInstanceQuery):
    """Returns the number of all instances as the total of a filtered list."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        return Page(super().run(table, rows, query).rows, len(rows))
