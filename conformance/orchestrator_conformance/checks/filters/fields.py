"""Checks of each operator on a single field, against the unfiltered list."""

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
    texts_of,
)
from ...session.session import Session, Undecided, pick
from ..check import check

_HOSTILE = ('"', "'", "\\", "a\nb", '"}) { id } #', "' OR '1'='1", "${jndi}", "\u2603", "*[.]+")


def where(field: str, operator: str, value: Any) -> Row:
    """Return a FieldFilter."""
    return {"field": field, "operator": operator, "value": value}


def find_text(session: Session) -> tuple[str, str, list[Row]]:
    """Return a text field, a value of it that some but not all instances have, and all instances."""
    rows = Lists(session).known().rows
    field = "processName" if len({row.get("processName") for row in rows} - {None}) > 1 else "processId"
    return field, find_split(rows, field), rows


@check("ORC-FILT-EQ-01")
def text_equals(session: Session) -> None:
    """Filter by processId, and by processName if instances differ in it."""
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
    states = sorted(set(texts_of(lists.known().rows, "state")))
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
    """Filter by values that break a query built by string concatenation, and by a value with other whitespace."""
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
def a_part_of_a_value_does_not_match(session: Session) -> None:
    """Filter by a text without its first or last character, and with an additional one."""
    lists = Lists(session)
    field, value, rows = find_text(session)
    for other in {value[:-1], value[1:], f"{value}x"} - {row.get(field) for row in rows} - {""}:
        found = lists.ask({"filters": where(field, "EQ", other)})
        expect_same([], found.ids, f"the instances with {field} {other!r}", found.exchange)


@check("ORC-FILT-IN-01")
def state_is_one_of(session: Session) -> None:
    """Filter by two states."""
    lists = Lists(session)
    states = sorted(set(texts_of(lists.known().rows, "state")))
    if len(states) < 3:
        raise Undecided("instances in three states")
    first = session.seed % len(states)
    chosen = [*states[first:], *states[:first]][:2]
    expect_matches(lists, where("state", "IN", chosen), has("state", *chosen), f"state in {chosen}")


@check("ORC-FILT-IN-02")
def id_is_one_of(session: Session) -> None:
    """Filter by two ids."""
    lists = Lists(session)
    ids = lists.known().ids
    if len(ids) < 3:
        raise Undecided("three instances")
    chosen = sorted({ids[0], ids[len(ids) // 2], ids[-1]})[:2]
    expect_matches(lists, where("id", "IN", chosen), has("id", *chosen), f"id in {chosen}")


@check("ORC-FILT-IN-03")
def text_is_one_of(session: Session) -> None:
    """Filter by all processIds but one."""
    lists = Lists(session)
    names = sorted(set(texts_of(lists.known().rows, "processId")))
    if len(names) < 3:
        raise Undecided("instances of three workflows")
    chosen = names[: len(names) - 1]
    expect_matches(
        lists, where("processId", "IN", chosen), has("processId", *chosen), f"processId in {chosen}"
    )


@check("ORC-FILT-IN-04")
def an_unknown_value_of_in_changes_nothing(session: Session) -> None:
    """Filter by an existing and an unknown processId, in both orders."""
    lists = Lists(session)
    value = find_split(lists.known().rows, "processId")
    for chosen in ([value, "no-such-workflow"], ["no-such-workflow", value]):
        expect_matches(
            lists, where("processId", "IN", chosen), has("processId", value), f"processId in {chosen}"
        )


@check("ORC-FILT-LIKE-01")
def like_accepts_asterisks(session: Session) -> None:
    """Filter by the beginning, the middle and the end of a text, with * for the rest."""
    _expect_patterns(session, "*")


@check("ORC-FILT-LIKE-02")
def like_accepts_percent_signs(session: Session) -> None:
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
        # A run of characters may be empty.
        wildcard + value + wildcard,
        value[:third] + wildcard + value[third:],
        wildcard.join(("", value[:third], value[third:], "")),
    )
    # Whether LIKE is case-sensitive, what _ matches, and how to escape a wildcard is left open.
    if any(each in value for each in "_*%") or any(
        each.casefold() == value.casefold() for each in _others(lists, field, value)
    ):
        raise Undecided(f"a {field} that contains no *, % or _ and differs from all others in more than case")
    for pattern in patterns:
        fits = pattern_of(pattern).fullmatch
        expect_matches(
            lists, where(field, "LIKE", pattern), _text_fits(field, fits), f"{field} like {pattern!r}"
        )
    texts = [each.casefold() for each in (value, *_others(lists, field, value))]
    # A part that the pattern contains twice has to occur twice.
    for pattern in (
        value[: third + 1] + wildcard + value[third:],
        wildcard.join(("", value[:third], value[:third], "")),
    ):
        if not any(pattern_of(pattern.casefold()).fullmatch(each) for each in texts):
            found = lists.ask({"filters": where(field, "LIKE", pattern)})
            expect_same([], found.ids, f"the instances with {field} like {pattern!r}", found.exchange)
    # The whole text has to match: a wildcard at one end does not open the other end.
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
def is_null_distinguishes_missing_from_present(session: Session) -> None:
    """Filter by whether instances have an end."""
    lists = Lists(session)
    expect_matches(lists, where("end", "IS_NULL", True), lambda row: row.get("end") is None, "no end")
    expect_matches(lists, where("end", "IS_NULL", False), lambda row: row.get("end") is not None, "an end")


@check("ORC-FILT-FLOW-01")
def a_filter_on_a_workflow_lists_only_its_instances(session: Session) -> None:
    """Filter the instances of one workflow by a state that instances of other workflows are in too."""
    lists = Lists(session)
    rows = lists.known().rows
    for name in sorted(set(texts_of(rows, "processId"))):
        for state in sorted(
            {row["state"] for row in rows if row.get("state") and row.get("processId") == name}
        ):
            if any(row.get("processId") != name and row.get("state") == state for row in rows):
                _expect_own(lists, name, state)
                return
    raise Undecided("instances of two workflows in the same state")


def _expect_own(lists: Lists, name: str, state: str) -> None:
    def ask() -> Listing:
        return Lists(lists.session, name).ask({"filters": where("state", "EQ", state)})

    def compare(whole: Listing, own: Listing) -> None:
        expected = [
            row["id"] for row in whole.rows if row.get("processId") == name and row.get("state") == state
        ]
        expect_same(expected, own.ids, f"the {state} instances of {name}", own.exchange)

    lists.agree(ask, compare)
