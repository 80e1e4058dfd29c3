"""Reads a JSON value along its documented schema as far as possible, whether or not it conforms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .contract import follow

JSON = Any

# The result for a value that cannot be read as its schema describes it.
ABSENT: Final = object()

_DEEPEST: Final = 60


@dataclass(frozen=True, slots=True)
class _Shape:
    """The parts of a schema that decide how a value is read, with `$ref` and `allOf` resolved."""

    kinds: tuple[str, ...] = ()
    properties: Mapping[str, JSON] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    items: JSON = True
    additional: JSON = True
    values: tuple[JSON, ...] = ()


def shape_value(document: JSON, schema: JSON, value: JSON) -> JSON:
    """Return `value` with every declared part in the documented JSON type, or `ABSENT` if that is impossible.

    - null in a declared place that does not allow null is absent, and so is a value of another JSON type. A number in
      place of a string, and the text of a number or a boolean, are converted.
    - A string that differs from exactly one value of an enum in case only is that value. Any other is kept.
    - A list in place of an object with a single list property is that list.
    - Items of a list that cannot be read are dropped.

    Undeclared properties are kept as they are. So are values whose schema is a `oneOf` or an `anyOf`.
    """
    return _read(_Shapes(document), schema, value, 0)


def needs_content(document: JSON, schema: JSON) -> bool:
    """Whether `schema` requires content: it is not an object, or it has required properties."""
    shape = _shape_of(document, schema, 0)
    return shape.kinds != ("object",) or bool(shape.required)


def list_required_of_items(document: JSON, schema: JSON, name: str) -> tuple[str, ...]:
    """Return the names that every item of the list property `name` must have."""
    listed = _shape_of(document, _shape_of(document, schema, 0).properties.get(name, True), 0)
    return _shape_of(document, listed.items, 0).required


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The shapes of the schemas of one document, each computed once."""

    document: JSON
    known: dict[int, _Shape] = field(default_factory=dict)

    def find(self, schema: JSON) -> _Shape:
        """Return the shape of a schema, which must live as long as this object."""
        if id(schema) not in self.known:
            self.known[id(schema)] = _shape_of(self.document, schema, 0)
        return self.known[id(schema)]


def _read(shapes: _Shapes, schema: JSON, value: JSON, depth: int) -> JSON:
    shape = shapes.find(schema)
    if depth > _DEEPEST or not shape.kinds:
        return value
    if not _is_of(shape.kinds, value):
        value = _convert(shape, value, shapes)
        if value is ABSENT:
            return ABSENT
    match value:
        case dict():
            return _read_object(shapes, shape, value, depth)
        case list():
            read = [_read(shapes, shape.items, each, depth + 1) for each in value]
            return [each for each in read if each is not ABSENT]
        case str() if shape.values:
            return _match_case(shape.values, value)
        case _:
            return value


def _read_object(shapes: _Shapes, shape: _Shape, value: dict[str, JSON], depth: int) -> dict[str, JSON]:
    found = {}
    for name, each in value.items():
        schema = shape.properties.get(name, shape.additional)
        read = _read(shapes, schema, each, depth + 1)
        if read is not ABSENT:
            found[name] = read
    return found


def _convert(shape: _Shape, value: JSON, shapes: _Shapes) -> JSON:
    match value:
        case list() if "object" in shape.kinds:
            names = [name for name, each in shape.properties.items() if shapes.find(each).kinds == ("array",)]
            return {names[0]: value} if len(names) == 1 else ABSENT
        case bool() | None:
            return ABSENT
        case int() | float() if "string" in shape.kinds:
            return json.dumps(value)
        case str():
            return _parse_text(shape.kinds, value)
        case _:
            return ABSENT


def _parse_text(kinds: tuple[str, ...], text: str) -> JSON:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ABSENT
    return value if _is_of(kinds, value) and value is not None else ABSENT


def _is_of(kinds: tuple[str, ...], value: JSON) -> bool:
    match value:
        case None:
            return "null" in kinds
        case bool():
            return "boolean" in kinds
        case int():
            return "integer" in kinds or "number" in kinds
        case float():
            return "number" in kinds or ("integer" in kinds and value.is_integer())
        case str():
            return "string" in kinds
        case list():
            return "array" in kinds
        case _:
            return "object" in kinds


def _match_case(values: tuple[JSON, ...], text: str) -> str:
    if text in values:
        return text
    alike = [each for each in values if isinstance(each, str) and each.casefold() == text.casefold()]
    return alike[0] if len(alike) == 1 else text


def _shape_of(document: JSON, schema: JSON, depth: int) -> _Shape:
    schema = follow(document, schema)
    if not isinstance(schema, dict) or depth > _DEEPEST or "oneOf" in schema or "anyOf" in schema:
        return _Shape()
    parts = [_shape_of(document, each, depth + 1) for each in schema.get("allOf") or ()]
    kinds = schema.get("type", ())
    own = _Shape(
        kinds=tuple(kinds) if isinstance(kinds, list) else (kinds,) if kinds else (),
        properties=schema.get("properties") or {},
        required=tuple(schema.get("required") or ()),
        items=schema.get("items", True),
        additional=schema.get("additionalProperties", True),
        values=tuple(schema.get("enum") or ()),
    )
    if schema.get("nullable") and own.kinds:
        own = _Shape(
            (*own.kinds, "null"), own.properties, own.required, own.items, own.additional, own.values
        )
    if not parts:
        return own
    every = [*parts, own]
    return _Shape(
        kinds=next((each.kinds for each in reversed(every) if each.kinds), ()),
        properties={name: each for part in every for name, each in part.properties.items()},
        required=tuple(name for part in every for name in part.required),
        items=next((each.items for each in reversed(every) if each.items is not True), True),
        additional=own.additional,
        values=next((each.values for each in reversed(every) if each.values), ()),
    )
