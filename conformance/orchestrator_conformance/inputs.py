"""Draws inputs for a run from the workflow's own input schema."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

_FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "email": "conformance@example.com",
    "uri": "https://example.com/conformance",
    "uuid": "6f1c7a52-0f5b-4d0e-9d0c-3b1f4a2e8c11",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
}


def sample_inputs(schema: Any, seed: int) -> dict[str, Any] | None:
    """Return inputs that satisfy `schema`, with its optional properties too, or None where none could be drawn."""
    if not isinstance(schema, dict) or not schema:
        return {}
    try:
        validator = jsonschema_rs.validator_for(schema)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None
    for is_whole in (True, False):
        value = _sample(schema, schema, seed, is_whole=is_whole)
        if isinstance(value, dict) and validator.is_valid(value):
            return value
    return None


def is_valid(schema: Any, inputs: Any) -> bool:
    """Whether `inputs` satisfy `schema`; not where it cannot be told."""
    if not isinstance(schema, dict) or not schema:
        return True
    try:
        return bool(jsonschema_rs.validator_for(schema).is_valid(inputs))
    except (ValueError, jsonschema_rs.ReferencingError):
        return False


def _sample(schema: Any, root: dict[str, Any], seed: int, *, is_whole: bool, depth: int = 0) -> Any:
    if not isinstance(schema, dict) or depth > 8:
        return f"conformance-{seed}"
    if str(schema.get("$ref", "")).startswith("#/"):
        return _sample(_follow(root, schema["$ref"]), root, seed, is_whole=is_whole, depth=depth + 1)
    for given in ("const", "default"):
        if given in schema:
            return schema[given]
    for given in ("enum", "examples"):
        if schema.get(given):
            return schema[given][seed % len(schema[given])]
    for branches in ("oneOf", "anyOf"):
        if schema.get(branches):
            return _sample(schema[branches][0], root, seed, is_whole=is_whole, depth=depth + 1)
    kind = schema.get("type", "object" if "properties" in schema or "allOf" in schema else "string")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    match kind:
        case "object":
            return _sample_object(schema, root, seed, is_whole=is_whole, depth=depth)
        case "array":
            item = _sample(schema.get("items", {}), root, seed, is_whole=is_whole, depth=depth + 1)
            return [item] * max(int(schema.get("minItems", 0)), 1 if is_whole else 0)
        case "integer" | "number":
            return _sample_number(schema, is_integer=kind == "integer")
        case "boolean":
            return seed % 2 == 0
        case "null":
            return None
        case _:
            return _sample_text(schema, seed)


def _sample_object(
    schema: dict[str, Any], root: dict[str, Any], seed: int, *, is_whole: bool, depth: int
) -> Any:
    value: dict[str, Any] = {}
    for part in schema.get("allOf") or ():
        value |= _sample(part, root, seed, is_whole=is_whole, depth=depth + 1)
    required = schema.get("required") or []
    for name, member in (schema.get("properties") or {}).items():
        if is_whole or name in required:
            value[name] = _sample(member, root, seed, is_whole=is_whole, depth=depth + 1)
    return value


def _sample_number(schema: dict[str, Any], *, is_integer: bool) -> int | float:
    step = schema.get("multipleOf", 1 if is_integer else 0.5)
    low = schema.get("minimum", schema.get("exclusiveMinimum", 1))
    value = low if "exclusiveMinimum" not in schema else low + step
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if high is not None and value > high:
        value = high if "maximum" in schema else high - step
    return int(value) if is_integer else value


def _sample_text(schema: dict[str, Any], seed: int) -> str:
    text = _FORMATS.get(schema.get("format", ""), f"conformance-{seed}")
    text = text.ljust(int(schema.get("minLength", 0)), "x")
    return text[: int(schema["maxLength"])] if "maxLength" in schema else text


def _follow(root: dict[str, Any], reference: str) -> Any:
    node: Any = root
    for part in reference.removeprefix("#/").split("/"):
        node = node.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(node, dict) else {}
    return node
