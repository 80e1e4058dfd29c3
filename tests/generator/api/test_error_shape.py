"""The stubs write errors in the shape of the document's error schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from orchestrator_codegen.api.error_shape import find_error_shape
from orchestrator_codegen.api.parse import parse
from orchestrator_codegen.document.load import load

from ..support.documents import PETS, write_document

TEXT: Final = {"type": "string"}
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"

# The media type and the schema of the document's error, the kind of value of each field, and the warning.
SHAPES: Final[dict[str, tuple[str, Any, dict[str, str], str]]] = {
    "message": (JSON, {"properties": {"message": TEXT, "code": TEXT}}, {"message": "message"}, ""),
    "a required string": (
        JSON,
        {"properties": {"error": TEXT, "reason": TEXT}, "required": ["reason"]},
        {"reason": "message"},
        "",
    ),
    "problem": (
        PROBLEM,
        {
            "properties": {"title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
            "required": ["title", "status"],
        },
        {"title": "message", "status": "status"},
        "",
    ),
    "two strings": (
        JSON,
        {"properties": {"name": TEXT, "message": TEXT}, "required": ["name", "message"]},
        {"message": "message", "name": "message"},
        "",
    ),
    "allOf": (
        JSON,
        {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"a": TEXT}}]},
        {"detail": "message"},
        "",
    ),
    "any object": (JSON, {"type": "object"}, {"message": "message"}, ""),
    "anything": (JSON, True, {"message": "message"}, ""),
    "a string": (JSON, TEXT, {"message": "message"}, ""),
    "a required field that stubs cannot fill in": (
        JSON,
        {"properties": {"message": TEXT, "errors": {"type": "array"}}, "required": ["errors"]},
        {"message": "message"},
        "the server stubs cannot write ListPetsResponseDefault as their error: it requires errors",
    ),
}


@pytest.mark.parametrize(("media_type", "schema", "fields", "message"), SHAPES.values(), ids=SHAPES)
def test_the_shape_follows_the_document(
    tmp_path: Path, media_type: str, schema: Any, fields: dict[str, str], message: str
) -> None:
    document = yaml.safe_load(PETS)
    document["components"]["schemas"]["Base"] = {"properties": {"detail": TEXT}, "required": ["detail"]}
    document["paths"]["/pets"]["get"]["responses"]["default"] = {
        "description": "no",
        "content": {media_type: {"schema": schema}},
    }
    api, _ = parse(load(write_document(tmp_path, yaml.safe_dump(document))))
    shape, warnings = find_error_shape(api)
    assert shape.media_type == media_type
    assert {field.name: field.holds for field in shape.fields} == fields
    assert [warning.message for warning in warnings] == ([message] if message else [])


def test_the_fallback_shape_is_a_message(tmp_path: Path) -> None:
    api, _ = parse(load(write_document(tmp_path, PETS)))
    shape, warnings = find_error_shape(api)
    assert (shape.media_type, [field.name for field in shape.fields], warnings) == (JSON, ["message"], ())
