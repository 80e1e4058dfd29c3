"""Mutants of the order of lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend, read_query
from ...reference.filters.table import Table
from ...reference.lifecycle.instance import Instance
from ...reference.listing.search import Search, SearchQuery
from ..mutant import breaks
from .instance_search import InstancesOnly, OfInstances

Row = TypeVar("Row")


@breaks("ORC-INST-SORT-06")
class EndsSortByTheClock(InstancesOnly):
    """Sorts by the time of the day at which instances ended."""

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
class NamesDescendByDefault(ReferenceBackend):
    """Sorts by processId from the last to the first where no direction is given."""

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
