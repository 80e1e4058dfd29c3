"""Bodies that lack one required part follow from the schema and the examples of a document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import Contract, load_contract, read_contract
from orchestrator_conformance.contract.omissions import list_omissions

CONTRACT = load_contract()


def read_document(schema: dict[str, Any], schemas: dict[str, Any] | None = None, **media: Any) -> Contract:
    body = {"required": True, "content": {"application/json": {"schema": schema, **media}}}
    operation = {"operationId": "save", "requestBody": body, "responses": {"200": {"description": "Saved."}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas or {}},
    }
    return read_contract(json.dumps(document), "test")


def omit(contract: Contract) -> list[tuple[str, Any]]:
    return [(each.missing, each.body) for each in list_omissions(contract, contract.operations["save"])]


THING = {
    "type": "object",
    "required": ["name", "size"],
    "properties": {"name": {"type": "string"}, "size": {"type": "integer", "minimum": 3}},
}
TREE = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "child": {"$ref": "#/components/schemas/Tree"}},
}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param(THING, [("name", {"size": 3}), ("size", {"name": "text"})], id="top level"),
        pytest.param(
            {"type": "object", "properties": {"thing": THING}},
            [("thing/name", {"thing": {"size": 3}}), ("thing/size", {"thing": {"name": "text"}})],
            id="member",
        ),
        pytest.param(
            {"type": "array", "items": THING},
            [("name", [{"size": 3}]), ("size", [{"name": "text"}])],
            id="item",
        ),
        pytest.param(
            {"oneOf": [THING, {"type": "object", "required": ["id"], "properties": {"id": {"enum": ["a"]}}}]},
            [("name", {"size": 3}), ("size", {"name": "text"}), ("id", {})],
            id="alternatives",
        ),
        pytest.param(
            {"$ref": "#/components/schemas/Tree"},
            [("name", {}), ("child/name", {"name": "text", "child": {}})],
            id="recursive",
        ),
        pytest.param(
            {"type": "object", "properties": {"name": {"type": "string"}}}, [], id="nothing required"
        ),
    ],
)
def test_each_required_member_is_left_out_once(
    schema: dict[str, Any], expected: list[tuple[str, Any]]
) -> None:
    assert omit(read_document(schema, {"Tree": TREE})) == expected


def test_a_member_that_another_alternative_does_not_require_is_not_left_out() -> None:
    small = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    assert omit(read_document({"anyOf": [THING, small]})) == [("name", {"size": 3}), ("name", {})]


def test_examples_of_the_document_are_preferred() -> None:
    examples = {"one": {"value": {"name": "orders", "size": 5, "note": "kept"}}}
    assert omit(read_document(THING, examples=examples)) == [
        ("name", {"size": 5, "note": "kept"}),
        ("size", {"name": "orders", "note": "kept"}),
        # Without the note, which no schema requires, it is another object.
        ("name", {"size": 3}),
        ("size", {"name": "text"}),
    ]


def test_an_invalid_example_is_not_used() -> None:
    examples = {"one": {"value": {"name": "orders"}}}
    assert omit(read_document(THING, examples=examples)) == [
        ("name", {"size": 3}),
        ("size", {"name": "text"}),
    ]


@pytest.mark.parametrize("operation_id", ["getInstances", "getWorkflowInstances", "getWorkflowsOverview"])
def test_each_part_of_a_filter_is_left_out(operation_id: str) -> None:
    missing = {each.missing for each in list_omissions(CONTRACT, CONTRACT.operations[operation_id])}
    for part in ("field", "operator", "value", "filters", "nested"):
        assert {f"filters/{part}", f"filters/filters/{part}"} <= missing
    for part in ("field", "operator", "value", "nested"):
        assert f"filters/nested/{part}" in missing


def test_each_body_is_forbidden_and_an_operation_without_a_body_has_none() -> None:
    for operation in CONTRACT.operations.values():
        bodies = [each.body for each in list_omissions(CONTRACT, operation)]
        assert bool(bodies) is (
            operation.body is not None and operation.id != "getWorkflowsOverviewForEntity"
        )
        for body in bodies:
            assert operation.body is not None
            assert CONTRACT.explain(operation.body.schema, body) is not None
