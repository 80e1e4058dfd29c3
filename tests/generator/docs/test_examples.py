"""Made examples are valid for their schemas, and limited in size."""

from __future__ import annotations

import time
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from orchestrator_codegen.docs.samples.examples import NO_EXAMPLE, make_example

TREE = {
    "Tree": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "parent": {"$ref": "#/components/schemas/Tree"},
        },
    },
    "Endless": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
    },
}

# Each schema contains the next twice, so the last would occur 2 ** 40 times.
DOUBLING: dict[str, Any] = {
    f"S{level}": {
        "type": "object",
        "required": ["a", "b"],
        "properties": {name: {"$ref": f"#/components/schemas/S{level + 1}"} for name in "ab"},
    }
    for level in range(40)
} | {"S40": {"type": "string"}}


def make(schema: Any, schemas: Any = TREE, *, is_sent: bool = True) -> Any:
    return make_example({"components": {"schemas": schemas}}, schema, is_sent=is_sent)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 10, "maxLength": 12},
        {"type": "string", "maxLength": 2},
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        {"type": "string", "pattern": "["},
        {"type": "string", "pattern": "^(a+)+$", "minLength": 30},
        {"enum": ["b", "a"]},
        {"const": {"a": 1}},
        {"type": ["null", "integer"], "minimum": 5},
        {"type": "integer", "minimum": 3, "multipleOf": 4},
        {"type": "integer", "exclusiveMinimum": 1},
        {"type": "integer", "maximum": -3},
        {"type": "number", "exclusiveMinimum": 1, "maximum": 1.7},
        {"type": "number", "exclusiveMaximum": 0},
        {"type": "number", "minimum": 0.25, "maximum": 0.5},
        {"type": "array", "minItems": 3, "items": {"type": "boolean"}},
        {"type": "array", "maxItems": 0, "items": {"type": "boolean"}},
        {"type": "array"},
        {"allOf": [{"$ref": "#/components/schemas/Tree"}, {"properties": {"x": {"type": "integer"}}}]},
        {"oneOf": [{"$ref": "#/components/schemas/Endless"}, {"type": "integer"}]},
        {"anyOf": [{"type": "null"}, {"type": "string"}]},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"$ref": "#/components/schemas/Tree"},
        {},
        True,
    ],
)
def test_a_made_example_is_valid(schema: Any) -> None:
    made = make(schema)
    if isinstance(schema, dict) and schema.get("pattern") in ("[", "^(a+)+$"):
        assert isinstance(made, str)  # no string is found for such a pattern
        return
    whole = {**schema, "components": {"schemas": TREE}} if isinstance(schema, dict) else schema
    assert [each.message for each in Draft202012Validator(whole).iter_errors(made)] == []


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"type": "string", "example": "x"}, "x"),
        ({"type": "string", "examples": ["y", "x"]}, "y"),
        ({"type": "integer", "default": 7}, 7),
        ({"type": "string", "format": "uuid"}, "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ({"$ref": "#/components/schemas/Tree"}, {"name": "string", "children": []}),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, 1),
    ],
)
def test_which_example_is_made(schema: Any, made: Any) -> None:
    assert make(schema) == made


@pytest.mark.parametrize("schema", [False, {"$ref": "#/components/schemas/Endless"}, {"not": {}, "enum": []}])
def test_a_schema_without_valid_values_has_no_example(schema: Any) -> None:
    assert make(schema) in (NO_EXAMPLE, {})


def test_read_only_properties_are_not_sent() -> None:
    schema = {
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "pin": {"type": "string", "writeOnly": True},
        }
    }
    assert make(schema) == {"pin": "string"}
    assert make(schema, is_sent=False) == {"id": 1}


def test_an_example_that_is_too_large_is_abandoned() -> None:
    start = time.process_time()
    assert make({"$ref": "#/components/schemas/S0"}, DOUBLING) is NO_EXAMPLE
    assert time.process_time() - start < 2
