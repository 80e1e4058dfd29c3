"""Replaces an `allOf` with a single reference by that reference, unless it refers to an object.

OpenAPI 3.0 ignores the siblings of a `$ref`, so documents wrap it in `allOf` to add a default or a description.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .load import JSON
from .references import read_component, read_whole
from .schema_walk import map_schemas

# Keywords that do not affect which values a schema allows.
REMARKS: Final = frozenset(
    {
        "description",
        "title",
        "example",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$comment",
    }
)


def unwrap_single_refs(definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas by name, with each `allOf` around a single non-object reference removed."""

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        part = find_single_ref(schema)
        if part is None or _is_object(part, definitions, frozenset()):
            return schema
        rest = {key: value for key, value in schema.items() if key not in ("allOf", "nullable")}
        if schema.get("nullable") is True:
            return {**rest, "anyOf": [part, {"type": "null"}]}
        return {**part, **rest}

    return {name: map_schemas(definition, change) for name, definition in definitions.items()}


def find_single_ref(schema: Mapping[str, JSON]) -> dict[str, Any] | None:
    """Return the single reference that `schema` consists of, apart from annotations and null, or None."""
    parts = schema.get("allOf")
    if not (isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], dict)):
        return None
    if parts[0].keys() != {"$ref"} or schema.keys() - REMARKS - {"allOf", "nullable"}:
        return None
    return parts[0] if read_whole(parts[0]) is not None else None


def _is_object(schema: Any, definitions: Mapping[str, JSON], seen: frozenset[str]) -> bool:
    """Return whether `schema` describes objects, directly or by reference. Those get their own classes."""
    if not isinstance(schema, dict):
        return True
    component = read_component(schema)
    if component is not None:
        name = component[0]
        return name in seen or _is_object(definitions.get(name), definitions, seen | {name})
    part = find_single_ref(schema)
    if part is not None:
        return _is_object(part, definitions, seen)
    kinds = schema.get("type")
    is_scalar = kinds in ("string", "integer", "number", "boolean", "array")
    return not (is_scalar or "enum" in schema or "const" in schema)
