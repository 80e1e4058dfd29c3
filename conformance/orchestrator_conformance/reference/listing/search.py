"""Search on a list of rows: filter, sort and page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..errors import BadRequest
from ..filters.criteria import Criterion, parse_criterion
from ..filters.filtering import Filtering
from ..filters.table import Table

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A parsed search request. `page_size` is `None` for no limit."""

    criterion: Criterion | None = None
    order_by: str | None = None
    is_descending: bool = False
    offset: int = 0
    page_size: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and the number of matching rows on all pages."""

    rows: list[Row]
    total: int


def parse_query(data: Mapping[str, Any]) -> SearchQuery:
    """Parse a `SearchRequest`. Raises `BadRequest`."""
    paging = data.get("paginationInfo", {})
    return SearchQuery(
        criterion=parse_criterion(data["filters"]) if "filters" in data else None,
        order_by=paging.get("orderBy"),
        is_descending=paging.get("orderDirection") == "DESC",
        offset=_parse_count(paging.get("offset", 0), "offset"),
        page_size=_parse_count(paging["pageSize"], "pageSize") if "pageSize" in paging else None,
    )


def _parse_count(value: int | float, name: str) -> int:
    # The document allows any `number`, so 10.0 is accepted. Fractions and negative numbers are rejected.
    if value < 0 or (isinstance(value, float) and not value.is_integer()):
        raise BadRequest(f"{name} must be an integer, 0 or greater")
    return int(value)


class Search:
    """The steps of a search, one method each."""

    def __init__(self, filtering: Filtering | None = None) -> None:
        self.filtering = filtering or Filtering()

    def run(self, table: Table[Row], rows: Sequence[Row], query: SearchQuery) -> Page[Row]:
        """Return the page of `rows` that `query` asks for. Raises `BadRequest`."""
        matching = self.select(table, rows, query.criterion)
        ordered = self.order(table, matching, query.order_by, query.is_descending)
        return Page(self.cut(ordered, query.offset, query.page_size), self.count(matching))

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        """Return the rows that match. Without a criterion, every row matches."""
        if criterion is None:
            return list(rows)
        matches = self.filtering.predicate(criterion, table)
        return [row for row in rows if matches(row)]

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        """Return the rows sorted by `order_by`, or by the default sort key of the table.

        In both directions, rows with equal keys are sorted by ascending id, and rows without a value come last.
        """
        column = table.sort_column(table.default_order if order_by is None else order_by)
        by_id = sorted(rows, key=table.read_id)
        present = [row for row in by_id if column.read(row) is not None]
        absent = [row for row in by_id if column.read(row) is None]
        return sorted(present, key=column.read, reverse=is_descending) + absent

    def cut(self, rows: list[Row], offset: int, page_size: int | None) -> list[Row]:
        """Return at most `page_size` rows after the first `offset` rows."""
        return rows[offset:] if page_size is None else rows[offset : offset + page_size]

    def count(self, rows: Sequence[Row]) -> int:
        """Return the total number of matching rows."""
        return len(rows)
