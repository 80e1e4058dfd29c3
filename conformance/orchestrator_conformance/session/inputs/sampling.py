"""Generates one value for a JSON Schema of the target, within a budget."""

from __future__ import annotations

import json
from typing import Any, Final

from ...target.untrusted_schemas import follow_pointer

JSON = Any

# The size of a value as JSON text, about: backends refuse requests over a limit that is often 100 kB.
_BUDGET: Final = 50_000
_DEEPEST: Final = 8

_FORMATS: Final = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "email": "conformance@example.com",
    "uri": "https://example.com/conformance",
    "uuid": "6f1c7a52-0f5b-4d0e-9d0c-3b1f4a2e8c11",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
}


def sample(schema: JSON, seed: int, *, is_whole: bool) -> JSON:
    """Return a value that probably satisfies `schema`, with its optional properties if `is_whole`.

    Returns None if the value would exceed the budget, or if the schema is not one.
    """
    try:
        return _Sampler(schema, seed, is_whole=is_whole).draw(schema, 0)
    except Exception:  # The schema is not trusted: any keyword may have any value.
        return None


class _TooLarge(Exception):
    """The value exceeds the budget."""


class _Sampler:
    def __init__(self, root: JSON, seed: int, *, is_whole: bool) -> None:
        self._root = root
        self._seed = seed
        self._is_whole = is_whole
        self._left = _BUDGET

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise _TooLarge

    def draw(self, schema: JSON, depth: int) -> JSON:
        self._spend(1)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return self._text({})
        if str(schema.get("$ref", "")).startswith("#/"):
            return self.draw(follow_pointer(self._root, schema["$ref"]), depth + 1)
        for given in ("const", "default"):
            if given in schema:
                return self._given(schema[given])
        for given in ("enum", "examples"):
            if schema.get(given):
                return self._given(schema[given][self._seed % len(schema[given])])
        for branches in ("oneOf", "anyOf"):
            if schema.get(branches):
                return self.draw(schema[branches][0], depth + 1)
        kind = schema.get("type", "object" if "properties" in schema or "allOf" in schema else "string")
        if isinstance(kind, list):
            kind = next((each for each in kind if each != "null"), "null")
        return self._of_kind(kind, schema, depth)

    def _of_kind(self, kind: str, schema: dict[str, Any], depth: int) -> JSON:
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "integer" | "number":
                return self._number(schema, is_integer=kind == "integer")
            case "boolean":
                return self._seed % 2 == 0
            case "null":
                return None
            case _:
                return self._text(schema)

    def _given(self, value: JSON) -> JSON:
        self._spend(len(json.dumps(value)))
        return value

    def _object(self, schema: dict[str, Any], depth: int) -> JSON:
        value: dict[str, Any] = {}
        for part in schema.get("allOf") or ():
            value |= self.draw(part, depth + 1)
        required = schema.get("required") or []
        for name, member in (schema.get("properties") or {}).items():
            if self._is_whole or name in required:
                self._spend(len(name))
                value[name] = self.draw(member, depth + 1)
        return value

    def _array(self, schema: dict[str, Any], depth: int) -> JSON:
        count = max(int(schema.get("minItems", 0)), 1 if self._is_whole else 0)
        before = self._left
        item = self.draw(schema.get("items", {}), depth + 1)
        self._spend((before - self._left) * max(0, count - 1))
        return [item] * count

    def _number(self, schema: dict[str, Any], *, is_integer: bool) -> int | float:
        step = schema.get("multipleOf", 1 if is_integer else 0.5)
        low = schema.get("minimum", schema.get("exclusiveMinimum", 1))
        value: int | float = low if "exclusiveMinimum" not in schema else low + step
        high = schema.get("maximum", schema.get("exclusiveMaximum"))
        if high is not None and value > high:
            value = high if "maximum" in schema else high - step
        return int(value) if is_integer else value

    def _text(self, schema: dict[str, Any]) -> str:
        text = _FORMATS.get(schema.get("format", ""), f"conformance-{self._seed}")
        shortest = int(schema.get("minLength", 0))
        self._spend(max(shortest, len(text)))
        text = text.ljust(shortest, "x")
        return text[: int(schema["maxLength"])] if "maxLength" in schema else text
