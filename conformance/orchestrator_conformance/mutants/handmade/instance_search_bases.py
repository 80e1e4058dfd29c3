"""Base classes of mutants that search instances wrongly and workflows correctly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ...reference.filters.columns import INSTANCES
from ...reference.filters.table import Table
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
