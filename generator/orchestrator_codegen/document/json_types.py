"""Says which of JSON Schema's types a value has."""

from __future__ import annotations

from .load import JSON


def is_of_type(value: JSON, wanted: str) -> bool:
    """Say whether `value` is of the type `wanted` (JSON Schema 2020-12, validation, section 6.1.1)."""
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
            return True  # an unknown type is the validator's to report


def list_types(schema: JSON) -> tuple[str, ...]:
    """Return the types that `schema` names itself: none, one, or several as OpenAPI 3.1 has them."""
    kinds = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(kinds, str):
        return (kinds,)
    return tuple(str(kind) for kind in kinds) if isinstance(kinds, list) else ()
