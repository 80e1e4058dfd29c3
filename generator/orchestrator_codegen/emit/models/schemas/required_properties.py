"""Has an object ask for each property that it requires, also where nothing describes it."""

from __future__ import annotations

from ....document.load import JSON

# Where these stand, a property that is not described has a schema all the same, or none is allowed.
_DESCRIBING = frozenset({"allOf", "patternProperties", "unevaluatedProperties"})


def describe_required(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Return `schema` with a property of any value for each that it requires and does not describe."""
    required = schema.get("required")
    is_object = schema.get("type") == "object" or "properties" in schema
    is_open = schema.get("additionalProperties", True) is True and not schema.keys() & _DESCRIBING
    if not (isinstance(required, list) and is_object and is_open):
        return schema
    described = schema.get("properties") or {}
    missing = [name for name in required if name not in described]
    return {**schema, "properties": {**described, **{name: {} for name in missing}}} if missing else schema
