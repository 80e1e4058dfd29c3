"""Declares each required property that has no schema, so that the model has a field for it."""

from __future__ import annotations

from ....document.load import JSON

# With these keywords, a property without an entry in `properties` may still have a schema, or be forbidden.
_DECLARING = frozenset({"allOf", "patternProperties", "unevaluatedProperties"})


def declare_required(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Return `schema` with a property that accepts any value for each undeclared required property."""
    required = schema.get("required")
    is_object = schema.get("type") == "object" or "properties" in schema
    is_open = schema.get("additionalProperties", True) is True and not schema.keys() & _DECLARING
    if not (isinstance(required, list) and is_object and is_open):
        return schema
    declared = schema.get("properties") or {}
    missing = [name for name in required if name not in declared]
    return {**schema, "properties": {**declared, **{name: {} for name in missing}}} if missing else schema
