"""Variations of inputs differ in one value, satisfy the schema, and start with the choices."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from orchestrator_conformance.reference.overviews.catalogue import load_catalogue
from orchestrator_conformance.reference.overviews.workflow import Workflow
from orchestrator_conformance.session.inputs.generation import is_valid, sample_inputs
from orchestrator_conformance.session.inputs.variations import iter_variations


def describe(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("schema", "inputs", "expected"),
    [
        pytest.param(
            describe(size={"enum": ["s", "m", "l"]}), {"size": "s"}, {"size": ["m", "l"]}, id="choices"
        ),
        pytest.param(describe(dry={"type": "boolean"}), {"dry": True}, {"dry": [False]}, id="boolean"),
        pytest.param(
            describe(n={"type": "integer", "minimum": 2, "maximum": 9}), {"n": 3}, {"n": [2, 9]}, id="limits"
        ),
        pytest.param(
            describe(n={"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.25}),
            {"n": 3},
            {"n": [0.25, 0.5]},
            id="exclusive limit",
        ),
        pytest.param(
            describe(t={"type": "string", "examples": ["a"], "default": "b"}),
            {"t": "c"},
            {"t": ["a", "b", ""]},
            id="examples, default and unusual texts",
        ),
        pytest.param(
            describe(t={"type": ["string", "null"], "minLength": 4}), {"t": "text"}, {"t": [None]}, id="null"
        ),
        pytest.param(
            describe(v={"oneOf": [{"enum": ["a"]}, {"enum": ["b"]}]}),
            {"v": "a"},
            {"v": ["b"]},
            id="alternatives",
        ),
        pytest.param(
            {**describe(v={"$ref": "#/$defs/v"}), "$defs": {"v": {"enum": ["a", "b"]}}},
            {"v": "a"},
            {"v": ["b"]},
            id="reference",
        ),
        pytest.param(
            describe(o=describe(mode={"enum": ["a", "b"]})),
            {"o": {"mode": "a"}},
            {"o": [{"mode": "b"}, {}]},
            id="nested object",
        ),
        pytest.param(
            describe(l={"type": "array", "items": {"enum": ["a", "b"]}}),
            {"l": ["a", "a"]},
            {"l": [["b", "a"], []]},
            id="list",
        ),
    ],
)
def test_a_value_is_replaced_by(
    schema: dict[str, Any], inputs: dict[str, Any], expected: dict[str, list[Any]]
) -> None:
    varied = [*iter_variations(schema, inputs)]
    for name, values in expected.items():
        assert [value for value in values if {**inputs, name: value} not in varied] == []


def test_an_optional_value_is_left_out_and_a_required_one_is_not() -> None:
    schema = {**describe(a={"enum": [1]}, b={"enum": [1]}), "required": ["a"]}
    assert [*iter_variations(schema, {"a": 1, "b": 1})] == [{"a": 1}]


def test_choices_come_first_and_those_of_different_inputs_in_turn() -> None:
    schema = describe(t={"type": "string"}, one={"enum": [1, 2, 3]}, two={"enum": [1, 2, 3]})
    inputs = {"t": "x", "one": 1, "two": 1}
    found = [
        {name: each[name] for name in ("one", "two")} for each in islice(iter_variations(schema, inputs), 4)
    ]
    assert found == [{"one": 2, "two": 1}, {"one": 1, "two": 2}, {"one": 3, "two": 1}, {"one": 1, "two": 3}]


@pytest.mark.parametrize("workflow", load_catalogue().values(), ids=lambda workflow: workflow.id)
def test_each_variation_is_valid_and_different(workflow: Workflow) -> None:
    inputs = sample_inputs(workflow.input_schema, 1)
    assert inputs is not None
    varied = [*iter_variations(workflow.input_schema, inputs)]
    assert bool(varied) is bool(workflow.input_schema)
    for number, each in enumerate(varied):
        assert each != inputs
        assert each not in varied[:number]
        assert is_valid(workflow.input_schema, each)


@pytest.mark.parametrize("schema", [None, {}, True, {"type": "object", "properties": None}])
def test_without_a_usable_schema_there_are_no_variations(schema: Any) -> None:
    assert [*iter_variations(schema, {"a": 1})] == []
