"""Reads schemas into fields: the displayed name of the type, its constraints, and a row for each property."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...document.load import JSON
from ...document.references import follow, read_whole, split_reference
from ..reference import Field, Piece

# The note for each keyword, with the value of the keyword.
_NOTES: Final[Mapping[str, str]] = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "characters: at least {}",
    "maxLength": "characters: at most {}",
    "pattern": "pattern: {}",
    "minItems": "items: at least {}",
    "maxItems": "items: at most {}",
    "minProperties": "properties: at least {}",
    "maxProperties": "properties: at most {}",
    "default": "default: {}",
    "const": "always {}",
}
# The note for each keyword that is true.
_MARKS: Final[Mapping[str, str]] = {
    "uniqueItems": "unique items",
    "readOnly": "only in responses",
    "writeOnly": "only in requests",
    "x-secret": "secret",
}
_DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads the schemas of `data`. `anchors` are the anchors of its component schemas, by name."""

    data: JSON
    anchors: Mapping[str, str]

    def read(self, name: str, schema: JSON, *, is_required: bool = False, description: str = "") -> Field:
        """Return `schema` as one row called `name`. A `description` replaces that of the schema."""
        shown = schema if isinstance(schema, dict) else {}
        return Field(
            name=name,
            type=tuple(self._name_type(schema, 0)),
            description=description or read_text(shown, "description"),
            is_required=is_required,
            is_deprecated=shown.get("deprecated") is True,
            notes=tuple(_list_notes(shown)),
            values=tuple(_list_values(shown)),
        )

    def expand(self, schema: JSON, path: str = "", depth: int = 0) -> Iterator[Field]:
        """Yield a row for each property in `schema`, at any depth. References are not followed."""
        if not isinstance(schema, dict) or depth > _DEEPEST or "$ref" in schema:
            return
        required = schema.get("required") or []
        for name, member in (schema.get("properties") or {}).items():
            inner = f"{path}.{name}" if path else name
            yield self.read(inner, member, is_required=name in required)
            yield from self.expand(member, inner, depth + 1)
        yield from self.expand(schema.get("items"), f"{path}[]", depth + 1)
        others = schema.get("additionalProperties")
        if isinstance(others, dict) and others:
            inner = f"{path}.*" if path else "*"
            yield self.read(inner, others)
            yield from self.expand(others, inner, depth + 1)
        for branch in _read_list(schema, "allOf"):
            yield from self.expand(branch, path, depth + 1)
        for key in ("oneOf", "anyOf"):
            for number, branch in enumerate(_read_list(schema, key), 1):
                yield from self.expand(branch, f"{path} (option {number})".strip(), depth + 1)

    def _name_type(self, schema: JSON, depth: int) -> Iterator[Piece]:
        if not isinstance(schema, dict):
            yield Piece("nothing" if schema is False else "anything")
            return
        component = read_whole(schema)
        if component is not None:
            yield Piece(component, self.anchors.get(component, ""))
        elif "$ref" in schema or depth > _DEEPEST:
            found = {} if depth > _DEEPEST else follow(self.data, split_reference(schema["$ref"]))[1]
            yield from self._name_type(found, depth + 1)
        else:
            yield from self._name_inline(schema, depth)
            if schema.get("nullable") is True:
                yield Piece(" or null")

    def _name_inline(self, schema: dict[str, JSON], depth: int) -> Iterator[Piece]:
        kinds = schema.get("type")
        if kinds == "array":
            items = list(self._name_type(schema.get("items", True), depth + 1))
            is_compound = len(items) > 1 and not items[0].text.startswith(("list of ", "map of "))
            yield Piece("list of (" if is_compound else "list of ")
            yield from items
            yield from [Piece(")")] if is_compound else []
            return
        if (
            kinds == "object"
            and isinstance(schema.get("additionalProperties"), dict)
            and not schema.get("properties")
        ):
            yield Piece("map of ")
            yield from self._name_type(schema["additionalProperties"], depth + 1)
            return
        joins = {"allOf": " and ", "oneOf": " or ", "anyOf": " or "}
        for key, word in joins.items():
            if branches := _read_list(schema, key):
                for index, branch in enumerate(branches):
                    yield from [Piece(word)] if index else []
                    yield from self._name_type(branch, depth + 1)
                return
        yield Piece(_name_kind(schema))


def _name_kind(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type")
    if kinds is None and "properties" in schema:
        kinds = "object"
    if kinds is None and schema.get("enum") and all(isinstance(each, str) for each in schema["enum"]):
        kinds = "string"
    name = " or ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds or "anything")
    written = schema.get("format")
    return f"{name} ({written})" if isinstance(written, str) else name


def _list_notes(schema: Mapping[str, Any]) -> Iterator[str]:
    for key, note in _NOTES.items():
        if key in schema and not isinstance(schema[key], bool | dict | list):
            plain = schema[key] if key == "pattern" else json.dumps(schema[key], ensure_ascii=False)
            yield note.format(plain)
        elif key in ("default", "const") and key in schema:
            yield note.format(json.dumps(schema[key], ensure_ascii=False))
    for key, note in _MARKS.items():
        if schema.get(key) is True:
            yield note
    if schema.get("additionalProperties") is False:
        yield "no other properties"


def _list_values(schema: Mapping[str, Any]) -> Iterator[str]:
    items = schema.get("items")
    found = schema.get("enum") or (items.get("enum") if isinstance(items, dict) else None)
    for value in found if isinstance(found, list) else []:
        yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_list(schema: Mapping[str, Any], key: str) -> list[JSON]:
    found = schema.get(key)
    return found if isinstance(found, list) else []


def read_text(node: Mapping[str, Any], key: str) -> str:
    """Return the string at `key`, or an empty string."""
    found = node.get(key)
    return found.strip() if isinstance(found, str) else ""
