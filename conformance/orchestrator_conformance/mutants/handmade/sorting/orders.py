"""Mutants that sort lists wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend, read_query
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance
from ....reference.listing.search import Search, SearchQuery
from ...mutant import breaks
from ..instance_search_bases import InstanceAwareSearch, MutatedInstanceQuery

Row = TypeVar("Row")


@breaks("ORC-INST-SORT-06")
class EndsSortByTimeOfDay(InstanceAwareSearch):
    """Sorts instances by the time of day of their end."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        ordered = super().order(table, rows, order_by, is_descending)
        if order_by != "end" or not self.is_of_instances(table):
            return ordered
        read = table.sort_column("end").read
        present = [row for row in ordered if read(row) is not None]
        absent = [row for row in ordered if read(row) is None]
        return sorted(present, key=lambda row: read(row).time(), reverse=is_descending) + absent


@breaks("ORC-INST-SORT-04")
class ProcessIdsDescendByDefault(ReferenceBackend):
    """Sorts by processId in descending order if no direction is given."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        paging = body.pagination_info if body is not None else None
        if paging is None or paging.order_by != "processId" or paging.order_direction:
            return super().instance_list(instances, body)
        found = super().instance_list(instances, body)
        found.items = (found.items or [])[::-1]
        return found


class _AsStored(Search):
    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        return list(rows)[::-1] if is_descending else list(rows)


class _OrdersByTheStore(ReferenceBackend):
    """Returns unfiltered lists in the order of the store if start in the direction `direction` is requested."""

    direction = ""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        paging = body.pagination_info if body is not None else None
        is_affected = paging is not None and (paging.order_by, paging.order_direction) == (
            "start",
            self.direction,
        )
        is_filtered = read_query(body).criterion is not None
        self.search = _AsStored() if is_affected and not is_filtered else Search()
        return super().instance_list(instances, body)


@breaks("ORC-INST-SORT-02")
class AscendingStartIsStoreOrder(_OrdersByTheStore):
    """Returns unfiltered lists in the order of the store if start in ascending order is requested."""

    direction = "ASC"


@breaks("ORC-INST-SORT-03")
class DescendingStartIsStoreOrder(_OrdersByTheStore):
    """Returns unfiltered lists in the reverse order of the store if start in descending order is requested."""

    direction = "DESC"


@breaks("ORC-INST-SORT-04")
class StartDescendsByDefault(ReferenceBackend):
    """Sorts by start in descending order if no direction is given."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        found = super().instance_list(instances, body)
        paging = body.pagination_info if body is not None else None
        if paging is not None and paging.order_by == "start" and not paging.order_direction:
            found.items = (found.items or [])[::-1]
        return found


@breaks("ORC-INST-SORT-05")
class ProcessIdsAlwaysAscend(MutatedInstanceQuery):
    """Sorts by processId in ascending order, even if descending order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, is_descending=False) if query.order_by == "processId" else query


@breaks("ORC-INST-SORT-10")
class SortingByEndDropsRows(Search):
    """Omits instances without an end from lists that are sorted by end."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        ordered = super().order(table, rows, order_by, is_descending)
        if order_by != "end":
            return ordered
        return [row for row in ordered if table.sort_column(order_by).read(row) is not None]


@breaks("ORC-INST-SORT-01")
class DefaultOrderIsById(MutatedInstanceQuery):
    """Sorts by id if no order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by=query.order_by or "id")


@breaks("ORC-INST-SORT-02")
class StartOrderIsIgnored(MutatedInstanceQuery):
    """Sorts by id if start in ascending order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        is_affected = query.order_by == "start" and not query.is_descending
        return replace(query, order_by="id") if is_affected else query


@breaks("ORC-INST-SORT-03")
class DirectionIsIgnored(MutatedInstanceQuery):
    """Sorts in ascending order, even if descending order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, is_descending=False)


@breaks("ORC-INST-SORT-04")
class DescendsByDefault(ReferenceBackend):
    """Sorts in descending order if a key is given without a direction."""

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
class ProcessIdOrderIsIgnored(MutatedInstanceQuery):
    """Sorts by start if processId is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "processId" else query


@breaks("ORC-INST-SORT-06")
class EndOrderIsIgnored(MutatedInstanceQuery):
    """Sorts by start if end is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "end" else query


@breaks("ORC-INST-SORT-07")
class StateOrderIsIgnored(MutatedInstanceQuery):
    """Sorts by start if state is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "state" else query


@breaks("ORC-INST-SORT-08")
class NameOrderIsIgnored(MutatedInstanceQuery):
    """Sorts by start if processName is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start") if query.order_by == "processName" else query


@breaks("ORC-INST-SORT-09")
class FilteredListsAreNotSorted(MutatedInstanceQuery):
    """Sorts filtered lists without a page by id if ascending order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        is_affected = query.criterion is not None and query.page_size is None and not query.is_descending
        return replace(query, order_by="id") if is_affected else query
