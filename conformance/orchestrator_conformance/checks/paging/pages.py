"""Checks of pages of instances, in the default order."""

from __future__ import annotations

from typing import Final

from ...session.lists.comparing import expect_same
from ...session.lists.instances import Listing, Lists, Row, read_instant
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

# The maximum number of pages that one check requests.
PAGES: Final = 12
# The page whose echo is compared.
ECHOED: Final = {"pageSize": 3, "offset": 1}


def _starts(rows: list[Row]) -> list[object]:
    # Instances with the same start may be in any order, so only the starts are compared.
    return [read_instant(row.get("start")) for row in rows]


def _expect_partition(lists: Lists, page_size: int) -> None:
    def ask() -> list[Listing]:
        pages: list[Listing] = []
        for offset in range(0, page_size * PAGES, page_size):
            pages.append(lists.page(offset, page_size))
            if len(pages[-1].rows) < page_size:
                break
        return pages

    def compare(whole: Listing, pages: list[Listing]) -> None:
        if len(whole.rows) < 2:
            raise Undecided("at least two instances")
        paged = [row for page in pages for row in page.rows]
        expected = whole.ids if len(whole.rows) < page_size * PAGES else [row["id"] for row in paged]
        wrong = find_wrong(whole.rows, pages, page_size)
        expect_same(
            expected, [row["id"] for row in paged], "every instance on exactly one page", wrong.exchange
        )
        if _starts(paged) != _starts(whole.rows[: len(paged)]):
            raise Failed("pages in the order of the list", "another order of starts", wrong.exchange)

    lists.agree(ask, compare)


def find_wrong(rows: list[Row], pages: list[Listing], page_size: int) -> Listing:
    """Return the first page that is not its part of `rows`, or the last page if every page is."""
    for number, page in enumerate(pages):
        part = rows[number * page_size : (number + 1) * page_size]
        if page.ids != [row["id"] for row in part]:
            return page
    return pages[-1]


@check("ORC-INST-PAGE-01")
def pages_partition_the_list(session: Session) -> None:
    """Read the list in pages of a third and of a tenth of it."""
    expect_partition(Lists(session))


def expect_partition(lists: Lists) -> None:
    """Compare pages of a third and of a tenth of the list with the list."""
    count = len(lists.known().rows)
    for page_size in sorted({max(1, count // 3), max(1, count // 10 + 1)}):
        _expect_partition(lists, page_size)


@check("ORC-INST-PAGE-02")
def offset_counts_items(session: Session) -> None:
    """Request the page at offset 1, which differs from the first page and from the second."""
    expect_offset_of_items(Lists(session))


def expect_offset_of_items(lists: Lists) -> None:
    """Compare the page at offset 1 with the list."""
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
    expect_lengths(Lists(session))


def expect_lengths(lists: Lists) -> None:
    """Compare the lengths of pages with those that were requested."""
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
    expect_empty_page(Lists(session))


def expect_empty_page(lists: Lists) -> None:
    """Request a page with a pageSize of 0, and expect no items."""
    if not lists.known().rows:
        raise Undecided("instances")
    page = lists.page(0, 0)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-05")
def an_answer_echoes_its_page(session: Session) -> None:
    """Compare the paginationInfo of the answer with that of the request."""
    expect_echo(Lists(session))


def expect_echo(lists: Lists) -> None:
    """Compare the paginationInfo of an answer with that of the request."""
    page = lists.page(ECHOED["offset"], ECHOED["pageSize"])
    compare_echo(page.paging, page.exchange)


def compare_echo(paging: Row, exchange: Exchange) -> None:
    """Raise `Failed` if the `paging` of an answer to a request for `ECHOED` has other values."""
    echoed = {name: paging[name] for name in ECHOED if name in paging}
    if not echoed:
        raise NotApplicable(
            "the paginationInfo of the answer has no pageSize and no offset, which are optional"
        )
    if any(echoed[name] != ECHOED[name] for name in echoed):
        raise Failed(f"paginationInfo {ECHOED}", f"{echoed}", exchange)


@check("ORC-INST-PAGE-07")
def an_offset_past_the_end_is_an_empty_page(session: Session) -> None:
    """Request a page far past the end of the list."""
    expect_nothing_past_the_end(Lists(session))


def expect_nothing_past_the_end(lists: Lists) -> None:
    """Request a page past the end of the list, and expect no items."""
    page = lists.page(len(lists.known().rows) + 1000, 5)
    if page.rows:
        raise Failed("no items", f"{len(page.rows)}", page.exchange)


@check("ORC-INST-PAGE-11")
def offset_and_page_size_work_alone(session: Session) -> None:
    """Request the list after its first third with offset alone, and its first third with pageSize alone."""
    expect_parts(Lists(session))


def expect_parts(lists: Lists) -> None:
    """Compare the lists for an offset alone, and for a pageSize alone, with their part of the list."""
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
