"""Inputs generated for a workflow."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from orchestrator_conformance.reference.overviews.catalogue import load_catalogue
from orchestrator_conformance.reference.overviews.workflow import Workflow
from orchestrator_conformance.session.inputs.generation import list_invalid_inputs, sample_inputs, vary_inputs

ADDRESS = {"type": "object", "properties": {"street": {"type": "string"}}, "required": ["street"]}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 3, "maximum": 4}}},
        {"type": "object", "properties": {"n": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.25}}},
        {"type": "object", "properties": {"n": {"type": "number", "multipleOf": 0.5, "exclusiveMaximum": 1}}},
        {"type": "object", "properties": {"s": {"type": "string", "minLength": 30}}, "required": ["s"]},
        {"type": "object", "properties": {"s": {"type": "string", "maxLength": 2}}, "required": ["s"]},
        {
            "type": "object",
            "properties": {"s": {"enum": ["a", "b"]}, "c": {"const": 7}},
            "required": ["s", "c"],
        },
        {"type": "object", "properties": {"d": {"type": "string", "format": "date"}}},
        {
            "type": "object",
            "properties": {"l": {"type": "array", "items": {"type": "boolean"}, "minItems": 2}},
        },
        {"type": "object", "properties": {"o": {"oneOf": [{"type": "integer"}, {"type": "string"}]}}},
        {"type": "object", "properties": {"n": {"type": ["null", "string"]}}},
        {"allOf": [ADDRESS, {"properties": {"zip": {"type": "string"}}, "required": ["zip"]}]},
        {"properties": {"home": {"$ref": "#/definitions/address"}}, "definitions": {"address": ADDRESS}},
        *(workflow.input_schema for workflow in load_catalogue().values()),
    ],
)
def test_inputs_satisfy_their_schema(schema: dict[str, Any], seed: int) -> None:
    inputs = sample_inputs(schema, seed)
    assert inputs is not None
    assert jsonschema_rs.is_valid(schema, inputs) or schema == {}


def test_optional_inputs_are_included() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
    }
    assert set(sample_inputs(schema, 0) or ()) == {"a", "b"}


def test_without_a_schema_there_are_no_inputs() -> None:
    assert sample_inputs({}, 0) == {}
    assert sample_inputs(None, 0) == {}


@pytest.mark.parametrize(
    "schema",
    [
        {
            "type": "object",
            "properties": {"s": {"type": "string", "pattern": "^[0-9]{5}$"}},
            "required": ["s"],
        },
        {"type": "array"},
        {"$ref": "https://example.com/elsewhere.json"},
    ],
)
def test_no_inputs_are_guessed_for_an_unsupported_schema(schema: dict[str, Any]) -> None:
    assert sample_inputs(schema, 0) is None


@pytest.mark.parametrize("workflow", load_catalogue().values(), ids=lambda workflow: workflow.id)
def test_varied_inputs_satisfy_their_schema(workflow: Workflow) -> None:
    varied = vary_inputs(workflow.input_schema, 1)
    assert all(jsonschema_rs.is_valid(workflow.input_schema, each) for each in varied)
    assert [each for number, each in enumerate(varied) if each in varied[:number]] == []
    assert bool(varied) is bool(workflow.input_schema)


def test_varied_inputs_reach_the_limits() -> None:
    schema = {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "minimum": 2, "maximum": 9},
            "f": {"type": "number"},
            "s": {"type": "string", "maxLength": 12},
            "b": {"type": "boolean"},
            "l": {"type": "array", "items": {"type": "string"}},
            "e": {"enum": ["x", "y"]},
            "d": {"type": "string", "format": "date"},
            "o": {"type": "object", "properties": {"b": {"type": "boolean"}}, "required": ["b"]},
        },
        "required": ["n"],
    }
    bare, low, high, odd = vary_inputs(schema, 0)
    day = {"d": "2026-01-31"}
    assert bare == {"n": 2}
    assert low == {"n": 2, "f": 0, "s": "", "b": False, "l": [], "e": "x", "o": {"b": False}, **day}
    assert {**high, "l": len(high["l"])} == {
        **{"n": 9, "f": 1000, "s": "long text, x", "b": True, "l": 3, "e": "y", "o": {"b": True}},
        **day,
    }
    assert {"f": odd["f"], "l": odd["l"], "b": odd["b"]} == {"f": 0, "l": [], "b": False}
    assert not odd["s"].isascii()


def test_varied_inputs_satisfy_keywords_on_the_whole_schema() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "not": {"properties": {"a": {"const": 0}}},
    }
    assert [each["a"] for each in vary_inputs(schema, 0) if each.get("a") == 0] == []


def test_invalid_inputs_violate_their_schema() -> None:
    schema = load_catalogue()["request-access"].input_schema
    inputs = sample_inputs(schema, 0)
    assert inputs is not None
    invalid = list_invalid_inputs(schema, inputs)
    assert not any(jsonschema_rs.is_valid(schema, each) for _, each in invalid)
    assert [description for description, _ in invalid] == [
        "with days of the wrong type",
        "with reason of the wrong type",
        "with role of the wrong type",
        "with role set to an unknown choice",
        "with system of the wrong type",
        "without days",
        "without role",
        "without system",
    ]


def test_a_schema_that_accepts_anything_has_no_invalid_inputs() -> None:
    assert list_invalid_inputs({}, {"a": 1}) == []
    assert list_invalid_inputs({"type": "object", "properties": {"a": {}}}, {"a": 1}) == []
