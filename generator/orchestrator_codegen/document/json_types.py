"""Compares values with the types of JSON Schema."""

from __future__ import annotations

from .load import JSON


def is_of_type(value: JSON, wanted: str) -> bool:
    """Return whether `value` has the type `wanted` (JSON Schema 2020-12, validation, section 6.1.1)."""
    match wanted:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return not isinstance(value, bool) and (
                isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            )
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "null":
            return value is None
        case _:
            return True  # the validator reports unknown types


def list_types(schema: JSON) -> tuple[str, ...]:
    """Return the types in the keyword `type` of `schema`: none, one, or several (OpenAPI 3.1)."""
    kinds = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(kinds, str):
        return (kinds,)
    return tuple(str(kind) for kind in kinds) if isinstance(kinds, list) else ()
