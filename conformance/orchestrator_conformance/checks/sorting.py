"""Checks of the order of instances."""

from __future__ import annotations

from itertools import groupby, product

from ..contract.required_features import SORT_FEATURES
from ..session.instances import Listing, Lists, expect_same, find_split, is_sorted, read_instant
from ..session.session import Failed, Session, Undecided
from .check import check

SORT_KEYS = ("start", "end", "state", "processId", "processName")


def _expect_instants(listing: Listing, field: str, *, descending: bool = False) -> None:
    # The position of instances without the field is left open, so only instances with it are compared.
    found = [
        instant for instant in (read_instant(row.get(field)) for row in listing.rows) if instant is not None
    ]
    if len(set(found)) < 2:
        raise Undecided(f"instances with different values of {field}")
    if found != sorted(found, reverse=descending):
        order = "descending" if descending else "ascending"
        raise Failed(
            f"{field} in {order} order", f"{[str(each) for each in found[:6]]}, ...", listing.exchange
        )


@check("ORC-INST-SORT-01")
def the_default_order_is_by_start(session: Session) -> None:
    """Request the list without an order, and the list without a body."""
    lists = Lists(session)
    _expect_instants(lists.ask({}), "start")
    _expect_instants(lists.ask(None), "start")


@check("ORC-INST-SORT-02")
def start_ascending(session: Session) -> None:
    """Sort by start, ASC."""
    _expect_instants(Lists(session).sort(orderBy="start", orderDirection="ASC"), "start")


@check("ORC-INST-SORT-03")
def start_descending(session: Session) -> None:
    """Sort by start, DESC."""
    _expect_instants(Lists(session).sort(orderBy="start", orderDirection="DESC"), "start", descending=True)


@check("ORC-INST-SORT-04")
def the_default_direction_is_ascending(session: Session) -> None:
    """Sort by start, and by processId, without a direction."""
    lists = Lists(session)
    _expect_instants(lists.sort(orderBy="start"), "start")
    _expect_names(lists.sort(orderBy="processId"), descending=False)


@check("ORC-INST-SORT-05")
def process_id_in_both_directions(session: Session) -> None:
    """Sort by processId in both directions."""
    lists = Lists(session)
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderBy="processId", orderDirection=direction)
        _expect_names(listing, descending=direction == "DESC")


@check("ORC-INST-SORT-06")
def end_in_both_directions(session: Session) -> None:
    """Sort by end in both directions."""
    lists = Lists(session)
    for direction in ("ASC", "DESC"):
        _expect_instants(
            lists.sort(orderBy="end", orderDirection=direction), "end", descending=direction == "DESC"
        )


@check("ORC-INST-SORT-07")
def states_are_grouped(session: Session) -> None:
    """Sort by state in both directions; which state comes first is left open."""
    lists = Lists(session)
    orders = []
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderBy="state", orderDirection=direction)
        found = [state for state, _ in groupby(row["state"] for row in listing.rows if row.get("state"))]
        if len(set(found)) < 2:
            raise Undecided("instances in at least two states")
        if len(found) != len(set(found)):
            raise Failed(
                "the instances of each state together", f"states in the order {found}", listing.exchange
            )
        orders.append(found)
    if orders[0] != orders[1][::-1]:
        raise Failed(
            f"states in the order {orders[0][::-1]} with DESC, the reverse of ASC",
            f"{orders[1]}",
            listing.exchange,
        )


@check("ORC-INST-SORT-08")
def process_name_in_both_directions(session: Session) -> None:
    """Sort by processName in both directions."""
    lists = Lists(session)
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderBy="processName", orderDirection=direction)
        _expect_names(listing, "processName", descending=direction == "DESC")


@check("ORC-INST-SORT-09")
def a_filtered_list_is_sorted(session: Session) -> None:
    """Sort the instances in one state by start, descending, and by processId."""
    lists = Lists(session)
    state = find_split(lists.known().rows, "state")
    filters = {"filters": {"field": "state", "operator": "EQ", "value": state}}
    latest_first = {"orderBy": "start", "orderDirection": "DESC"}
    _expect_instants(lists.ask({**filters, "paginationInfo": latest_first}), "start", descending=True)
    _expect_names(lists.ask({**filters, "paginationInfo": {"orderBy": "processId"}}), descending=False)


@check("ORC-INST-SORT-10")
def every_order_has_the_same_instances(session: Session) -> None:
    """Sort by each key in each direction, and compare the set of instances with the whole list."""
    keys = [key for key in SORT_KEYS if session.claims.allows(SORT_FEATURES[key])]
    if not Lists(session).known().rows or not keys:
        raise Undecided("instances, and a claimed sort key")
    for key, direction in product(keys, ("ASC", "DESC")):
        _expect_everything(Lists(session), key, direction)


def _expect_everything(lists: Lists, key: str, direction: str) -> None:
    def compare(whole: Listing, ordered: Listing) -> None:
        expect_same(whole.ids, ordered.ids, f"the instances, sorted by {key} {direction}", ordered.exchange)

    lists.agree(lambda: lists.sort(orderBy=key, orderDirection=direction), compare)


def _expect_names(listing: Listing, field: str = "processId", *, descending: bool) -> None:
    names = [row[field] for row in listing.rows if row.get(field)]
    if len(set(names)) < 2:
        raise Undecided(f"instances with different values of {field}")
    if not is_sorted(names, descending=descending):
        order = "descending" if descending else "ascending"
        raise Failed(f"{field} in {order} order", f"{list(dict.fromkeys(names))}", listing.exchange)
