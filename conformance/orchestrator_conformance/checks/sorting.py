"""The order of instances."""

from __future__ import annotations

from ..instances import Listing, Lists, is_sorted, read_instant
from ..session import Failed, Session, Undecided
from . import check


def _expect_instants(listing: Listing, field: str, *, descending: bool = False) -> None:
    # Where instances without the field stand is left open: only those with it are compared.
    found = [
        instant for instant in (read_instant(row.get(field)) for row in listing.rows) if instant is not None
    ]
    if len(set(found)) < 2:
        raise Undecided(f"instances that differ in {field}")
    if found != sorted(found, reverse=descending):
        order = "descending" if descending else "ascending"
        raise Failed(
            f"{field} in {order} order", f"{[str(each) for each in found[:6]]}, ...", listing.exchange
        )


@check("ORC-INST-SORT-01")
def the_default_order_is_by_start(session: Session) -> None:
    """Look at the list that says nothing of an order."""
    _expect_instants(Lists(session).ask({}), "start")


@check("ORC-INST-SORT-02")
def start_ascending(session: Session) -> None:
    """Sort by start, ASC."""
    _expect_instants(Lists(session).sort(orderBy="start", orderDirection="ASC"), "start")


@check("ORC-INST-SORT-03")
def descending_is_descending(session: Session) -> None:
    """Sort by start, DESC."""
    _expect_instants(Lists(session).sort(orderBy="start", orderDirection="DESC"), "start", descending=True)


@check("ORC-INST-SORT-04")
def the_default_direction_is_ascending(session: Session) -> None:
    """Sort by start, and by processId, without a direction."""
    lists = Lists(session)
    _expect_instants(lists.sort(orderBy="start"), "start")
    _expect_names(lists.sort(orderBy="processId"), descending=False)


@check("ORC-INST-SORT-05")
def process_id_sorts(session: Session) -> None:
    """Sort by processId in both directions."""
    lists = Lists(session)
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderBy="processId", orderDirection=direction)
        _expect_names(listing, descending=direction == "DESC")


@check("ORC-INST-SORT-06")
def end_sorts(session: Session) -> None:
    """Sort by end in both directions."""
    lists = Lists(session)
    for direction in ("ASC", "DESC"):
        _expect_instants(
            lists.sort(orderBy="end", orderDirection=direction), "end", descending=direction == "DESC"
        )


def _expect_names(listing: Listing, *, descending: bool) -> None:
    names = [row["processId"] for row in listing.rows]
    if len(set(names)) < 2:
        raise Undecided("instances of two workflows")
    if not is_sorted(names, descending=descending):
        order = "descending" if descending else "ascending"
        raise Failed(f"processId in {order} order", f"{list(dict.fromkeys(names))}", listing.exchange)
