"""Filters on one field: each operator, held against the list without filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...model.conditions import pattern_of
from ...session.instances import (
    Listing,
    Lists,
    Predicate,
    Row,
    expect_matches,
    expect_same,
    find_split,
    has,
)
from ...session.session import Session, Undecided, pick
from ..check import check

_HOSTILE = ('"', "'", "\\", "a\nb", '"}) { id } #', "' OR '1'='1", "${jndi}", "\u2603", "*[.]+")


def where(field: str, operator: str, value: Any) -> Row:
    """Return a FieldFilter."""
    return {"field": field, "operator": operator, "value": value}


def find_text(session: Session) -> tuple[str, str, list[Row]]:
    """Return a text field, a value that some instances have in it and some have not, and all instances."""
    rows = Lists(session).known().rows
    field = "processName" if len({row.get("processName") for row in rows} - {None}) > 1 else "processId"
    return field, find_split(rows, field), rows


@check("ORC-FILT-EQ-01")
def text_equals(session: Session) -> None:
    """Filter by processId, and by processName where instances differ in it."""
    lists = Lists(session)
    rows = lists.known().rows
    value = find_split(rows, "processId")
    expect_matches(lists, where("processId", "EQ", value), has("processId", value), f"processId {value}")
    field, value, _ = find_text(session)
    expect_matches(lists, where(field, "EQ", value), has(field, value), f"{field} {value!r}")


@check("ORC-FILT-EQ-02")
def state_equals(session: Session) -> None:
    """Filter by every state that instances are in."""
    lists = Lists(session)
    states = sorted({row["state"] for row in lists.known().rows if row.get("state")})
    if not states:
        raise Undecided("instances with a state")
    for state in states:
        expect_matches(lists, where("state", "EQ", state), has("state", state), f"state {state}")


@check("ORC-FILT-EQ-03")
def id_equals(session: Session) -> None:
    """Filter by one id."""
    lists = Lists(session)
    rows = lists.known().rows
    if len(rows) < 2:
        raise Undecided("two instances")
    wanted = pick(rows, session.seed)["id"]
    expect_matches(lists, where("id", "EQ", wanted), has("id", wanted), f"id {wanted}")


@check("ORC-FILT-EQ-05")
def values_are_data(session: Session) -> None:
    """Filter by values that would break a query put together as text, and by a value with its spaces doubled."""
    lists = Lists(session)
    field, value, rows = find_text(session)
    hostile = [value + each for each in _HOSTILE]
    spaced = next((row[field] for row in rows if " " in str(row.get(field))), None)
    if spaced is not None:
        hostile += [spaced.replace(" ", "  "), spaced.replace(" ", "\t"), spaced + " "]
    for each in hostile:
        found = lists.ask({"filters": where(field, "EQ", each)})
        expect_same([], found.ids, f"the instances with {field} {each!r}", found.exchange)


@check("ORC-FILT-EQ-06")
def a_part_is_another_value(session: Session) -> None:
    """Filter by a text without its last character, and with one more."""
    lists = Lists(session)
    field, value, rows = find_text(session)
    for other in {value[:-1], value[1:], f"{value}x"} - {row.get(field) for row in rows} - {""}:
        found = lists.ask({"filters": where(field, "EQ", other)})
        expect_same([], found.ids, f"the instances with {field} {other!r}", found.exchange)


@check("ORC-FILT-IN-01")
def state_is_one_of(session: Session) -> None:
    """Filter by two states."""
    lists = Lists(session)
    states = sorted({row["state"] for row in lists.known().rows if row.get("state")})
    if len(states) < 3:
        raise Undecided("instances in three states")
    first = session.seed % len(states)
    chosen = [*states[first:], *states[:first]][:2]
    expect_matches(lists, where("state", "IN", chosen), has("state", *chosen), f"state in {chosen}")


@check("ORC-FILT-IN-02")
def id_is_one_of(session: Session) -> None:
    """Filter by three ids."""
    lists = Lists(session)
    ids = lists.known().ids
    if len(ids) < 3:
        raise Undecided("three instances")
    chosen = sorted({ids[0], ids[len(ids) // 2], ids[-1]})[:2]
    expect_matches(lists, where("id", "IN", chosen), has("id", *chosen), f"id in {chosen}")


@check("ORC-FILT-IN-03")
def text_is_one_of(session: Session) -> None:
    """Filter by all but one of the processIds."""
    lists = Lists(session)
    names = sorted({row["processId"] for row in lists.known().rows})
    if len(names) < 3:
        raise Undecided("instances of three workflows")
    chosen = names[: len(names) - 1]
    expect_matches(
        lists, where("processId", "IN", chosen), has("processId", *chosen), f"processId in {chosen}"
    )


@check("ORC-FILT-IN-04")
def a_value_of_none_changes_nothing(session: Session) -> None:
    """Filter by a processId that there is and one that there is not, in both orders."""
    lists = Lists(session)
    value = find_split(lists.known().rows, "processId")
    for chosen in ([value, "no-such-workflow"], ["no-such-workflow", value]):
        expect_matches(
            lists, where("processId", "IN", chosen), has("processId", value), f"processId in {chosen}"
        )


@check("ORC-FILT-LIKE-01")
def like_takes_asterisks(session: Session) -> None:
    """Filter by the beginning, the middle and the end of a text, with * for the rest."""
    _expect_patterns(session, "*")


@check("ORC-FILT-LIKE-02")
def like_takes_percent_signs(session: Session) -> None:
    """Filter by the beginning, the middle and the end of a text, with % for the rest."""
    _expect_patterns(session, "%")


def _expect_patterns(session: Session, wildcard: str) -> None:
    lists = Lists(session)
    field, value, _ = find_text(session)
    third = max(1, len(value) // 3)
    patterns = (
        value[:-third] + wildcard,
        wildcard + value[third:],
        wildcard + value[1:-1] + wildcard,
        value[:third] + wildcard + value[-third:],
        # A run of characters may be of none.
        wildcard + value + wildcard,
        value[:third] + wildcard + value[third:],
        wildcard.join(("", value[:third], value[third:], "")),
    )
    # Whether LIKE tells capitals from small letters, what _ stands for, and how a wildcard is written as itself, is
    # left open.
    if any(each in value for each in "_*%") or any(
        each.casefold() == value.casefold() for each in _others(lists, field, value)
    ):
        raise Undecided(f"a {field} that fits whatever the case, and without a wildcard or an underscore")
    for pattern in patterns:
        fits = pattern_of(pattern).fullmatch
        expect_matches(
            lists, where(field, "LIKE", pattern), _text_fits(field, fits), f"{field} like {pattern!r}"
        )
    texts = [each.casefold() for each in (value, *_others(lists, field, value))]
    # What a pattern names twice has to be there twice.
    for pattern in (
        value[: third + 1] + wildcard + value[third:],
        wildcard.join(("", value[:third], value[:third], "")),
    ):
        if not any(pattern_of(pattern.casefold()).fullmatch(each) for each in texts):
            found = lists.ask({"filters": where(field, "LIKE", pattern)})
            expect_same([], found.ids, f"the instances with {field} like {pattern!r}", found.exchange)
    # The whole text has to fit: what is open at one end alone is closed at the other.
    inner = value[1:-1]
    if inner.casefold() not in texts:
        found = lists.ask({"filters": where(field, "LIKE", inner)})
        expect_same([], found.ids, f"the instances with {field} like {inner!r}", found.exchange)
    for pattern, is_open_to in ((inner + wildcard, str.startswith), (wildcard + inner, str.endswith)):
        if not any(is_open_to(each, inner.casefold()) for each in texts):
            found = lists.ask({"filters": where(field, "LIKE", pattern)})
            expect_same([], found.ids, f"the instances with {field} like {pattern!r}", found.exchange)


def _text_fits(field: str, fits: Callable[[str], object]) -> Predicate:
    return lambda row: fits(str(row.get(field) or "")) is not None


def _others(lists: Lists, field: str, value: str) -> set[str]:
    return {row[field] for row in lists.known().rows if row.get(field)} - {value}


@check("ORC-FILT-NULL-01")
def is_null_tells_missing_from_present(session: Session) -> None:
    """Filter by whether there is an end."""
    lists = Lists(session)
    expect_matches(lists, where("end", "IS_NULL", True), lambda row: row.get("end") is None, "no end")
    expect_matches(lists, where("end", "IS_NULL", False), lambda row: row.get("end") is not None, "an end")


@check("ORC-FILT-FLOW-01")
def a_workflows_filter_stays_with_the_workflow(session: Session) -> None:
    """Filter one workflow's instances by a state that others' instances are in too."""
    lists = Lists(session)
    rows = lists.known().rows
    for name in sorted({row["processId"] for row in rows}):
        for state in sorted({row["state"] for row in rows if row.get("state") and row["processId"] == name}):
            if any(row["processId"] != name and row.get("state") == state for row in rows):
                _expect_own(lists, name, state)
                return
    raise Undecided("instances of two workflows in one state")


def _expect_own(lists: Lists, name: str, state: str) -> None:
    def ask() -> Listing:
        return Lists(lists.session, name).ask({"filters": where("state", "EQ", state)})

    def compare(whole: Listing, own: Listing) -> None:
        expected = [row["id"] for row in whole.rows if row["processId"] == name and row.get("state") == state]
        expect_same(expected, own.ids, f"the {state} instances of {name}", own.exchange)

    lists.agree(ask, compare)
