"""Checks of AND, OR and NOT, and of nested filters on the variables of an instance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product
from typing import Any

from ...session.instances import (
    Lists,
    Predicate,
    Row,
    expect_matches,
    expect_value,
    find_split,
    has,
    texts_of,
)
from ...session.session import Session, Undecided
from ..check import check
from .fields import where


def combine(operator: str, *filters: Row) -> Row:
    """Return a LogicalFilter."""
    return {"operator": operator, "filters": list(filters)}


def variable_filter(field: str, *steps: str, value: Any, operator: str = "EQ") -> Row:
    """Return a NestedFilter on a variable of an instance; each of the `steps` descends one more level."""
    condition = where([field, *steps][-1], operator, value)
    for step in reversed(["variables", *[field, *steps][:-1]]):
        condition = {"field": step, "nested": condition}
    return condition


def _find_pair(rows: list[Row]) -> tuple[str, str]:
    """Return a processId and a state such that each alone, both and either select different sets of instances."""
    names = sorted(set(texts_of(rows, "processId")))
    states = sorted(set(texts_of(rows, "state")))
    for name, state in product(names, states):
        of_name = {row["id"] for row in rows if row.get("processId") == name}
        in_state = {row["id"] for row in rows if row.get("state") == state}
        if (
            of_name & in_state
            and of_name - in_state
            and in_state - of_name
            and len(of_name | in_state) < len(rows)
        ):
            return name, state
    raise Undecided("a workflow and a state that have some, but not all, instances in common")


@check("ORC-FILT-AND-01")
def and_narrows(session: Session) -> None:
    """Filter by processId and state."""
    _expect_joined(session, "AND", all)


@check("ORC-FILT-AND-02")
def and_accepts_one_field_twice(session: Session) -> None:
    """Filter by two sets of states that have one in common."""
    lists = Lists(session)
    states = sorted(set(texts_of(lists.known().rows, "state")))
    if len(states) < 3:
        raise Undecided("instances in three states")
    one, both, other = states[:3]
    condition = combine("AND", where("state", "IN", [one, both]), where("state", "IN", [both, other]))
    expect_matches(lists, condition, has("state", both), f"a state of {one}, {both} and of {both}, {other}")


@check("ORC-FILT-OR-01")
def or_widens(session: Session) -> None:
    """Filter by processId or state."""
    _expect_joined(session, "OR", any)


def _expect_joined(session: Session, operator: str, join: Callable[[Iterable[bool]], bool]) -> None:
    lists = Lists(session)
    name, state = _find_pair(lists.known().rows)
    condition = combine(operator, where("processId", "EQ", name), where("state", "EQ", state))
    matches = (has("processId", name), has("state", state))
    expect_matches(
        lists, condition, partial(_joined, join, matches), f"processId {name} {operator} state {state}"
    )


@check("ORC-FILT-NOT-01")
def not_excludes(session: Session) -> None:
    """Filter by the negation of a state."""
    lists = Lists(session)
    state = find_split(lists.known().rows, "state")
    condition = combine("NOT", where("state", "EQ", state))
    expect_matches(lists, condition, lambda row: row.get("state") != state, f"a state other than {state}")


@check("ORC-FILT-NOT-02")
def not_negates_and_and_or(session: Session) -> None:
    """Filter by the NOT of an AND, and of an OR."""
    lists = Lists(session)
    name, state = _find_pair(lists.known().rows)
    parts = (where("processId", "EQ", name), where("state", "EQ", state))
    matches = (has("processId", name), has("state", state))
    for operator, join in (("AND", all), ("OR", any)):
        expect_matches(
            lists,
            combine("NOT", combine(operator, *parts)),
            partial(_matches_none, join, matches),
            f"not (processId {name} {operator} state {state})",
        )


def _matches_none(join: Callable[[Iterable[bool]], bool], matches: Sequence[Predicate], row: Row) -> bool:
    return not _joined(join, matches, row)


@check("ORC-FILT-TREE-01")
def logical_filters_nest(session: Session) -> None:
    """Filter by an AND of an OR and a NOT."""
    lists = Lists(session)
    name, state = _find_pair(lists.known().rows)
    condition = combine(
        "AND",
        combine("OR", where("processId", "EQ", name), where("state", "EQ", state)),
        combine("NOT", combine("AND", where("processId", "EQ", name), where("state", "EQ", state))),
    )
    expect_matches(
        lists,
        condition,
        lambda row: (row.get("processId") == name) != (row.get("state") == state),
        f"either processId {name} or state {state}, not both",
    )


@check("ORC-FILT-NEST-01")
def nested_filters_reach_the_initiator(session: Session) -> None:
    """Filter by the initiatorEntity, the user who started the instance."""
    _expect_entity(session, "initiatorEntity")


@check("ORC-FILT-NEST-02")
def nested_filters_reach_the_target(session: Session) -> None:
    """Filter by the targetEntity, the entity that the instance was started for."""
    _expect_entity(session, "targetEntity")


def _expect_entity(session: Session, field: str) -> None:
    expect_value(
        Lists(session),
        lambda value: variable_filter(field, value=value),
        field,
        "user:default/no-such-entity",
    )


@check("ORC-FILT-NEST-03")
def nested_filters_reach_the_inputs(session: Session) -> None:
    """Filter by the value of an input."""
    lists = Lists(session)
    rows = lists.known().rows
    inputs = [_inputs(row) for row in rows]
    names = sorted({name for each in inputs for name, value in each.items() if isinstance(value, str)})
    name = next((each for each in names if len({str(shown.get(each)) for shown in inputs}) > 1), None)
    if name is None:
        raise Undecided("instances that show inputs and differ in one of them")
    value = find_split(inputs, name)
    condition = variable_filter("workflowdata", name, value=value)
    expect_matches(lists, condition, lambda row: _inputs(row).get(name) == value, f"input {name} {value!r}")


@check("ORC-FILT-NEST-04")
def nested_filters_accept_every_text_operator(session: Session) -> None:
    """Filter by the targetEntity with IN, LIKE and IS_NULL."""
    lists = Lists(session)
    rows = lists.known().rows
    value = find_split(rows, "targetEntity")
    whole, start = [value, "component:default/no-such-entity"], value[:-1]
    expect_matches(
        lists,
        variable_filter("targetEntity", value=whole, operator="IN"),
        has("targetEntity", value),
        f"targetEntity in {whole}",
    )
    expect_matches(
        lists,
        variable_filter("targetEntity", value=f"{start}*", operator="LIKE"),
        lambda row: str(row.get("targetEntity") or "").startswith(start),
        f"targetEntity like {start}*",
    )
    if all(row.get("targetEntity") for row in rows):
        raise Undecided("instances without a targetEntity")
    for is_null in (True, False):
        expect_matches(
            lists,
            variable_filter("targetEntity", value=is_null, operator="IS_NULL"),
            partial(_has_no_target, is_null),
            "no targetEntity" if is_null else "a targetEntity",
        )


def _has_no_target(is_null: bool, row: Row) -> bool:
    return (row.get("targetEntity") is None) == is_null


@check("ORC-FILT-NEST-05")
def nested_filters_combine_with_others(session: Session) -> None:
    """Filter by the targetEntity combined with a state, with AND and with OR."""
    lists = Lists(session)
    rows = lists.known().rows
    value = find_split(rows, "targetEntity")
    states = sorted({row["state"] for row in rows if row.get("state") and row.get("targetEntity") == value})
    nested = variable_filter("targetEntity", value=value)
    for state in states[:2]:
        plain = where("state", "EQ", state)
        matches = (has("targetEntity", value), has("state", state))
        for operator, join in (("AND", all), ("OR", any)):
            condition = combine(operator, nested, plain)
            fits = partial(_joined, join, matches)
            expect_matches(lists, condition, fits, f"targetEntity {value} {operator} state {state}")


def _joined(join: Callable[[Iterable[bool]], bool], matches: Sequence[Predicate], row: Row) -> bool:
    return join(match(row) for match in matches)


def _inputs(row: Row) -> Row:
    shown = row.get("workflowdata")
    return shown if isinstance(shown, dict) else {}
