"""Pages: that they part the list, and what counts as one."""

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
)
from ..session.session import Absent, Failed, NotApplicable, Session, Undecided
from .check import check

# More pages than this are not asked for in one check.
_PAGES = 12


def _starts(rows: list[Row]) -> list[object]:
    # Instances of one start may stand in any order: the sequence of starts is what the order promises.
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
            raise Undecided("two instances or more")
        paged = [row for page in pages for row in page.rows]
        expected = whole.ids if len(whole.rows) < page_size * _PAGES else [row["id"] for row in paged]
        wrong = _find_wrong(whole.rows, pages, page_size)
        expect_same(expected, [row["id"] for row in paged], "every instance on one page", wrong.exchange)
        if _starts(paged) != _starts(whole.rows[: len(paged)]):
            raise Failed("the pages in the order of the list", "another order of starts", wrong.exchange)

    lists.agree(ask, compare)


def _find_wrong(rows: list[Row], pages: list[Listing], page_size: int) -> Listing:
    """Return the first page that is not its part of `rows`; the last one where each is."""
    for number, page in enumerate(pages):
        part = rows[number * page_size : (number + 1) * page_size]
        if page.ids != [row["id"] for row in part]:
            return page
    return pages[-1]


@check("ORC-INST-PAGE-01")
def pages_partition_the_list(session: Session) -> None:
    """Walk through the list by pages of a third and of a tenth of it."""
    lists = Lists(session)
    count = len(lists.known().rows)
    for page_size in sorted({max(1, count // 3), max(1, count // 10 + 1)}):
        _expect_partition(lists, page_size)


@check("ORC-INST-PAGE-02")
def offset_counts_items(session: Session) -> None:
    """Ask for the page that starts one item in, where counting pages, or nothing, would give another."""
    lists = Lists(session)
    page_size = max(2, len(lists.known().rows) // 4)

    def compare(whole: Listing, page: Listing) -> None:
        starts = _starts(whole.rows)
        expected = starts[1 : 1 + page_size]
        if expected in (starts[:page_size], starts[page_size : 2 * page_size]):
            raise Undecided("instances of enough different starts")
        if _starts(page.rows) != expected:
            raise Failed(
                f"items 1 to {page_size} of the list", f"{len(page.rows)} other items", page.exchange
            )

    lists.agree(lambda: lists.page(1, page_size), compare)


@check("ORC-INST-PAGE-03")
def a_page_is_as_long_as_asked(session: Session) -> None:
    """Ask for pages shorter than the list, and for one that is longer."""
    lists = Lists(session)
    count = len(lists.known().rows)
    if count < 2:
        raise Undecided("two instances or more")
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
    """Ask for a page of nothing."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")
    page = lists.page(0, 0)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-05")
def an_answer_echoes_its_page(session: Session) -> None:
    """Compare what came back as paginationInfo with what was asked for."""
    asked = {"pageSize": 3, "offset": 1}
    page = Lists(session).page(asked["offset"], asked["pageSize"])
    told = {name: page.paging[name] for name in asked if name in page.paging}
    if not told:
        raise NotApplicable("the answer says nothing of its page, as it may")
    if any(told[name] != asked[name] for name in told):
        raise Failed(f"{asked}", f"{told}", page.exchange)


@check("ORC-INST-PAGE-06")
def pages_partition_a_workflows_list(session: Session) -> None:
    """Walk through the list of the workflow with the most instances."""
    rows = Lists(session).known().rows
    names = [row["processId"] for row in rows]
    if not names:
        raise Undecided("instances")
    busiest = max(sorted(set(names)), key=names.count)
    _expect_partition(Lists(session, busiest), max(1, names.count(busiest) // 3))


@check("ORC-INST-PAGE-07")
def an_offset_past_the_end_is_an_empty_page(session: Session) -> None:
    """Ask for a page far behind the last."""
    lists = Lists(session)
    page = lists.page(len(lists.known().rows) + 1000, 5)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-11")
def offset_and_page_size_stand_alone(session: Session) -> None:
    """Ask for what follows the first third, and for a page of a third, each without the other field."""
    lists = Lists(session)
    third = len(lists.known().rows) // 3
    if not third:
        raise Undecided("three instances or more")
    for paging, part in (({"offset": third}, slice(third, None)), ({"pageSize": third}, slice(third))):
        _expect_part(lists, paging, part)


def _expect_part(lists: Lists, paging: Row, part: slice) -> None:
    def compare(whole: Listing, page: Listing) -> None:
        expected = _starts(whole.rows[part])
        if _starts(page.rows) != expected:
            raise Failed(f"{len(expected)} items of the list", f"{len(page.rows)}, or others", page.exchange)

    lists.agree(lambda: lists.ask({"paginationInfo": paging}), compare)


@check("ORC-INST-COUNT-01")
def total_count_is_of_the_whole_list(session: Session) -> None:
    """Compare totalCount on several pages with the length of the list."""
    lists = Lists(session)
    for offset, page_size in ((0, 1), (1, 2), (0, 0)):
        _expect_total(lists, {"paginationInfo": {"offset": offset, "pageSize": page_size}}, lambda row: True)


@check("ORC-INST-COUNT-02")
def total_count_is_of_what_matches(session: Session) -> None:
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
            raise Undecided("three instances or more")
        expected = sum(map(matches, whole.rows))
        if page.total != expected:
            raise Failed(f"totalCount {expected}", f"{page.total}", page.exchange)

    lists.agree(lambda: lists.ask(body), compare)


@check("ORC-INST-PAGE-08")
def pages_partition_every_order(session: Session) -> None:
    """Walk through the list by pages of a third, sorted by each key in each direction."""
    lists = Lists(session)
    page_size = max(1, len(lists.known().rows) // 3)
    keys = [key for key, feature in SORT_FEATURES.items() if session.claims.allows(feature)]
    if not keys:
        raise NotApplicable("no sort key is claimed")
    for key, direction in product(keys, ("ASC", "DESC")):
        _expect_partition_of(lists, {}, page_size, orderBy=key, orderDirection=direction)


@check("ORC-INST-PAGE-09")
def pages_partition_a_filtered_list(session: Session) -> None:
    """Walk through the list under a filter, from the latest start to the earliest."""
    lists = Lists(session)
    rows = lists.known().rows
    state = find_split(rows, "state")
    filters = {"filters": {"field": "state", "operator": "EQ", "value": state}}
    count = sum(row.get("state") == state for row in rows)
    _expect_partition_of(lists, filters, max(1, count // 2), orderBy="start", orderDirection="DESC")


def _expect_partition_of(lists: Lists, filters: Row, page_size: int, **order: str) -> None:
    # Against the same list in one piece: which order that is, and what it holds, is for others to say.
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
            raise Undecided("two instances or more")
        paged = [row for page in pages for row in page.rows]
        said = f"every instance on one page, sorted by {order['orderBy']} {order['orderDirection']}"
        wrong = _find_wrong(whole.rows, pages, page_size)
        expect_same(whole.ids, [row["id"] for row in paged], said, wrong.exchange)
        values = [[row.get(order["orderBy"]) for row in rows] for rows in (paged, whole.rows)]
        if values[0] != values[1]:
            raise Failed(f"{said}, in the order of the list", "another order", wrong.exchange)

    lists.agree(ask, compare)
