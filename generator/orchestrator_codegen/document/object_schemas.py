"""Reads the schema of an object together with the parts of its `allOf`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .load import JSON
from .references import read_whole


def list_properties(definition: JSON, definitions: Mapping[str, JSON]) -> tuple[dict[str, JSON], set[str]]:
    """Return the properties of an object schema and the names of the required ones, including those in `allOf`.

    `definitions` are the schemas of the document by name. If several parts define a property, the last one is used.
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
    """Yield `definition` with its `$ref` followed, and each part of its `allOf`, outermost first."""
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
