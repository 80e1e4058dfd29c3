"""Checks that a list without a `pageSize` is complete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ...model.conditions import satisfies
from ...model.drawing import Condition, list_comparisons
from ...session.lists.instances import Listing, Lists, Row
from ...session.lists.workflow_lists import expect_of_a_workflow
from ...session.session import Failed, Session, Undecided
from ..check import check
from ..filters.drawn import sample_rows

# The maximum number of pages that are read until one has instances that are missing in the list.
_PAGES: Final = 50
_SMALLEST_PAGE: Final = 10
_LARGEST_PAGE: Final = 1000
# How many filters the list is compared for.
_FILTERS: Final = 2


@check("ORC-INST-PAGE-12")
def a_list_without_a_page_size_is_complete(session: Session) -> None:
    """Compare the list with its pages: with an empty body, filtered, sorted, both, and without a body."""
    expect_complete_lists(Lists(session))


@check("ORC-INST-PAGE-13")
def a_workflows_list_without_a_page_size_is_complete(session: Session) -> None:
    """Do the same comparisons on the list of one workflow."""
    expect_of_a_workflow(session, expect_complete_lists)


def expect_complete_lists(lists: Lists) -> None:
    """Compare the list for each request without a page with the pages of the same request."""
    if not lists.known().rows:
        raise Undecided("instances")
    for body in _list_bodies(lists):
        _expect_complete(lists, body)


def _list_bodies(lists: Lists) -> Iterator[Row | None]:
    allows = lists.session.claims.allows
    yield {}
    yield {"paginationInfo": {}}
    orders: list[Row] = [{}]
    if allows("sorting") and allows("sort-start"):
        orders.append({"paginationInfo": {"orderBy": "start", "orderDirection": "DESC"}})
        yield orders[-1]
    for condition in _choose_widest(lists):
        for order in orders:
            yield {"filters": condition, **order}
    # A target that refuses requests without a body is compared with the others first.
    yield None


def _choose_widest(lists: Lists) -> list[Condition]:
    """Return the filters that list the most instances but not all of them, so that they exceed a default page."""
    rows = lists.known().rows
    if len(rows) < 2:
        return []
    allows = lists.session.claims.allows
    conditions = list_comparisons(sample_rows(lists), allows)
    if allows("logical-filters"):
        conditions += [{"operator": "NOT", "filters": [each]} for each in conditions]
    counts = [(sum(satisfies(row, each) for row in rows), each) for each in conditions]
    widest = sorted((each for each in counts if each[0] < len(rows)), key=lambda each: -each[0])
    return [each for _, each in widest[:_FILTERS]]


def _expect_complete(lists: Lists, body: Row | None) -> None:
    def compare(_: Listing, found: tuple[Listing, set[str], Listing]) -> None:
        bare, surplus, page = found
        if surplus:
            shown = ", ".join(sorted(surplus)[:3])
            raise Failed(
                "without a pageSize, every instance that the pages of the same list show",
                f"{len(bare.rows)} instances, without {shown} and others of the page"
                if len(surplus) > 1
                else f"{len(bare.rows)} instances, without {shown}",
                bare.exchange,
                page.exchange,
            )

    lists.agree(lambda: _read_pages(lists, body), compare)


def _read_pages(lists: Lists, body: Row | None) -> tuple[Listing, set[str], Listing]:
    """Return the list for `body`, the ids of the first page that shows others, and that page.

    Stops at a page that shows nothing new.
    """
    bare = lists.ask_once(body)
    listed = set(bare.ids)
    seen: set[str] = set()
    size = min(_LARGEST_PAGE, max(_SMALLEST_PAGE, len(bare.rows)))
    page, offset = bare, 0
    for _ in range(_PAGES):
        page = lists.ask_once(_at(body, offset, size))
        if surplus := set(page.ids) - listed:
            return bare, surplus, page
        if not set(page.ids) - seen:
            break
        seen |= set(page.ids)
        offset += page.length
    return bare, set(), page


def _at(body: Row | None, offset: int, size: int) -> dict[str, Any]:
    asked = body or {}
    return {
        **asked,
        "paginationInfo": {**asked.get("paginationInfo", {}), "offset": offset, "pageSize": size},
    }
