"""Checks of `totalCount`."""

from __future__ import annotations

from functools import partial
from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition
from ...session.lists.comparing import Predicate
from ...session.lists.instances import Listing, Lists, Row
from ...session.session import Absent, Failed, Session, Undecided
from ..check import check
from ..filters.drawn import draw_filters, sample_rows

# How many filters totals are compared for.
_FILTERS: Final = 5


@check("ORC-INST-COUNT-01")
def total_count_counts_the_whole_list(session: Session) -> None:
    """Compare totalCount on several pages with the length of the list."""
    expect_totals(Lists(session))


def expect_totals(lists: Lists) -> None:
    """Compare totalCount on several pages with the length of the list."""
    for offset, page_size in ((0, 1), (1, 2), (0, 0)):
        _expect_total(lists, {"paginationInfo": {"offset": offset, "pageSize": page_size}}, lambda row: True)


@check("ORC-INST-COUNT-02")
def total_count_counts_the_matches(session: Session) -> None:
    """Compare totalCount of pages with the number of instances that match, for a state and for other filters."""
    expect_filtered_totals(Lists(session))


def expect_filtered_totals(lists: Lists) -> None:
    """Compare totalCount of filtered pages with the number of instances that match."""
    rows = sample_rows(lists)
    for condition in draw_filters(rows, lists.session, _FILTERS):
        body = {"filters": condition, "paginationInfo": {"offset": 0, "pageSize": 1}}
        _expect_total(lists, body, partial(_satisfies, condition))


def _satisfies(condition: Condition, row: Row) -> bool:
    return satisfies(row, condition)


def _expect_total(lists: Lists, body: Row, matches: Predicate) -> None:
    def compare(whole: Listing, page: Listing) -> None:
        if page.total is None:
            raise Absent("totalCount", page.exchange)
        if len(whole.rows) < 3:
            raise Undecided("at least three instances")
        expected = sum(map(matches, whole.rows))
        if page.total != expected:
            raise Failed(f"totalCount {expected}", f"{page.total}", page.exchange, is_total=True)

    lists.agree(lambda: lists.ask(body), compare)
