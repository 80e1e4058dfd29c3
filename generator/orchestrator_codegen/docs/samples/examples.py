"""Makes an example of a schema: small, deterministic, and of limited depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ...document.load import JSON
from ...document.references import follow, split_reference
from .example_scalars import count_items, make_number, make_string

# Returned if there is no example, because nothing satisfies the schema or it requires itself.
NO_EXAMPLE: Final = object()

# The depth up to which optional properties are shown. The next depth is tried if an example is too large.
_DEPTHS: Final = (3, 1, 0)
_LARGEST: Final = 1_000


def make_example(data: JSON, schema: JSON, *, is_sent: bool) -> Any:
    """Return a JSON value that `schema` accepts, or `NO_EXAMPLE`. `data` is the document that references refer to."""
    for depth in _DEPTHS:
        try:
            return _Maker(data, "readOnly" if is_sent else "writeOnly", depth).make(schema, 0, frozenset())
        except _TooLarge:
            continue
    return NO_EXAMPLE


def read_own_example(schema: JSON) -> Any:
    """Return the example, first enum value, constant or default of `schema`, or `NO_EXAMPLE`."""
    if "example" in schema:
        return schema["example"]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    return NO_EXAMPLE


class _TooLarge(Exception):
    """An example has more than `_LARGEST` parts."""


@dataclass(slots=True)
class _Maker:
    data: JSON
    hidden: str
    depth: int
    parts: int = field(default=0)

    def make(self, schema: JSON, depth: int, opened: frozenset[str]) -> Any:
        self.parts += 1
        if self.parts > _LARGEST:
            raise _TooLarge
        if not isinstance(schema, dict):
            return {} if schema is True else NO_EXAMPLE
        reference = schema.get("$ref")
        if isinstance(reference, str):
            if reference in opened:
                return NO_EXAMPLE
            _, found = follow(self.data, split_reference(reference))
            return self.make(found, depth, opened | {reference})
        given = read_own_example(schema)
        if given is not NO_EXAMPLE:
            return given
        return self._combine(list(self._make_parts(schema, depth, opened)))

    def _combine(self, parts: list[Any]) -> Any:
        """Return a value for all parts: the union of their properties, or else the first part."""
        if any(each is NO_EXAMPLE for each in parts):
            return NO_EXAMPLE
        if len(parts) > 1 and all(isinstance(each, dict) for each in parts):
            return {name: value for each in parts for name, value in each.items()}
        return parts[0] if parts else {}

    def _make_parts(self, schema: dict[str, JSON], depth: int, opened: frozenset[str]) -> Iterator[Any]:
        for branch in _read_list(schema, "allOf"):
            yield self.make(branch, depth, opened)
        for key in ("oneOf", "anyOf"):
            if branches := _read_list(schema, key):
                made = (self.make(each, depth, opened) for each in branches if not _is_null(each))
                yield next((each for each in made if each is not NO_EXAMPLE), NO_EXAMPLE)
        kind = _read_kind(schema)
        if kind is not None:
            yield self._make_kind(kind, schema, depth, opened)

    def _make_kind(self, kind: str, schema: dict[str, JSON], depth: int, opened: frozenset[str]) -> Any:
        match kind:
            case "object":
                return self._make_object(schema, depth, opened)
            case "array":
                return self._make_array(schema, depth, opened)
            case "string":
                return make_string(schema)
            case "integer" | "number":
                return make_number(schema, is_integer=kind == "integer")
            case "boolean":
                return True
            case _:
                return None

    def _make_object(self, schema: dict[str, JSON], depth: int, opened: frozenset[str]) -> Any:
        required = schema.get("required") or []
        made: dict[str, Any] = {}
        for name, member in (schema.get("properties") or {}).items():
            if name not in required and (depth >= self.depth or self._is_left_out(member)):
                continue
            value = self.make(member, depth + 1, opened)
            if value is not NO_EXAMPLE:
                made[name] = value
            elif name in required:
                return NO_EXAMPLE
        others = schema.get("additionalProperties")
        if not made and isinstance(others, dict) and depth < self.depth:
            value = self.make(others, depth + 1, opened)
            return {} if value is NO_EXAMPLE else {"key": value}
        return made

    def _make_array(self, schema: dict[str, JSON], depth: int, opened: frozenset[str]) -> Any:
        if "items" not in schema:
            return []
        item = self.make(schema["items"], depth, opened)
        if item is NO_EXAMPLE:
            return NO_EXAMPLE if schema.get("minItems") else []
        return [item] * (1 if schema.get("uniqueItems") else count_items(schema))

    def _is_left_out(self, member: JSON) -> bool:
        return isinstance(member, dict) and (
            member.get("deprecated") is True or member.get(self.hidden) is True
        )


def _read_list(schema: dict[str, JSON], key: str) -> list[JSON]:
    found = schema.get(key)
    return found if isinstance(found, list) else []


def _read_kind(schema: dict[str, JSON]) -> str | None:
    """Return the JSON type of `schema`, preferring types other than null, or None if it has none."""
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return next((str(each) for each in kinds if each != "null"), "null")
    if isinstance(kinds, str):
        return kinds
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    return "array" if "items" in schema else None


def _is_null(schema: JSON) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "null"
