"""Checks of the order of instances."""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby, product
from typing import Protocol

from ...contract.required_features import SORT_FEATURES
from ...session.lists.comparing import expect_same, find_split, is_sorted
from ...session.lists.instances import Listing, Lists, read_instant
from ...session.session import Failed, Session, Undecided
from ..check import check


class Expect(Protocol):
    """Raises `Failed` unless the list is in the order of a field."""

    def __call__(self, listing: Listing, field: str, *, descending: bool = False) -> None:
        """Compare the list."""
        ...


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
    expect_default_order(Lists(session))


def expect_default_order(lists: Lists) -> None:
    """Expect the list without an order, and the list without a body, in order of start."""
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
    """Sort by each key without a direction; start decides, and others if instances differ in them."""
    expect_default_direction(Lists(session))


def expect_default_direction(lists: Lists) -> None:
    """Expect lists without a direction in ascending order."""
    _expect_instants(lists.sort(orderBy="start"), "start")
    allows = lists.session.claims.allows
    for key, expect in (
        ("end", _expect_instants),
        ("processId", _expect_names),
        ("processName", _expect_names),
    ):
        if allows(SORT_FEATURES[key]):
            with suppress(Undecided):
                expect(lists.sort(orderBy=key), key)


@check("ORC-INST-SORT-13")
def a_direction_alone_is_that_of_the_start(session: Session) -> None:
    """Request both directions without a sort key."""
    expect_direction_alone(Lists(session))


def expect_direction_alone(lists: Lists) -> None:
    """Expect lists with a direction alone in order of start, in that direction."""
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderDirection=direction)
        _expect_instants(listing, "start", descending=direction == "DESC")


@check("ORC-INST-SORT-05")
def process_id_in_both_directions(session: Session) -> None:
    """Sort by processId in both directions."""
    _expect_both_directions(Lists(session), "processId", _expect_names)


@check("ORC-INST-SORT-06")
def end_in_both_directions(session: Session) -> None:
    """Sort by end in both directions."""
    _expect_both_directions(Lists(session), "end", _expect_instants)


@check("ORC-INST-SORT-07")
def states_are_grouped(session: Session) -> None:
    """Sort by state in both directions; which state comes first is left open."""
    expect_states_grouped(Lists(session))


def expect_states_grouped(lists: Lists) -> None:
    """Expect the instances of each state together, and with DESC the states in reverse."""
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
    _expect_both_directions(Lists(session), "processName", _expect_names)


@check("ORC-INST-SORT-09")
def a_filtered_list_is_sorted(session: Session) -> None:
    """Sort the instances in one state by start in both directions, and by processId if they differ in it."""
    expect_filtered_order(Lists(session))


def expect_filtered_order(lists: Lists) -> None:
    """Expect the instances in one state in the requested order."""
    state = find_split(lists.known().rows, "state")
    filters = {"filters": {"field": "state", "operator": "EQ", "value": state}}
    for direction in ("ASC", "DESC"):
        paging = {"orderBy": "start", "orderDirection": direction}
        listing = lists.ask({**filters, "paginationInfo": paging})
        _expect_instants(listing, "start", descending=direction == "DESC")
    if lists.session.claims.allows(SORT_FEATURES["processId"]):
        with suppress(Undecided):
            _expect_names(lists.ask({**filters, "paginationInfo": {"orderBy": "processId"}}), "processId")


@check("ORC-INST-SORT-10")
def every_order_has_the_same_instances(session: Session) -> None:
    """Sort by each key in each direction, and compare the set of instances with the whole list."""
    expect_the_same_instances(Lists(session))


def expect_the_same_instances(lists: Lists) -> None:
    """Expect every order of the list to have the same instances."""
    keys = [key for key in SORT_KEYS if lists.session.claims.allows(SORT_FEATURES[key])]
    if not lists.known().rows or not keys:
        raise Undecided("instances, and a claimed sort key")
    for key, direction in product(keys, ("ASC", "DESC")):
        _expect_everything(lists, key, direction)


def expect_each_key(lists: Lists) -> None:
    """Expect the list in order of start, in both directions, and in that of end and state if instances differ."""
    allows = lists.session.claims.allows
    if allows(SORT_FEATURES["end"]):
        with suppress(Undecided):
            _expect_both_directions(lists, "end", _expect_instants)
    if allows(SORT_FEATURES["state"]):
        with suppress(Undecided):
            expect_states_grouped(lists)
    _expect_both_directions(lists, "start", _expect_instants)


def _expect_both_directions(lists: Lists, key: str, expect: Expect) -> None:
    for direction in ("ASC", "DESC"):
        listing = lists.sort(orderBy=key, orderDirection=direction)
        expect(listing, key, descending=direction == "DESC")


def _expect_everything(lists: Lists, key: str, direction: str) -> None:
    def compare(whole: Listing, ordered: Listing) -> None:
        expect_same(whole.ids, ordered.ids, f"the instances, sorted by {key} {direction}", ordered.exchange)

    lists.agree(lambda: lists.sort(orderBy=key, orderDirection=direction), compare)


def _expect_names(listing: Listing, field: str, *, descending: bool = False) -> None:
    names = [row[field] for row in listing.rows if row.get(field)]
    if len(set(names)) < 2:
        raise Undecided(f"instances with different values of {field}")
    if not is_sorted(names, descending=descending):
        order = "descending" if descending else "ascending"
        raise Failed(f"{field} in {order} order", f"{list(dict.fromkeys(names))}", listing.exchange)
