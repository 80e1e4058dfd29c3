"""Checks of pages of instances that are sorted or filtered."""

from __future__ import annotations

from itertools import product

from ...contract.required_features import SORT_FEATURES
from ...session.lists.comparing import expect_same, find_split
from ...session.lists.instances import Listing, Lists, Row
from ...session.session import Failed, NotApplicable, Session, Undecided
from ..check import check
from .pages import PAGES, find_wrong


@check("ORC-INST-PAGE-08")
def pages_partition_every_order(session: Session) -> None:
    """Read the list in pages of a third of it, sorted by each key in each direction."""
    expect_partition_in_every_order(Lists(session))


def expect_partition_in_every_order(lists: Lists) -> None:
    """Compare the pages of the list with the list, sorted by each claimed key in each direction."""
    page_size = max(1, len(lists.known().rows) // 3)
    keys = [key for key, feature in SORT_FEATURES.items() if lists.session.claims.allows(feature)]
    if not keys:
        raise NotApplicable("no sort key is claimed")
    for key, direction in product(keys, ("ASC", "DESC")):
        _expect_partition_of(lists, {}, page_size, orderBy=key, orderDirection=direction)


@check("ORC-INST-PAGE-09")
def pages_partition_a_filtered_list(session: Session) -> None:
    """Read a filtered list in pages, from the latest start to the earliest."""
    expect_partition_of_a_filtered_list(Lists(session))


def expect_partition_of_a_filtered_list(lists: Lists) -> None:
    """Compare the pages of the instances in one state with the list of them."""
    rows = lists.known().rows
    state = find_split(rows, "state")
    filters = {"filters": {"field": "state", "operator": "EQ", "value": state}}
    count = sum(row.get("state") == state for row in rows)
    _expect_partition_of(lists, filters, max(1, count // 2), orderBy="start", orderDirection="DESC")


def _expect_partition_of(lists: Lists, filters: Row, page_size: int, **order: str) -> None:
    # The pages are compared with the same list on one page. Other checks decide its order and its content.
    def ask() -> tuple[Listing, list[Listing]]:
        whole = lists.ask({**filters, "paginationInfo": order})
        pages = [
            lists.ask({**filters, "paginationInfo": {**order, "offset": offset, "pageSize": page_size}})
            for offset in range(0, len(whole.rows) + 1, page_size)[:PAGES]
        ]
        return whole, pages

    def compare(_: Listing, asked: tuple[Listing, list[Listing]]) -> None:
        whole, pages = asked
        if len(whole.rows) < 2:
            raise Undecided("at least two instances")
        paged = [row for page in pages for row in page.rows]
        expected = (
            f"every instance on exactly one page, sorted by {order['orderBy']} {order['orderDirection']}"
        )
        wrong = find_wrong(whole.rows, pages, page_size)
        expect_same(whole.ids, [row["id"] for row in paged], expected, wrong.exchange)
        values = [[row.get(order["orderBy"]) for row in rows] for rows in (paged, whole.rows)]
        if values[0] != values[1]:
            raise Failed(f"{expected}, in the order of the list", "another order", wrong.exchange)

    lists.agree(ask, compare)
