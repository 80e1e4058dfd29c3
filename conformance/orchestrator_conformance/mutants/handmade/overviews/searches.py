"""Mutants that support less when searching workflows than when searching instances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ....reference.filters.columns import WORKFLOWS
from ....reference.filters.criteria import Criterion, FieldCriterion, LogicalCriterion
from ....reference.filters.table import Table
from ....reference.listing.search import Search
from ...mutant import breaks

Row = TypeVar("Row")


@breaks("ORC-WF-FILT-04")
class VersionsAreIgnored(Search):
    """Ignores filters on the version of workflows."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        of_version = isinstance(criterion, FieldCriterion) and criterion.path == ("version",)
        is_ignored = of_version and table.default_order == WORKFLOWS.default_order
        return super().select(table, rows, None if is_ignored else criterion)


@breaks("ORC-WF-FILT-05")
class OverviewsUseOneFilter(Search):
    """Uses only the first filter of a logical filter on workflows."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        if table.default_order == WORKFLOWS.default_order and isinstance(criterion, LogicalCriterion):
            return super().select(table, rows, criterion.parts[0])
        return super().select(table, rows, criterion)
