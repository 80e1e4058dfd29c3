"""Lists of instances. The list without a filter is the model that every other list is compared with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from ...model.conditions import Row
from ...model.instants import read_instant
from ...target.exchange import Exchange
from ..session import Failed, Session, Undecided
from .unknown_values import find_undecidable

__all__ = [
    "FINISHED",
    "NO_END",
    "STATES",
    "Listing",
    "Lists",
    "Row",
    "read_instant",
    "texts_of",
]

Predicate = Callable[[Row], bool]
Asked = TypeVar("Asked")

FINISHED: Final = frozenset({"COMPLETED", "ABORTED"})
# The cause of every failure that shows a finished run without an end.
NO_END: Final = "a finished run had no end"
STATES: Final = ("ACTIVE", "ERROR", "COMPLETED", "ABORTED", "SUSPENDED", "PENDING")

# The maximum number of comparisons, and how many consecutive ones must agree on a failure.
_TRIES: Final = 40
_AGREEING: Final = 2
_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 0.5
_LARGE_PAGE: Final = 1000
# The maximum number of pages of one list. A backend that makes up an instance for each offset never ends.
_MOST_PAGES: Final = 100
_PAGES_BY_ITSELF: Final = "the backend pages by itself"
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """An answered list.

    Its rows with an id in order, its totalCount if present, its paginationInfo, the exchange, and the number of items
    with those that have no id.
    """

    rows: list[Row]
    total: int | None
    paging: Row
    exchange: Exchange
    length: int

    @property
    def ids(self) -> list[str]:
        """The ids of the rows, in order."""
        return [row["id"] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Lists:
    """Requests lists of all instances, or of the instances of one workflow."""

    session: Session
    workflow_id: str | None = None

    def ask(self, body: Mapping[str, Any] | None = None) -> Listing:
        """Return the list for `body`, a SearchRequest. Without a page, the list is complete.

        On a backend with a default page, the list is read page by page, see `all`. Items without an id are left out.
        """
        first = self.ask_once(body)
        if (
            not body
            or "pageSize" in body.get("paginationInfo", {})
            or not self.session.memory.get(_PAGES_BY_ITSELF)
        ):
            return first
        return self._complete(first, body)

    def ask_once(self, body: Mapping[str, Any] | None) -> Listing:
        """Return the answer to one request for `body`, even if it is the first page of several."""
        if self.workflow_id is None:
            answer = self.session.ask("getInstances", body=body)
        else:
            answer = self.session.ask("getWorkflowInstances", {"workflowId": self.workflow_id}, body=body)
        return make_listing(answer.value, answer.exchange)

    def _complete(self, first: Listing, body: Mapping[str, Any]) -> Listing:
        """Return the list that begins with `first`, with the rows of the pages after it.

        Ends at a page without new ids. Raises `Undecided` if the list does not end.
        """
        rows = {row["id"]: row for row in first.rows}
        asked = body.get("paginationInfo", {})
        count, page = first.length, {"pageSize": max(_LARGE_PAGE, first.length)}
        for _ in range(_MOST_PAGES):
            if first.total is not None and count + asked.get("offset", 0) >= first.total:
                break
            paging = {**asked, **page, "offset": asked.get("offset", 0) + count}
            following = self.ask_once({**body, "paginationInfo": paging})
            fresh = {row["id"]: row for row in following.rows if row["id"] not in rows}
            if not fresh:
                break
            rows |= fresh
            count += following.length
        else:
            raise Undecided(f"a list that ends: {count} items of {first.exchange.operation_id} were read")
        if len(rows) == len(first.rows):
            return first
        self.session.memory[_PAGES_BY_ITSELF] = True
        return Listing(
            [*first.rows, *list(rows.values())[len(first.ids) :]],
            first.total,
            first.paging,
            first.exchange,
            count,
        )

    def page(self, offset: int, page_size: int, **paging: str) -> Listing:
        """Return one page."""
        return self.ask({"paginationInfo": {"offset": offset, "pageSize": page_size, **paging}})

    def sort(self, **paging: str) -> Listing:
        """Return the whole list, sorted."""
        return self.ask({"paginationInfo": paging})

    def all(self) -> Listing:
        """Return every instance that the caller may see, even if the backend has a default page size."""
        first = self.ask_once({})
        complete = self._complete(first, {}) if self._may_go_on(first) else first
        # Duplicates have a requirement of their own, so they must not fail others.
        once = list({row["id"]: row for row in complete.rows}.values())
        listing = Listing(once, first.total, first.paging, first.exchange, complete.length)
        self.session.memory[self.key] = listing
        return listing

    def _may_go_on(self, first: Listing) -> bool:
        if not first.length or not self.session.claims.allows("paging"):
            return False
        # Without a total, try once whether there is another page.
        if first.total is not None:
            return first.length < first.total
        if self.session.memory.get(_PAGES_BY_ITSELF) is None:
            following = self.page(first.length, 1)
            self.session.memory[_PAGES_BY_ITSELF] = bool(set(following.ids) - set(first.ids))
        return bool(self.session.memory.get(_PAGES_BY_ITSELF))

    def known(self) -> Listing:
        """Return the whole list as it was last read; read it if it was not read before."""
        return self.session.remember(self.key, self.all)

    @property
    def last_known(self) -> list[Row]:
        """The rows of the whole list as it was last read, or an empty list."""
        listing: Listing | None = self.session.memory.get(self.key)
        return [] if listing is None else listing.rows

    def agree(self, ask: Callable[[], Asked], compare: Callable[[Listing, Asked], None]) -> None:
        """Compare the result of `ask` with the whole list, by calling `compare` on both.

        Rows that the filter cannot be judged on are left out of both, see `find_undecidable`. If `compare` raises, both
        are read again, because other clients may start runs meanwhile. Its exception is raised once it has occurred
        several times in a row with an unchanged whole list, and the latest changes of the suite have had time to become
        visible. Raises `Undecided` if the list keeps changing.
        """
        whole, agreeing, pause = self.known(), 0, _FIRST_PAUSE
        for _ in range(_TRIES):
            sent = len(self.session.trace)
            asked = ask()
            try:
                compare(*self._leave_out_undecidable(whole, asked, self.session.trace[sent:]))
            except (Failed, Undecided):
                fresh = self.all()
                agreeing = agreeing + 1 if _look_alike(fresh, whole) else 0
                if agreeing >= _AGREEING and self.session.has_settled:
                    raise
                whole = fresh
            else:
                return
            if not self.session.has_settled:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        raise Undecided("instances that change slowly enough to be compared")

    def _leave_out_undecidable(
        self, whole: Listing, asked: Asked, exchanges: Iterable[Exchange]
    ) -> tuple[Listing, Asked]:
        listed = [
            each for each in (asked if isinstance(asked, tuple) else (asked,)) if isinstance(each, Listing)
        ]
        rows = [row for listing in (whole, *listed) for row in listing.rows]
        unknown = find_undecidable(self.session, exchanges, rows, is_whole=self.workflow_id is None)
        return (_leave_out(whole, unknown), _leave_out(asked, unknown)) if unknown else (whole, asked)

    @property
    def key(self) -> str:
        """The name under which the session remembers the whole list."""
        return f"instances of {self.workflow_id}"


def make_listing(value: Row, exchange: Exchange) -> Listing:
    """Return the listing of an answered list. Items without an id are left out."""
    items = value.get("items", [])
    rows = [row for row in items if isinstance(row.get("id"), str)]
    return Listing(rows, value.get("totalCount"), value.get("paginationInfo", {}), exchange, len(items))


def _leave_out(found: Any, ids: set[str]) -> Any:
    """Return a listing, or each of several, without the rows of `ids`. Its totalCount then counts other rows too."""
    if isinstance(found, tuple):
        return tuple(_leave_out(each, ids) for each in found)
    if not isinstance(found, Listing):
        return found
    return replace(found, rows=[row for row in found.rows if row["id"] not in ids], total=None)


def _look_alike(one: Listing, other: Listing) -> bool:
    fields = ("id", "state", "end")
    return [[row.get(field) for field in fields] for row in one.rows] == [
        [row.get(field) for field in fields] for row in other.rows
    ]


def texts_of(rows: Iterable[Row], field: str) -> list[str]:
    """Return the texts in `field` of the rows that have one, in order."""
    return [row[field] for row in rows if isinstance(row.get(field), str) and row[field]]
