"""Mutants whose lists go wrong under one kind of page or order alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ..reference.backend import ReferenceBackend, read_query
from ..reference.columns import INSTANCES
from ..reference.instance import Instance, RunState
from ..reference.search import Page, Search, SearchQuery
from ..reference.table import Table
from .mutant import breaks
from .ordering import OfInstances

Row = TypeVar("Row")


@breaks("ORC-INST-LIST-02")
class EmptyBodiesListTwice(ReferenceBackend):
    """Lists the first instance twice where there is a body that asks for nothing."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_instances(body)
        if body is not None and body.filters is None and body.pagination_info is None and found.items:
            found.items = [found.items[0], *found.items]
        return found


@breaks("ORC-INST-LIST-04")
class SuspendedRunsAreNobodys(ReferenceBackend):
    """Leaves suspended instances out of the lists of their workflows."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        runs = [run for run in self.runs_of(workflow_id) if run.state is not RunState.SUSPENDED]
        return self.instance_list(runs, body)


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


class _AsStored(Search):
    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        return list(rows)[::-1] if is_descending else list(rows)


class _OrdersByTheStore(ReferenceBackend):
    """Lists instances in the order in which they are stored, in the direction `direction` of start."""

    direction = ""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        paging = body.pagination_info if body is not None else None
        is_it = paging is not None and (paging.order_by, paging.order_direction) == ("start", self.direction)
        is_filtered = read_query(body).criterion is not None
        self.search = _AsStored() if is_it and not is_filtered else Search()
        return super().instance_list(instances, body)


@breaks("ORC-INST-SORT-02")
class TheDefaultAskedForIsNoOrder(_OrdersByTheStore):
    """Leaves the list as it is stored where the order is asked for that is there by default."""

    direction = "ASC"


@breaks("ORC-INST-SORT-03")
class LatestFirstIsBackwards(_OrdersByTheStore):
    """Turns the list round as it is stored where the latest are asked for first."""

    direction = "DESC"


@breaks("ORC-INST-SORT-04")
class LatestFirstByDefault(ReferenceBackend):
    """Sorts by start from the latest on where no direction is given."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        found = super().instance_list(instances, body)
        paging = body.pagination_info if body is not None else None
        if paging is not None and paging.order_by == "start" and not paging.order_direction:
            found.items = (found.items or [])[::-1]
        return found


@breaks("ORC-INST-SORT-05")
class IdsAscend(OfInstances):
    """Sorts by processId ascending, whichever direction is asked for."""

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return replace(query, is_descending=False) if query.order_by == "processId" else query
