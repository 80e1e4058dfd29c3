"""Checks of pages of workflow overviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ...session.lists.comparing import expect_same
from ...session.lists.instances import Row, texts_of
from ...session.session import Answer, Failed, Session
from ..check import check
from ..filters.fields import where
from ..filters.logical import combine
from ..paging.pages import ECHOED, compare_echo
from .overviews import read_ids, require_workflows

# The maximum number of pages that one check requests.
_PAGES: Final = 30
_SMALLEST_PAGE: Final = 5


def ask(session: Session, body: Row | None) -> Answer:
    """Return the answer to one request for overviews, which may be the first page of several."""
    return session.ask("getWorkflowsOverview", body=body)


@check("ORC-WF-PAGE-02")
def overviews_without_a_page_size_are_complete(session: Session) -> None:
    """Compare the list with its pages: without a body, with an empty one, sorted, and filtered."""
    require_workflows(session)
    for body in _list_bodies(session):
        _expect_complete(session, body)


def _list_bodies(session: Session) -> Iterator[Row | None]:
    yield from (None, {}, {"paginationInfo": {}})
    if session.claims.allows("overview-sorting"):
        yield {"paginationInfo": {"orderBy": "id", "orderDirection": "DESC"}}
    if session.claims.allows("overview-filters"):
        rows = require_workflows(session)
        yield {"filters": combine("NOT", where("id", "EQ", rows[-1]["workflowId"]))}


def _expect_complete(session: Session, body: Row | None) -> None:
    bare = ask(session, body)
    listed, seen = set(read_ids(bare)), set[str]()
    size, offset = max(_SMALLEST_PAGE, len(listed)), 0
    for _ in range(_PAGES):
        page = ask(session, _at(body, offset, size))
        found = read_ids(page)
        if surplus := sorted(set(found) - listed):
            raise Failed(
                "without a pageSize, every workflow that the pages of the same list show",
                f"{len(listed)} workflows, without {', '.join(surplus[:3])}",
                bare.exchange,
                page.exchange,
            )
        if not set(found) - seen:
            return
        seen |= set(found)
        offset += len(found)


def _at(body: Row | None, offset: int, size: int) -> dict[str, Any]:
    asked = body or {}
    return {
        **asked,
        "paginationInfo": {**asked.get("paginationInfo", {}), "offset": offset, "pageSize": size},
    }


@check("ORC-WF-PAGE-03")
def pages_of_overviews_partition_the_list_without_an_order(session: Session) -> None:
    """Read the overviews in pages of a third of them and of one, without an order, and past the end."""
    rows = require_workflows(session)
    whole = texts_of(rows, "workflowId")
    for size in sorted({1, max(1, len(whole) // 3)}):
        found: list[str] = []
        for offset in range(0, min(len(whole), size * _PAGES), size):
            page = ask(session, _at({}, offset, size))
            ids = read_ids(page)
            if len(ids) != min(size, len(whole) - offset):
                expected = f"{min(size, len(whole) - offset)} overviews at offset {offset}"
                raise Failed(expected, str(len(ids)), page.exchange)
            found += ids
        expected_ids = whole if len(found) == len(whole) else found
        expect_same(expected_ids, found, "every workflow on exactly one page", page.exchange)
    beyond = ask(session, _at({}, len(whole) + 1000, 5))
    if read_ids(beyond):
        raise Failed("no overviews past the end", str(len(read_ids(beyond))), beyond.exchange)


@check("ORC-WF-PAGE-04")
def a_page_size_of_zero_is_an_empty_page_of_overviews(session: Session) -> None:
    """Request a page of overviews with a pageSize of 0."""
    require_workflows(session)
    answer = ask(session, {"paginationInfo": {"pageSize": 0, "offset": 0}})
    if read_ids(answer):
        raise Failed("no overviews", str(len(read_ids(answer))), answer.exchange)


@check("ORC-WF-PAGE-05")
def overviews_echo_their_page(session: Session) -> None:
    """Compare the paginationInfo of the answer with that of the request."""
    answer = ask(session, {"paginationInfo": ECHOED})
    compare_echo(answer.value.get("paginationInfo", {}), answer.exchange)
