"""Unusual inputs, drawn from the input schema of a workflow."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from orchestrator_conformance.reference.overviews.catalogue import load_catalogue
from orchestrator_conformance.session.inputs.generation import sample_inputs
from orchestrator_conformance.session.inputs.unusual import (
    draw_names,
    draw_values,
    is_usual,
    make_up_inputs,
    vary_named_inputs,
)

OPEN: dict[str, Any] = {"type": "object", "properties": {"name": {"type": "string"}}}
CLOSED: dict[str, Any] = {**OPEN, "additionalProperties": False}


def test_the_values_are_drawn_from_the_seed() -> None:
    assert draw_values(1) == draw_values(1)
    first, second = draw_values(1), draw_values(2)
    assert first.keys() == second.keys()
    assert [kind for kind in first if kind.startswith("text") and first[kind] == second[kind]] == []


def test_the_values_contain_what_is_often_lost() -> None:
    values = draw_values(3)
    assert all(each in list(values.values()) for each in (None, False, 0, "", {}, []))
    assert str(int(values["text with leading zeros"])) != values["text with leading zeros"]
    assert any(ord(each) > 0xFFFF for each in values["text outside the basic plane"])
    assert isinstance(values["nested list"][0][1], list)
    assert values["large integer"] == int(float(values["large integer"]))


def test_names_have_dashes_dots_and_spaces() -> None:
    names = draw_names(1)
    assert all(any(each in name for name in names) for each in "-. ")
    assert len({name.casefold() for name in names}) == len(set(names)) - 1


@pytest.mark.parametrize(
    ("schema", "are_allowed"),
    [
        (OPEN, True),
        ({}, True),
        (None, True),
        (CLOSED, False),
        ({**OPEN, "maxProperties": 3}, False),
        ({"type": "no such type"}, False),
    ],
)
def test_inputs_are_made_up_if_the_schema_allows_them(schema: Any, are_allowed: bool) -> None:
    made_up = make_up_inputs(schema, {"name": "a"}, 1)
    assert bool(made_up) is are_allowed
    if are_allowed:
        assert "name" not in made_up
        assert any(is_usual(each) for each in made_up)
        assert not all(is_usual(each) for each in made_up)


def test_made_up_inputs_have_the_types_that_the_schema_allows() -> None:
    made_up = make_up_inputs({**OPEN, "additionalProperties": {"type": "integer"}}, {"name": "a"}, 1)
    assert {type(each) for each in made_up.values()} == {int}


def test_made_up_inputs_differ_only_in_their_values() -> None:
    one, other = make_up_inputs(OPEN, {}, 1, 0), make_up_inputs(OPEN, {}, 1, 1)
    assert one.keys() == other.keys()
    assert one != other


@pytest.mark.parametrize("workflow_id", load_catalogue())
def test_named_inputs_are_varied_along_the_schema(workflow_id: str) -> None:
    schema = load_catalogue()[workflow_id].input_schema
    inputs = sample_inputs(schema, 1)
    assert inputs is not None
    varied = list(vary_named_inputs(schema, inputs, 1, set()))
    assert bool(varied) is bool(inputs)
    assert all(jsonschema_rs.is_valid(schema, each) for each in varied)
    assert [each for each in varied if each == inputs] == []


def test_each_kind_of_value_is_used_once() -> None:
    used: set[str] = set()
    first = list(vary_named_inputs(CLOSED, {"name": "a"}, 1, used))
    second = list(vary_named_inputs(CLOSED, {"name": "a"}, 1, used))
    assert len(first) == len(second) == 3
    assert [each for each in second if each in first] == []
    assert len(used) == 6
