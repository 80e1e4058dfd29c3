"""Walks the schemas of a document, and skips data that looks like schemas (examples, defaults, enum values)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from .load import JSON, Pointer

# Keywords whose value is one schema, a list of schemas, or a map from names to schemas.
ONE: Final = ("items", "additionalProperties", "not", "propertyNames", "contains", "if", "then", "else")
MANY: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED: Final = ("properties", "patternProperties", "$defs", "dependentSchemas")

# Keys of an OpenAPI document whose values are data; keys whose values map names to objects; and those of the latter
# that may also contain extensions.
_DATA: Final = frozenset({"example", "examples", "default", "enum", "const"})
_MAPS: Final = frozenset(
    {"responses", "parameters", "headers", "requestBodies", "callbacks", "pathItems", "paths", "content"}
)
_EXTENDED: Final = frozenset({"responses", "callbacks", "paths"})


def iter_schemas(schema: JSON, at: Pointer = ()) -> Iterator[tuple[Pointer, dict[str, JSON]]]:
    """Yield `schema` and every schema inside it with its pointer, outermost first. A $ref is not followed."""
    if not isinstance(schema, dict):
        return
    yield at, schema
    for keyword in ONE:
        yield from iter_schemas(schema.get(keyword), (*at, keyword))
    for keyword in MANY:
        branches = schema.get(keyword)
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            yield from iter_schemas(branch, (*at, keyword, index))
    for keyword in NAMED:
        named = schema.get(keyword)
        for name, member in (named if isinstance(named, dict) else {}).items():
            yield from iter_schemas(member, (*at, keyword, name))


def map_schemas(schema: JSON, change: Callable[[dict[str, JSON]], dict[str, JSON]]) -> JSON:
    """Return a copy of `schema` with `change` applied to every schema inside it, innermost first."""
    if not isinstance(schema, dict):
        return schema
    copy: dict[str, Any] = dict(schema)
    for keyword in ONE:
        if keyword in copy:
            copy[keyword] = map_schemas(copy[keyword], change)
    for keyword in MANY:
        if isinstance(copy.get(keyword), list):
            copy[keyword] = [map_schemas(branch, change) for branch in copy[keyword]]
    for keyword in NAMED:
        if isinstance(copy.get(keyword), dict):
            copy[keyword] = {name: map_schemas(member, change) for name, member in copy[keyword].items()}
    return change(copy)


def iter_document_schemas(data: JSON) -> Iterator[tuple[Pointer, dict[str, JSON]]]:
    """Yield every schema of an OpenAPI document with its pointer: components, parameters, bodies and answers."""
    yield from _iter_below(data, ())


def _iter_below(node: JSON, at: Pointer, *, names: bool = False) -> Iterator[tuple[Pointer, dict[str, JSON]]]:
    """Yield every schema below `node`. `names` says that the keys of `node` are names, not keywords."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _iter_below(item, (*at, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            here = (*at, key)
            if names and not (key.startswith("x-") and at[-1] in _EXTENDED):
                yield from _iter_below(value, here)
            elif key == "schema":
                yield from iter_schemas(value, here)
            elif here == ("components", "schemas") and isinstance(value, dict):
                for name, schema in value.items():
                    yield from iter_schemas(schema, (*here, name))
            elif key not in _DATA and not key.startswith("x-"):
                yield from _iter_below(value, here, names=key in _MAPS)
