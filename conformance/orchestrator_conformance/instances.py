"""Instances as the lists show them: the list without filter is the model that every other list is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from .exchange import Exchange
from .session import Failed, Session, Undecided

Row = dict[str, Any]
Predicate = Callable[[Row], bool]
Asked = TypeVar("Asked")

FINISHED: Final = frozenset({"COMPLETED", "ABORTED"})
STATES: Final = ("ACTIVE", "ERROR", "COMPLETED", "ABORTED", "SUSPENDED", "PENDING")

_TRIES: Final = 3
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it came: its rows in their order, its totalCount where it was sent, and the exchange."""

    rows: list[Row]
    total: int | None
    paging: Row
    exchange: Exchange

    @property
    def ids(self) -> list[str]:
        """The ids of the rows, in their order."""
        return [row["id"] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Lists:
    """A way to ask for one kind of list: all instances, or those of one workflow."""

    session: Session
    workflow_id: str | None = None

    def ask(self, body: Mapping[str, Any] | None = None) -> Listing:
        """Return the list that `body`, a SearchRequest, asks for."""
        if self.workflow_id is None:
            answer = self.session.ask("getInstances", body=body)
        else:
            answer = self.session.ask("getWorkflowInstances", {"workflowId": self.workflow_id}, body=body)
        value = answer.value
        return Listing(
            value.get("items") or [],
            value.get("totalCount"),
            value.get("paginationInfo") or {},
            answer.exchange,
        )

    def page(self, offset: int, page_size: int, **paging: str) -> Listing:
        """Return one page."""
        return self.ask({"paginationInfo": {"offset": offset, "pageSize": page_size, **paging}})

    def sort(self, **paging: str) -> Listing:
        """Return the whole list in an order."""
        return self.ask({"paginationInfo": paging})

    def all(self) -> Listing:
        """Return every instance that the caller may see, also from a backend that pages by itself."""
        first = self.ask({})
        rows = list(first.rows)
        while first.rows and first.total is not None and len(rows) < first.total:
            following = self.page(len(rows), len(first.rows)).rows
            if not following:
                break
            rows.extend(following)
        # One that is listed twice breaks a requirement of its own, and is not to break the others.
        once = list({row["id"]: row for row in rows}.values())
        listing = Listing(once, first.total, first.paging, first.exchange)
        self.session.memory[self._key] = listing
        return listing

    def known(self) -> Listing:
        """Return every instance as of when the list was last read whole."""
        return self.session.remember(self._key, self.all)

    def agree(self, ask: Callable[[], Asked], compare: Callable[[Listing, Asked], None]) -> None:
        """Have `compare` hold what `ask` gives against the whole list.

        What it raises counts only where the list is the same before and after: others may start runs meanwhile. As a
        rule the two agree at once, and the list need not be read again. Raises `Undecided` where it never stays still.
        """
        whole = self.known()
        for _ in range(_TRIES):
            asked = ask()
            try:
                compare(whole, asked)
            except (Failed, Undecided):
                fresh = self.all()
                if _look_alike(fresh, whole):
                    raise
                whole = fresh
            else:
                return
        raise Undecided("instances that change no faster than they can be compared")

    @property
    def _key(self) -> str:
        return f"instances of {self.workflow_id}"


def _look_alike(one: Listing, other: Listing) -> bool:
    fields = ("id", "state", "end")
    return [[row.get(field) for field in fields] for row in one.rows] == [
        [row.get(field) for field in fields] for row in other.rows
    ]


def has(field: str, *values: str) -> Predicate:
    """Return whether a row's field is one of `values`."""
    return lambda row: row.get(field) in values


def expect_matches(lists: Lists, condition: Row, matches: Predicate, wanted: str) -> None:
    """Hold the list under the filter `condition` against the rows that match it; `wanted` says which in words.

    Raises `Undecided` where every row matches, or none: a filter that is ignored would not show.
    """

    def compare(whole: Listing, filtered: Listing) -> None:
        expected = [row["id"] for row in whole.rows if matches(row)]
        if not 0 < len(expected) < len(whole.rows):
            raise Undecided(f"instances both with and without {wanted}")
        expect_same(expected, filtered.ids, f"the instances with {wanted}", filtered.exchange)

    lists.agree(lambda: lists.ask({"filters": condition}), compare)


def expect_same(expected: Iterable[str], found: list[str], what: str, exchange: Exchange) -> None:
    """Raise `Failed`, with the difference as sets, where `found` is not `expected`, each once, in any order."""
    wanted = set(expected)
    missing, surplus = sorted(wanted - set(found)), sorted(set(found) - wanted)
    twice = sorted({each for each in found if found.count(each) > 1}) if len(set(found)) < len(found) else []
    said = [
        f"{word} {len(ids)} ({', '.join(ids[:_SHOWN])}{', ...' if len(ids) > _SHOWN else ''})"
        for word, ids in (("lacks", missing), ("has beyond that", surplus), ("has twice", twice))
        if ids
    ]
    if said:
        raise Failed(f"{what}: {len(wanted)}", f"{len(found)} that {' and '.join(said)}", exchange)


def read_instant(value: object) -> datetime | None:
    """Return the instant of an ISO 8601 time-stamp with zone, or None where it is none."""
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None


def find_split(rows: list[Row], field: str) -> str:
    """Return the text in `field` that parts `rows` best: some have it, some do not. Raises `Undecided`."""
    values = [value for value in (row.get(field) for row in rows) if isinstance(value, str) and value]
    counts = {value: values.count(value) for value in dict.fromkeys(values)}
    parting = [value for value, count in counts.items() if count < len(rows)]
    if not parting:
        raise Undecided(f"instances that differ in {field}")
    return max(parting, key=lambda value: min(counts[value], len(rows) - counts[value]))


def is_sorted(values: list[str], *, descending: bool = False) -> bool:
    """Whether text is in order under a usual collation: by code point, without case, or without punctuation."""
    if descending:
        values = values[::-1]
    collations: tuple[Callable[[str], str], ...] = (
        str,
        str.casefold,
        lambda text: "".join(filter(str.isalnum, text.casefold())),
    )
    return any(sorted(values, key=key) == values for key in collations)
