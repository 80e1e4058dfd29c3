"""Checks of pages of instances, and of `totalCount`."""

from __future__ import annotations

from itertools import product

from ..contract.required_features import SORT_FEATURES
from ..session.instances import (
    Listing,
    Lists,
    Predicate,
    Row,
    expect_same,
    find_split,
    has,
    read_instant,
    texts_of,
)
from ..session.session import Absent, Failed, NotApplicable, Session, Undecided
from .check import check

# The maximum number of pages that one check requests.
_PAGES = 12


def _starts(rows: list[Row]) -> list[object]:
    # Instances with the same start may be in any order, so only the starts are compared.
    return [read_instant(row.get("start")) for row in rows]


def _expect_partition(lists: Lists, page_size: int) -> None:
    def ask() -> list[Listing]:
        pages: list[Listing] = []
        for offset in range(0, page_size * _PAGES, page_size):
            pages.append(lists.page(offset, page_size))
            if len(pages[-1].rows) < page_size:
                break
        return pages

    def compare(whole: Listing, pages: list[Listing]) -> None:
        if len(whole.rows) < 2:
            raise Undecided("at least two instances")
        paged = [row for page in pages for row in page.rows]
        expected = whole.ids if len(whole.rows) < page_size * _PAGES else [row["id"] for row in paged]
        wrong = _find_wrong(whole.rows, pages, page_size)
        expect_same(
            expected, [row["id"] for row in paged], "every instance on exactly one page", wrong.exchange
        )
        if _starts(paged) != _starts(whole.rows[: len(paged)]):
            raise Failed("pages in the order of the list", "another order of starts", wrong.exchange)

    lists.agree(ask, compare)


def _find_wrong(rows: list[Row], pages: list[Listing], page_size: int) -> Listing:
    """Return the first page that is not its part of `rows`, or the last page if every page is."""
    for number, page in enumerate(pages):
        part = rows[number * page_size : (number + 1) * page_size]
        if page.ids != [row["id"] for row in part]:
            return page
    return pages[-1]


