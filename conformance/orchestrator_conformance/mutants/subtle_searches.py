"""Mutants whose searches are right but for one corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from orchestrator_v2 import models

from ..reference.backend import ReferenceBackend
from ..reference.columns import INSTANCES
from ..reference.criteria import Connective, Criterion, FieldCriterion, LogicalCriterion, Operator
from ..reference.filtering import Filtering, Predicate, fits_pattern
from ..reference.instance import Instance
from ..reference.search import Page, Search, SearchQuery
from ..reference.table import Table
from .conditions import Joining
from .filters import OnInstances
from .mutant import breaks

Row = TypeVar("Row")


@breaks("ORC-FILT-LIKE-01")
class LikeIsAnchoredAtItsStart(OnInstances):
    """Takes a text for fitting that begins as the pattern says, whatever follows."""

    def is_like(self, stored: Any, asked: str) -> bool:
        return isinstance(stored, str) and fits_pattern(stored, f"{asked}*")


@breaks("ORC-FILT-LIKE-02")
class LikeLooksAnywhere(OnInstances):
    """Takes a text for fitting that holds what stands between the percent signs."""

    def is_like(self, stored: Any, asked: str) -> bool:
        if "%" not in asked:
            return super().is_like(stored, asked)
        return isinstance(stored, str) and fits_pattern(stored, f"*{asked}*")


@breaks("ORC-FILT-AND-03")
class OrTakesTwo(Joining):
    """Looks at the first two filters of OR alone."""

    connective = Connective.OR

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: any(part(row) for part in parts[:2])


@breaks("ORC-FILT-TREE-01")
class NotInsideAndIsIgnored(Filtering):
    """Passes over a NOT that is joined by AND."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        kept = [
            part
            for part in criterion.parts
            if not (isinstance(part, LogicalCriterion) and part.connective is Connective.NOT)
        ]
        is_it = criterion.connective is Connective.AND
        return super().logical_predicate(replace(criterion, parts=tuple(kept)) if is_it else criterion, table)


@breaks("ORC-FILT-NOT-02")
class NotOfAndIsAndOfNots(Filtering):
    """Takes NOT of an AND for the AND of what is not, as if there were no De Morgan."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        match criterion:
            case LogicalCriterion(
                connective=Connective.NOT,
                parts=(LogicalCriterion(connective=Connective.AND, parts=inner),),
            ):
                parts = [self.predicate(part, table) for part in inner]
                return lambda row: not any(part(row) for part in parts)
            case _:
                return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-DATE-03")
class BetweenLeavesTheStartOut(OnInstances):
    """Leaves the earlier end of BETWEEN out."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] < stored <= asked[1]


@breaks("ORC-FILT-NULL-01")
class NotNullIsIgnored(OnInstances):
    """Lists everything under IS_NULL false."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None or not asked


@breaks("ORC-FILT-IN-02")
class TheLastIdIsLost(OnInstances):
    """Drops the last of several ids, as a loop that ends too early would."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path == ("id",) and isinstance(value, tuple) and len(value) > 1:
            return super().spoil(replace(criterion, value=value[:-1]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-04")
class NestedListsAreTheirFirst(OnInstances):
    """Lists nothing under IN on a variable but what equals the last of the values."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path[0] == "variables" and isinstance(value, tuple):
            return super().spoil(replace(criterion, operator=Operator.EQ, value=value[-1]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-05")
class NestedOrIsAnd(Filtering):
    """Takes OR for AND where a nested filter is among the filters."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is Connective.OR and any(map(_is_nested, criterion.parts)):
            return super().logical_predicate(replace(criterion, connective=Connective.AND), table)
        return super().logical_predicate(criterion, table)


def _is_nested(part: Criterion) -> bool:
    return isinstance(part, FieldCriterion) and len(part.path) > 1


class _OfInstances(Search):
    def is_of_instances(self, table: Table[Row]) -> bool:
        return table.default_order == INSTANCES.default_order


@breaks("ORC-INST-COUNT-02")
class CountsTheFilteredPage(_OfInstances):
    """Gives the number of items on the page as the total where a list is filtered, and is right elsewhere."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        page = super().run(table, rows, query)
        is_it = self.is_of_instances(table) and query.criterion is not None
        return Page(page.rows, len(page.rows)) if is_it else page


@breaks("ORC-INST-SORT-06")
class EndsSortByTheClock(_OfInstances):
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


@breaks("ORC-INST-PAGE-08")
class DescendingPagesCountFromTheEnd(_OfInstances):
    """Counts the offset of a descending list from the other end of it."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        is_it = self.is_of_instances(table) and query.is_descending and query.criterion is None
        if not is_it or not query.offset or query.page_size is None:
            return super().run(table, rows, query)
        ordered = super().run(table, rows, replace(query, offset=0, page_size=None)).rows
        stop = len(ordered) - query.offset
        return Page(ordered[max(0, stop - query.page_size) : max(0, stop)], len(ordered))
