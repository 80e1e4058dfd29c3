"""Checks of nested filters on the variables of an instance."""

from __future__ import annotations

from typing import Final

from ...model.drawing import list_by_field, list_by_input
from ...model.witnesses import list_clauses
from ...session.lists.comparing import expect_value
from ...session.lists.instances import Lists, texts_of
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_decisive
from .drawn import sample_rows
from .logical import variable_filter
from .witnessed import expect_witnesses, joined

_NOBODY: Final = "component:default/no-such-entity"
# How many inputs are filtered by.
_INPUTS: Final = 6


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
    """Filter by values of inputs, and by a value that no instance has."""
    lists = Lists(session)
    rows = lists.known().rows
    by_input = list_by_input(rows)
    if not by_input:
        raise Undecided("instances that show an input whose value is a text")
    for conditions in list(by_input.values())[:_INPUTS]:
        expect_decisive(lists, conditions, "instances that show an input whose value is a text")


@check("ORC-FILT-NEST-04")
def nested_filters_accept_every_text_operator(session: Session) -> None:
    """Filter by the targetEntity with IN, LIKE and IS_NULL."""
    lists = Lists(session)
    values = sorted(set(texts_of(lists.known().rows, "targetEntity")))
    if not values:
        raise Undecided("instances that show a targetEntity")
    value = values[session.seed % len(values)]
    for operator, asked in (
        ("IN", ([value, _NOBODY], [_NOBODY, value], [_NOBODY])),
        ("LIKE", (f"{value[:-1]}*", f"{_NOBODY}*")),
        ("IS_NULL", (True, False)),
    ):
        conditions = [variable_filter("targetEntity", value=each, operator=operator) for each in asked]
        expect_decisive(lists, conditions, "instances that show a targetEntity")


@check("ORC-FILT-NEST-05")
def nested_filters_combine_with_others(session: Session) -> None:
    """Filter by the targetEntity combined with a condition on a field, with AND and with OR."""
    lists = Lists(session)
    rows = sample_rows(lists)
    values = sorted(set(texts_of(rows, "targetEntity")))
    if not values:
        raise Undecided("instances that show a targetEntity")
    nested = list_clauses((variable_filter("targetEntity", value=each) for each in (*values, _NOBODY)), rows)
    by_field = list_by_field(rows, session.claims.allows)
    kinds = [by_field.get("state", []), [each for field in by_field.values() for each in field]]
    choices = [[nested, list_clauses(kind, rows)][::order] for kind in kinds for order in (1, -1)]
    for operator in ("AND", "OR"):
        expect_witnesses(lists, rows, joined(operator), choices)
