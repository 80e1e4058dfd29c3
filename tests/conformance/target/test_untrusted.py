"""Tests that what is read from the answers of a target is bounded: JSON, schemas, and sources of workflows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from orchestrator_conformance.model.conditions import read_instant
from orchestrator_conformance.session.inputs.generation import list_invalid_inputs, sample_inputs, vary_inputs
from orchestrator_conformance.target.json_reading import NotJson, find_lone_surrogate, read_json
from orchestrator_conformance.target.request_building import quote_segment
from orchestrator_conformance.target.untrusted_schemas import compile_schema, find_schema_problem
from orchestrator_conformance.target.workflow_sources import NotASource, read_source


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\ud800"', "\ufffd"),
        (r'"\udc00\ud800x"', "\ufffd\ufffdx"),
        (r'"\\ud800"', "\\ud800"),
        (r'"\\\ud800"', "\\\ufffd"),
    ],
)
def test_lone_surrogates_are_replaced(text: str, value: str) -> None:
    assert read_json(text.encode()) == value
    assert (find_lone_surrogate(text.encode()) is not None) == ("\ufffd" in value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 201 + "]" * 201, "nested more than 200 levels deep"),
        ('{"a":' * 201 + "1" + "}" * 201, "nested more than 200 levels deep"),
        ("[" * 20_000, "nested more than 200 levels deep"),
        ("7" * 5000, "integer string conversion"),
        ("1e999", "the number 1e999 is out of range"),
        ("-1e999", "the number -1e999 is out of range"),
        ("NaN", "NaN is not JSON"),
    ],
)
def test_json_outside_of_the_limits_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotJson, match=said):
        read_json(text.encode())


@pytest.mark.parametrize(
    "value",
    [json.loads("[" * 200 + "]" * 200), ["["] * 500, "[{" * 500, [{"a": "]"}] * 500, {"a": ['"[' * 300]}],
)
def test_brackets_in_strings_and_siblings_are_not_depth(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


REFERENCES = {f"d{at}": {"allOf": [{"$ref": f"#/$defs/d{at + 1}"}] * 2} for at in range(40)} | {"d40": {}}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "http://127.0.0.1:9/schema"},
        {"$ref": "file:///etc/passwd"},
        {"$id": "http://127.0.0.1:9/", "$ref": "other"},
        {"$schema": "http://127.0.0.1:9/meta"},
        {"$defs": REFERENCES, "$ref": "#/$defs/d0"},
        {"$defs": REFERENCES, "$ref": "#/%24defs/d0"},
        {
            "allOf": [
                {"allOf": [{"$ref": "#/allOf/1"}] * 2},
                {"$defs": REFERENCES, "$ref": "#/allOf/1/$defs/d0"},
            ]
        },
        {"type": 5},
        {"pattern": "("},
        {"const": "\ud800"},
        7,
        None,
    ],
)
def test_a_schema_that_is_unusable_compiles_to_nothing(schema: Any) -> None:
    assert compile_schema(schema) is None
    assert sample_inputs(schema, 0) in (None, {})
    assert vary_inputs(schema, 0) == []
    assert list_invalid_inputs(schema, {"a": 1}) == []


@pytest.mark.parametrize(
    ("schema", "valid", "invalid"),
    [
        ({"type": "object", "properties": {"a": {"$ref": "#"}}}, {"a": {"a": {}}}, {"a": 1}),
        ({"$defs": {"a": {"$anchor": "x", "type": "string"}}, "$ref": "#x"}, "text", 1),
        ({"pattern": "^(?=x)[a-z]*$"}, "xyz", "yz"),
        (True, 1, None),
    ],
)
def test_an_ordinary_schema_decides(schema: Any, valid: Any, invalid: Any) -> None:
    is_valid = compile_schema(schema)
    assert is_valid is not None
    assert is_valid(valid)
    assert schema is True or not is_valid(invalid)
    assert not is_valid("\ud800")


def test_a_pattern_gets_a_limited_number_of_steps() -> None:
    is_valid = compile_schema({"pattern": r"^(?=(a+)+$)(a|aa)+\1$"})
    assert is_valid is not None
    assert not is_valid("a" * 50 + "b")


def test_a_meta_schema_is_not_fetched() -> None:
    assert find_schema_problem({"$schema": "http://127.0.0.1:9/meta", "type": 5}) is None
    assert find_schema_problem({"$schema": ["x"]}) is None
    assert "5" in (find_schema_problem({"type": 5}) or "")


@pytest.mark.parametrize(
    "properties",
    [
        {"a": {"type": "string", "minLength": 10**10}},
        {"a": {"type": "array", "minItems": 10**9}},
        {"a": {"type": "array", "minItems": 1000, "items": {"type": "array", "minItems": 1000}}},
        {"a": {"default": "x" * 60_000}},
        {"a": {"type": "number", "minimum": 10**400, "multipleOf": 0.5, "maximum": 1}},
    ],
)
def test_no_inputs_are_generated_beyond_the_budget(properties: dict[str, Any]) -> None:
    assert sample_inputs({"properties": properties, "required": ["a"]}, 0) is None


def test_what_is_optional_is_left_out_if_it_is_too_large() -> None:
    recursive = {"type": "object", "properties": {f"p{at}": {"$ref": "#"} for at in range(60)}}
    assert sample_inputs(recursive, 0) == {}
    assert vary_inputs({"properties": {"a": True, "b": {"maxLength": 10**10}}}, 0)


def test_a_property_may_be_true() -> None:
    assert list_invalid_inputs({"properties": {"a": True}, "required": ["a"]}, {"a": "x"}) == [
        ("without a", {})
    ]


LAUGHS = "a: &a [x]\n" + "".join(f"{chr(98 + at)}: &{chr(98 + at)} [*{chr(97 + at)}]\n" for at in range(20))


@pytest.mark.parametrize(
    ("text", "notation", "members"),
    [
        (
            "id: a\nversion: 1.10\nstates: [{name: b}]\nname: c\n",
            "yaml",
            {"id": "a", "version": "1.10", "name": "c"},
        ),
        ('{"id": "a", "version": "1"}', "yaml", {"id": "a", "version": "1"}),
        ('{"id": "a", "states": [1]}', "json", {"id": "a", "states": [1]}),
        (LAUGHS + "id: a", "yaml", {"id": "a"}),
        ("? [id]\n: a\nid: b\n*x : c", "yaml", {"id": "b"}),
        ("id: !!python/object/apply:os.system ['exit']", None, {}),
        ("&a id: *a", "yaml", {}),
    ],
)
def test_a_source_is_read_without_its_references(text: str, notation: str | None, members: Any) -> None:
    assert read_source(text, notation) == members


@pytest.mark.parametrize(
    ("text", "notation", "said"),
    [
        ("a: " + "[" * 20_000, "yaml", "nested more than 100 levels deep"),
        ("? " * 20_000, "yaml", "nested more than 100 levels deep"),
        ("- a", "yaml", "YAML that is not an object"),
        ("text", "yaml", "YAML that is not an object"),
        ("", "yaml", "YAML that is not an object"),
        ("a: [", "yaml", "text that is not YAML"),
        ("x" * (1 << 21), "yaml", "text of 2097152 characters"),
        ("[1]", "json", "JSON that is not an object"),
        ("{", "json", "text that is not JSON"),
    ],
)
def test_a_source_that_cannot_be_read_says_why(text: str, notation: str, said: str) -> None:
    with pytest.raises(NotASource, match=said):
        read_source(text, notation)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01T00:00:00Z", "x" * 10_000]
)
def test_an_instant_that_other_zones_do_not_have_is_none(text: str) -> None:
    assert read_instant(text) is None


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("../a", "..%2Fa"),
        ("a?b#c", "a%3Fb%23c"),
        ("\ud800", "%3F"),
        ("a.b", "a.b"),
    ],
)
def test_an_id_stays_one_segment_of_the_path(value: str, segment: str) -> None:
    assert quote_segment(value) == segment