@check("ORC-INST-PAGE-01")
def pages_partition_the_list(session: Session) -> None:
    """Read the list in pages of a third and of a tenth of it."""
    lists = Lists(session)
    count = len(lists.known().rows)
    for page_size in sorted({max(1, count // 3), max(1, count // 10 + 1)}):
        _expect_partition(lists, page_size)


@check("ORC-INST-PAGE-02")
def offset_counts_items(session: Session) -> None:
    """Request the page at offset 1, which differs from the first page and from the second."""
    lists = Lists(session)
    page_size = max(2, len(lists.known().rows) // 4)

    def compare(whole: Listing, page: Listing) -> None:
        starts = _starts(whole.rows)
        expected = starts[1 : 1 + page_size]
        if expected in (starts[:page_size], starts[page_size : 2 * page_size]):
            raise Undecided("instances with enough different starts")
        if _starts(page.rows) != expected:
            raise Failed(
                f"the items from 1 to {page_size} of the list, counted from 0",
                f"{len(page.rows)} items with other starts",
                page.exchange,
            )

    lists.agree(lambda: lists.page(1, page_size), compare)


@check("ORC-INST-PAGE-03")
def a_page_has_the_requested_length(session: Session) -> None:
    """Request pages that are shorter than the list, and one that is longer."""
    lists = Lists(session)
    count = len(lists.known().rows)
    if count < 2:
        raise Undecided("at least two instances")
    for page_size in sorted({1, count // 2, count - 1, count + 1}):
        _expect_length(lists, page_size)


def _expect_length(lists: Lists, page_size: int) -> None:
    def compare(whole: Listing, page: Listing) -> None:
        expected = min(page_size, len(whole.rows))
        if len(page.rows) != expected:
            raise Failed(f"{expected} items", f"{len(page.rows)}", page.exchange)

    lists.agree(lambda: lists.page(0, page_size), compare)


@check("ORC-INST-PAGE-04")
def page_size_zero_is_an_empty_page(session: Session) -> None:
    """Request a page with a pageSize of 0."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")
    page = lists.page(0, 0)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-05")
def an_answer_echoes_its_page(session: Session) -> None:
    """Compare the paginationInfo of the answer with that of the request."""
    asked = {"pageSize": 3, "offset": 1}
    page = Lists(session).page(asked["offset"], asked["pageSize"])
    echoed = {name: page.paging[name] for name in asked if name in page.paging}
    if not echoed:
        raise NotApplicable(
            "the paginationInfo of the answer has no pageSize and no offset, which are optional"
        )
    if any(echoed[name] != asked[name] for name in echoed):
        raise Failed(f"paginationInfo {asked}", f"{echoed}", page.exchange)


@check("ORC-INST-PAGE-06")
def pages_partition_a_workflows_list(session: Session) -> None:
    """Read the list of the workflow with the most instances in pages of a third of it."""
    rows = Lists(session).known().rows
    names = texts_of(rows, "processId")
    if not names:
        raise Undecided("instances")
    busiest = max(sorted(set(names)), key=names.count)
    _expect_partition(Lists(session, busiest), max(1, names.count(busiest) // 3))


@check("ORC-INST-PAGE-07")
def an_offset_past_the_end_is_an_empty_page(session: Session) -> None:
    """Request a page far past the end of the list."""
    lists = Lists(session)
    page = lists.page(len(lists.known().rows) + 1000, 5)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-11")
def offset_and_page_size_work_alone(session: Session) -> None:
    """Request the list after its first third with offset alone, and its first third with pageSize alone."""
    lists = Lists(session)
    third = len(lists.known().rows) // 3
    if not third:
        raise Undecided("at least three instances")
    for paging, part in (({"offset": third}, slice(third, None)), ({"pageSize": third}, slice(third))):
        _expect_part(lists, paging, part)


def _expect_part(lists: Lists, paging: Row, part: slice) -> None:
    def compare(whole: Listing, page: Listing) -> None:
        expected = _starts(whole.rows[part])
        if _starts(page.rows) != expected:
            raise Failed(
                f"{len(expected)} items of the list for paginationInfo {paging}",
                f"{len(page.rows)} items, or items with other starts",
                page.exchange,
            )

    lists.agree(lambda: lists.ask({"paginationInfo": paging}), compare)


@check("ORC-INST-COUNT-01")
def total_count_counts_the_whole_list(session: Session) -> None:
    """Compare totalCount on several pages with the length of the list."""
    lists = Lists(session)
    for offset, page_size in ((0, 1), (1, 2), (0, 0)):
        _expect_total(lists, {"paginationInfo": {"offset": offset, "pageSize": page_size}}, lambda row: True)


@check("ORC-INST-COUNT-02")
def total_count_counts_the_matches(session: Session) -> None:
    """Compare totalCount of a filtered page with the number of instances that match."""
    lists = Lists(session)
    state = find_split(lists.known().rows, "state")
    body = {
        "filters": {"field": "state", "operator": "EQ", "value": state},
        "paginationInfo": {"offset": 0, "pageSize": 1},
    }
    _expect_total(lists, body, has("state", state))


def _expect_total(lists: Lists, body: Row, matches: Predicate) -> None:
    def compare(whole: Listing, page: Listing) -> None:
        if page.total is None:
            raise Absent("totalCount", page.exchange)
        if len(whole.rows) < 3:
            raise Undecided("at least three instances")
        expected = sum(map(matches, whole.rows))
        if page.total != expected:
            raise Failed(f"totalCount {expected}", f"{page.total}", page.exchange)

    lists.agree(lambda: lists.ask(body), compare)


@check("ORC-INST-PAGE-08")
def pages_partition_every_order(session: Session) -> None:
    """Read the list in pages of a third of it, sorted by each key in each direction."""
    lists = Lists(session)
    page_size = max(1, len(lists.known().rows) // 3)
    keys = [key for key, feature in SORT_FEATURES.items() if session.claims.allows(feature)]
    if not keys:
        raise NotApplicable("no sort key is claimed")
    for key, direction in product(keys, ("ASC", "DESC")):
        _expect_partition_of(lists, {}, page_size, orderBy=key, orderDirection=direction)


@check("ORC-INST-PAGE-09")
def pages_partition_a_filtered_list(session: Session) -> None:
    """Read a filtered list in pages, from the latest start to the earliest."""
    lists = Lists(session)
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
            for offset in range(0, len(whole.rows) + 1, page_size)[:_PAGES]
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
        wrong = _find_wrong(whole.rows, pages, page_size)
        expect_same(whole.ids, [row["id"] for row in paged], expected, wrong.exchange)
        values = [[row.get(order["orderBy"]) for row in rows] for rows in (paged, whole.rows)]
        if values[0] != values[1]:
            raise Failed(f"{expected}, in the order of the list", "another order", wrong.exchange)

    lists.agree(ask, compare)
