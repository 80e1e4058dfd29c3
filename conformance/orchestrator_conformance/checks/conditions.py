"""Filters put together: AND, OR, NOT, and those that reach into an instance's variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from ..instances import Lists, Row, expect_matches, find_split, has
from ..session import Session, Undecided
from . import check
from .filters import where


def _join(operator: str, *filters: Row) -> Row:
    return {"operator": operator, "filters": list(filters)}


def _variable(field: str, *steps: str, value: Any) -> Row:
    # A filter on a variable of the instance, through as many objects as there are steps.
    condition = where([field, *steps][-1], "EQ", value)
    for step in reversed(["variables", *[field, *steps][:-1]]):
        condition = {"field": step, "nested": condition}
    return condition


def _find_pair(rows: list[Row]) -> tuple[str, str]:
    """Return a processId and a state of which each, both, and either pick different sets of instances."""
    names = sorted({row["processId"] for row in rows})
    states = sorted({row["state"] for row in rows if row.get("state")})
    for name, state in product(names, states):
        of_name = {row["id"] for row in rows if row["processId"] == name}
        in_state = {row["id"] for row in rows if row.get("state") == state}
        if (
            of_name & in_state
            and of_name - in_state
            and in_state - of_name
            and len(of_name | in_state) < len(rows)
        ):
            return name, state
    raise Undecided("a workflow and a state that share some instances and not others")


@check("ORC-FILT-AND-01")
def and_narrows(session: Session) -> None:
    """Filter by processId and state at once."""
    _expect_joined(session, "AND", all)


@check("ORC-FILT-AND-02")
def and_takes_one_field_twice(session: Session) -> None:
    """Filter by two sets of states that have one in common."""
    lists = Lists(session)
    states = sorted({row["state"] for row in lists.known().rows if row.get("state")})
    if len(states) < 3:
        raise Undecided("instances in three states")
    one, both, other = states[:3]
    condition = _join("AND", where("state", "IN", [one, both]), where("state", "IN", [both, other]))
    expect_matches(lists, condition, has("state", both), f"a state of {one}, {both} and of {both}, {other}")


@check("ORC-FILT-OR-01")
def or_widens(session: Session) -> None:
    """Filter by processId or state."""
    _expect_joined(session, "OR", any)


def _expect_joined(session: Session, operator: str, join: Callable[[Iterable[bool]], bool]) -> None:
    lists = Lists(session)
    name, state = _find_pair(lists.known().rows)
    condition = _join(operator, where("processId", "EQ", name), where("state", "EQ", state))
    matches = (has("processId", name), has("state", state))
    wanted = f"processId {name} {operator} state {state}"
    expect_matches(lists, condition, lambda row: join(match(row) for match in matches), wanted)


@check("ORC-FILT-NOT-01")
def not_turns_round(session: Session) -> None:
    """Filter by not being in a state."""
    lists = Lists(session)
    state = find_split(lists.known().rows, "state")
    condition = _join("NOT", where("state", "EQ", state))
    expect_matches(lists, condition, lambda row: row.get("state") != state, f"a state other than {state}")


@check("ORC-FILT-TREE-01")
def conditions_nest(session: Session) -> None:
    """Filter by an AND of an OR and a NOT."""
    lists = Lists(session)
    name, state = _find_pair(lists.known().rows)
    condition = _join(
        "AND",
        _join("OR", where("processId", "EQ", name), where("state", "EQ", state)),
        _join("NOT", _join("AND", where("processId", "EQ", name), where("state", "EQ", state))),
    )
    expect_matches(
        lists,
        condition,
        lambda row: (row["processId"] == name) != (row.get("state") == state),
        f"either processId {name} or state {state}, not both",
    )


@check("ORC-FILT-NEST-01")
def variables_hold_the_initiator(session: Session) -> None:
    """Filter by who started the instance."""
    _expect_entity(session, "initiatorEntity")


@check("ORC-FILT-NEST-02")
def variables_hold_the_target(session: Session) -> None:
    """Filter by what the instance was started for."""
    _expect_entity(session, "targetEntity")


def _expect_entity(session: Session, field: str) -> None:
    lists = Lists(session)
    value = find_split(lists.known().rows, field)
    expect_matches(lists, _variable(field, value=value), has(field, value), f"{field} {value}")


@check("ORC-FILT-NEST-03")
def variables_hold_the_inputs(session: Session) -> None:
    """Filter by the value of an input."""
    lists = Lists(session)
    rows = lists.known().rows
    inputs = [_inputs(row) for row in rows]
    names = sorted({name for each in inputs for name, value in each.items() if isinstance(value, str)})
    name = next((each for each in names if len({str(shown.get(each)) for shown in inputs}) > 1), None)
    if name is None:
        raise Undecided("instances that show inputs, and differ in one")
    value = find_split(inputs, name)
    condition = _variable("workflowdata", name, value=value)
    expect_matches(lists, condition, lambda row: _inputs(row).get(name) == value, f"input {name} {value!r}")


def _inputs(row: Row) -> Row:
    shown = row.get("workflowdata")
    return shown if isinstance(shown, dict) else {}
