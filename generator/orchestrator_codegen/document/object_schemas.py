"""Looks at an object's schema as one, whatever parts `allOf` makes it of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .load import JSON
from .references import read_whole


def list_properties(definition: JSON, definitions: Mapping[str, JSON]) -> tuple[dict[str, JSON], set[str]]:
    """Return the properties of an object's schema and the names of the required ones, those of `allOf` included.

    `definitions` are the schemas of the document by name. Of a property that several parts have, the last counts.
    """
    properties: dict[str, JSON] = {}
    required: set[str] = set()
    for part in iter_parts(definition, definitions):
        properties |= part.get("properties") or {}
        required |= set(part.get("required") or ())
    return properties, required


def iter_parts(
    definition: JSON, definitions: Mapping[str, JSON], seen: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """Yield `definition`, what it refers to in its place, and each part of its `allOf`, outermost first."""
    if not isinstance(definition, dict):
        return
    if "$ref" in definition:
        name = read_whole(definition)
        if name is not None and name in definitions and name not in seen:
            yield from iter_parts(definitions[name], definitions, seen | {name})
        return
    yield definition
    for part in definition.get("allOf") or ():
        yield from iter_parts(part, definitions, seen)
