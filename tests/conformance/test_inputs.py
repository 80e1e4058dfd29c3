"""Inputs drawn for a workflow."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from orchestrator_conformance.inputs import sample_inputs
from orchestrator_conformance.reference.catalogue import load_catalogue

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


def test_optional_inputs_are_given_too() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
    }
    assert set(sample_inputs(schema, 0) or ()) == {"a", "b"}


def test_no_schema_takes_no_inputs() -> None:
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
def test_what_cannot_be_drawn_is_not_guessed(schema: dict[str, Any]) -> None:
    assert sample_inputs(schema, 0) is None
