"""Bases of mutants that search instances wrongly, and workflows as they should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ...reference.filters.columns import INSTANCES
from ...reference.filters.table import Table
from ...reference.listing.search import Page, Search, SearchQuery

Row = TypeVar("Row")


class InstancesOnly(Search):
    """Says which searches are for instances."""

    def is_of_instances(self, table: Table[Row]) -> bool:
        return table.default_order == INSTANCES.default_order


class OfInstances(Search):
    """Searches workflows as it should, and instances after `spoil`."""

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        if table.default_order == INSTANCES.default_order:
            return super().run(table, rows, self.spoil(query))
        return Search().run(table, rows, query)

    def spoil(self, query: SearchQuery) -> SearchQuery:
        return query
