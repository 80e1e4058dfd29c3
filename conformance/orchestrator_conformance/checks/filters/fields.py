"""Checks of each operator on a single field, against the unfiltered list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from ...session.lists.comparing import expect_same
from ...session.lists.instances import STATES, Listing, Lists, Row, texts_of
from ...session.lists.workflow_lists import expect_none_of_an_unknown_workflow, iter_workflow_lists
from ...session.session import Session, Undecided, pick
from ..check import check
from .comparing import expect_decisive, expect_what_satisfies

T = TypeVar("T")

_TEXTS: Final = ("processId", "processName")
_HOSTILE: Final = ('"', "'", "\\", "a\nb", '"}) { id } #', "' OR '1'='1", "${jndi}", "\u2603", "*[.]+")
_UNKNOWN: Final = "no-such-text"
UNKNOWN_ID: Final = "00000000-0000-4000-8000-000000000000"
# How many values of a field are filtered by.
_VALUES: Final = 4
# How many states the list of a workflow is filtered by.
_STATES: Final = 3


def rotate(values: Sequence[T], by: int) -> list[T]:
    """Return the values, beginning with another one."""
    first = by % len(values) if values else 0
    return [*values[first:], *values[:first]]


def where(field: str, operator: str, value: Any) -> Row:
    """Return a FieldFilter."""
    return {"field": field, "operator": operator, "value": value}


def list_texts(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Return the text fields that instances show, with their values, that with the most values first."""
    found = [(field, sorted(set(texts_of(rows, field)))) for field in _TEXTS]
    return sorted((each for each in found if each[1]), key=lambda each: -len(each[1]))


def _require_texts(session: Session) -> tuple[Lists, list[tuple[str, list[str]]]]:
    lists = Lists(session)
    texts = list_texts(lists.known().rows)
    if not texts:
        raise Undecided("instances with a processId or a processName")
    return lists, texts


@check("ORC-FILT-EQ-01")
def text_equals(session: Session) -> None:
    """Filter by values of processId and processName, and by a value that no instance has."""
    lists, texts = _require_texts(session)
    for field, values in texts:
        conditions = [
            where(field, "EQ", each) for each in (*rotate(values, session.seed)[:_VALUES], _UNKNOWN)
        ]
        expect_decisive(lists, conditions, f"instances with a {field}")


@check("ORC-FILT-EQ-02")
def state_equals(session: Session) -> None:
    """Filter by every state."""
    lists = Lists(session)
    if not texts_of(lists.known().rows, "state"):
        raise Undecided("instances with a state")
    expect_decisive(lists, [where("state", "EQ", state) for state in STATES], "instances with a state")


@check("ORC-FILT-EQ-03")
def id_equals(session: Session) -> None:
    """Filter by an id, and by an id that no instance has."""
    lists = Lists(session)
    ids = lists.known().ids
    if not ids:
        raise Undecided("instances")
    wanted = [where("id", "EQ", each) for each in (pick(ids, session.seed), UNKNOWN_ID)]
    expect_decisive(lists, wanted, "instances")


@check("ORC-FILT-EQ-05")
def values_are_data(session: Session) -> None:
    """Filter by values that break a query built by string concatenation, and by a value with other whitespace."""
    lists, texts = _require_texts(session)
    for field, values in texts:
        hostile = [pick(values, session.seed) + each for each in _HOSTILE]
        spaced = next((each for each in values if " " in each), None)
        if spaced is not None:
            hostile += [spaced.replace(" ", "  "), spaced.replace(" ", "\t"), spaced + " "]
        for each in hostile:
            expect_what_satisfies(lists, where(field, "EQ", each))


@check("ORC-FILT-EQ-06")
def a_part_of_a_value_does_not_match(session: Session) -> None:
    """Filter by a text without its first or last character, and with an additional one."""
    lists, texts = _require_texts(session)
    for field, values in texts:
        value = pick(values, session.seed)
        for other in {value[:-1], value[1:], f"{value}x"} - {""}:
            expect_what_satisfies(lists, where(field, "EQ", other))


@check("ORC-FILT-IN-01")
def state_is_one_of(session: Session) -> None:
    """Filter by pairs of states, in which each state is once the first and once the last."""
    lists = Lists(session)
    if not texts_of(lists.known().rows, "state"):
        raise Undecided("instances with a state")
    following = rotate(STATES, 1 + session.seed % (len(STATES) - 1))
    pairs = [[one, other] for one, other in zip(STATES, following, strict=True)]
    expect_decisive(lists, [where("state", "IN", pair) for pair in pairs], "instances with a state")


@check("ORC-FILT-IN-02")
def id_is_one_of(session: Session) -> None:
    """Filter by two ids, by an id and one that no instance has, and by ids that none has."""
    lists = Lists(session)
    ids = lists.known().ids
    if not ids:
        raise Undecided("instances")
    first, middle, last = ids[0], ids[len(ids) // 2], ids[-1]
    # A range from the first to the last id in any order would contain others.
    chosen = [sorted({first, middle, last})[:2], [last, UNKNOWN_ID], [UNKNOWN_ID, middle], [UNKNOWN_ID]]
    expect_decisive(lists, [where("id", "IN", each) for each in chosen], "instances")


@check("ORC-FILT-IN-03")
def text_is_one_of(session: Session) -> None:
    """Filter by all values of processId and processName but one, and by values that no instance has."""
    lists, texts = _require_texts(session)
    for field, values in texts:
        chosen = [values[:-1] or values, [values[0], values[-1]], [f"{_UNKNOWN}-1", f"{_UNKNOWN}-2"]]
        expect_decisive(lists, [where(field, "IN", each) for each in chosen], f"instances with a {field}")


@check("ORC-FILT-IN-04")
def an_unknown_value_of_in_changes_nothing(session: Session) -> None:
    """Filter by an existing and an unknown value of processId and processName, in both orders."""
    lists, texts = _require_texts(session)
    for field, values in texts:
        value = pick(values, session.seed)
        for chosen in ([value, _UNKNOWN], [_UNKNOWN, value], [_UNKNOWN, value, f"{_UNKNOWN}-2"]):
            expect_what_satisfies(lists, where(field, "IN", chosen))


@check("ORC-FILT-NULL-01")
def is_null_distinguishes_missing_from_present(session: Session) -> None:
    """Filter by whether instances have an end."""
    conditions = [where("end", "IS_NULL", asked) for asked in (True, False)]
    expect_decisive(Lists(session), conditions, "instances")


@check("ORC-FILT-FLOW-01")
def a_filter_on_a_workflow_lists_only_its_instances(session: Session) -> None:
    """Filter the instances of several workflows, and those of an unknown one, by the states that instances are in."""
    states = sorted(set(texts_of(Lists(session).known().rows, "state")))
    if not states:
        raise Undecided("instances with a state")
    for own in iter_workflow_lists(session):
        for state in rotate(states, session.seed)[:_STATES]:
            _expect_own(Lists(session), own, state)
    expect_none_of_an_unknown_workflow(session, {"filters": where("state", "EQ", states[0])})


def _expect_own(lists: Lists, own: Lists, state: str) -> None:
    name = own.workflow_id

    def compare(whole: Listing, found: Listing) -> None:
        expected = [
            row["id"] for row in whole.rows if row.get("processId") == name and row.get("state") == state
        ]
        expect_same(expected, found.ids, f"the {state} instances of {name}", found.exchange)

    lists.agree(lambda: own.ask({"filters": where("state", "EQ", state)}), compare)
