"""A value is read along its schema as far as possible."""

from __future__ import annotations

from typing import Any

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.shaping import ABSENT, needs_content, shape_value

_DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Row": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "end": {"type": "string"},
                    "note": {"type": ["string", "null"]},
                    "state": {"$ref": "#/components/schemas/State"},
                    "count": {"type": "integer"},
                    "is_up": {"type": "boolean"},
                    "data": {"type": "object", "additionalProperties": True},
                },
            },
            "State": {"type": "string", "enum": ["ACTIVE", "COMPLETED"]},
            "Rows": {
                "type": "object",
                "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
                    "page": {"type": "object", "properties": {"size": {"type": "integer"}}},
                },
            },
            "Extended": {
                "allOf": [
                    {"$ref": "#/components/schemas/Row"},
                    {"properties": {"extra": {"type": "integer"}}, "required": ["extra"]},
                ]
            },
            "Either": {"oneOf": [{"type": "string"}, {"type": "object"}]},
        }
    }
}


def _shape(name: str, value: Any) -> Any:
    return shape_value(_DOCUMENT, {"$ref": f"#/components/schemas/{name}"}, value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("Row", {"id": "a", "end": None}, {"id": "a"}, id="null that is not allowed"),
        pytest.param("Row", {"id": "a", "note": None}, {"id": "a", "note": None}, id="null that is allowed"),
        pytest.param("Row", {"id": 17}, {"id": "17"}, id="number for a string"),
        pytest.param("Row", {"id": True}, {}, id="boolean for a string"),
        pytest.param("Row", {"count": "12"}, {"count": 12}, id="text of a number"),
        pytest.param("Row", {"count": 3.0}, {"count": 3.0}, id="integral number"),
        pytest.param("Row", {"count": "many"}, {}, id="text for a number"),
        pytest.param("Row", {"is_up": "true"}, {"is_up": True}, id="text of a boolean"),
        pytest.param("Row", {"is_up": 1}, {}, id="number for a boolean"),
        pytest.param("Row", {"state": "Completed"}, {"state": "COMPLETED"}, id="enum in another case"),
        pytest.param("Row", {"state": "PAUSED"}, {"state": "PAUSED"}, id="unknown enum value"),
        pytest.param("Row", {"data": {"a": None}}, {"data": {"a": None}}, id="null in free-form data"),
        pytest.param("Row", {"made up": None}, {"made up": None}, id="undeclared property"),
        pytest.param("Rows", [], {"items": []}, id="list for the object that holds it"),
        pytest.param("Rows", [{"id": "a"}], {"items": [{"id": "a"}]}, id="rows without their object"),
        pytest.param("Rows", {"items": None}, {}, id="null for a list"),
        pytest.param("Rows", {"items": ["x", {"id": "a"}]}, {"items": [{"id": "a"}]}, id="one bad row"),
        pytest.param("Rows", {"page": {"size": None}}, {"page": {}}, id="nested null"),
        pytest.param("Rows", "text", ABSENT, id="text for an object"),
        pytest.param("Row", [], ABSENT, id="list for an object without a list"),
        pytest.param("Extended", {"end": None, "extra": "1"}, {"extra": 1}, id="allOf"),
        pytest.param("Either", 7, 7, id="oneOf is not decided"),
    ],
)
def test_values_are_read_as_far_as_possible(name: str, value: Any, expected: Any) -> None:
    assert _shape(name, value) == expected or _shape(name, value) is expected


def test_a_conforming_answer_is_not_changed() -> None:
    contract = load_contract()
    row = {
        "id": "a",
        "processId": "p",
        "nodes": [{"id": "1", "exit": "2026-01-01T00:00:00Z"}],
        "workflowdata": {"result": {"x": None, "n": 1.5}},
        "state": "ACTIVE",
    }
    answer = {"items": [row], "paginationInfo": {"pageSize": 1, "offset": 0}, "totalCount": 3}
    (media,) = contract.operations["getInstances"].answers["200"]
    assert shape_value(contract.document, media.schema, answer) == answer


@pytest.mark.parametrize(
    ("name", "is_needed"), [("Row", True), ("Rows", False), ("Extended", True), ("State", True)]
)
def test_content_is_needed_if_something_is_required(name: str, is_needed: bool) -> None:
    assert needs_content(_DOCUMENT, {"$ref": f"#/components/schemas/{name}"}) is is_needed
