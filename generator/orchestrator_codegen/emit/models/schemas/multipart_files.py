"""Marks the file fields of multipart forms as binary, so that they are `bytes` in the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....api.ir import Api, FormField, Reference
from ....document.load import JSON
from ....document.references import read_component


def mark_files(api: Api, definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions` with the format `binary` set on each form field that is sent as a file."""
    marked = dict(definitions)
    for schema, fields in _iter_forms(api):
        files = {field.name: field.kind for field in fields if field.kind in ("file", "files")}
        if files:
            _mark(marked, schema, files, set())
    return marked


def _iter_forms(api: Api) -> Iterator[tuple[str, tuple[FormField, ...]]]:
    for operation in api.operations:
        contents = [
            operation.body.content if operation.body else None,
            *(each.content for each in operation.responses),
        ]
        for content in contents:
            if content is not None and isinstance(content.type, Reference):
                yield content.type.schema, content.fields


def _mark(marked: dict[str, JSON], name: str, files: Mapping[str, str], seen: set[str]) -> None:
    if name not in seen and name in marked:
        seen.add(name)
        marked[name] = _mark_schema(marked, marked[name], files, seen)


def _mark_schema(marked: dict[str, JSON], schema: JSON, files: Mapping[str, str], seen: set[str]) -> JSON:
    if not isinstance(schema, dict):
        return schema
    component = read_component(schema)
    if component is not None:
        _mark(marked, component[0], files, seen)
        return schema
    changed = dict(schema)
    if isinstance(schema.get("allOf"), list):
        changed["allOf"] = [_mark_schema(marked, part, files, seen) for part in schema["allOf"]]
    if isinstance(schema.get("properties"), dict):
        changed["properties"] = {
            name: _mark_file(each, files.get(name, "")) for name, each in schema["properties"].items()
        }
    return changed


def _mark_file(schema: JSON, kind: str) -> JSON:
    if not kind or not isinstance(schema, dict) or "$ref" in schema:
        return schema
    if kind == "files":
        return {**schema, "items": _mark_file(schema.get("items", {}), "file")}
    return {**{key: each for key, each in schema.items() if key != "contentMediaType"}, "format": "binary"}
