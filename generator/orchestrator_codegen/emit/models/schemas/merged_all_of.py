"""Merges the parts of an `allOf` that declare the same property. As classes, one would override the other's field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....document.load import JSON
from ....document.object_schemas import iter_parts
from ....document.references import read_component
from ....document.schema_walk import map_schemas

# Keywords that cannot be merged. A part that has one stays separate.
_UNMERGEABLE: Final = frozenset(
    {
        "oneOf",
        "anyOf",
        "not",
        "if",
        "discriminator",
        "patternProperties",
        "enum",
        "const",
        "unevaluatedProperties",
    }
)


def merge_overlaps(definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of a document by name, with the parts of an `allOf` merged if they overlap."""

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        branches = schema.get("allOf")
        return schema if not isinstance(branches, list) else _merge(schema, definitions)

    return {name: map_schemas(definition, change) for name, definition in definitions.items()}


def _merge(schema: dict[str, JSON], definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    own = {key: value for key, value in schema.items() if key != "allOf"}
    parts = [[*iter_parts(branch, definitions)] for branch in schema["allOf"]]
    names = [
        name
        for group in [[own], *parts]
        for name in {name for part in group for name in part.get("properties") or ()}
    ]
    flat = [part for group in parts for part in group]
    if len(names) == len(set(names)) or any(part.keys() & _UNMERGEABLE for part in flat):
        return schema
    merged: dict[str, JSON] = {"type": "object", "properties": {}, "required": []}
    for part in [*flat, own]:
        for name, member in (part.get("properties") or {}).items():
            merged["properties"][name] = _join(merged["properties"].get(name), member)
        merged["required"] += [name for name in part.get("required") or () if name not in merged["required"]]
        if "additionalProperties" in part:
            merged["additionalProperties"] = part["additionalProperties"]
    return {**own, **merged}


def _join(first: JSON, second: JSON) -> JSON:
    """Return the schema of a property that two parts declare. Keywords of the second take precedence."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return second if first is None or isinstance(second, dict) else first
    if read_component(first) or read_component(second) or "allOf" in second:
        return second
    return {**first, **second}
