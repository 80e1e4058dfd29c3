"""Has one model serve both ways: what only one of them has is optional (OpenAPI 3.1, section 4.8.24.4, readOnly).

A property that is read-only is required in an answer alone, and one that is write-only in a request alone. Where a
schema is used both ways, or the other way, such a property is not required in Python.
"""

from __future__ import annotations

from collections.abc import Mapping

from ....api.ir import Api
from ....document.load import JSON
from ....document.object_schemas import list_properties
from ....document.schema_walk import map_schemas
from .reachable_schemas import find_answered, find_requested


def relax_directions(api: Api, definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of `api`, requiring what each way in which they are used requires."""
    requested, answered = find_requested(api, definitions), find_answered(api, definitions)
    return {
        name: _relax(
            definition,
            definitions,
            {word for word, used in (("readOnly", requested), ("writeOnly", answered)) if name in used},
        )
        for name, definition in definitions.items()
    }


def _relax(definition: JSON, definitions: Mapping[str, JSON], words: set[str]) -> JSON:
    if not words:
        return definition
    whole, _ = list_properties(definition, definitions)

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        required = schema.get("required")
        if not isinstance(required, list):
            return schema
        properties = {**whole, **list_properties(schema, definitions)[0]}
        kept = [name for name in required if not _has(properties.get(name), words)]
        return schema if len(kept) == len(required) else {**schema, "required": kept}

    return map_schemas(definition, change)


def _has(member: JSON, words: set[str]) -> bool:
    return isinstance(member, dict) and any(member.get(word) is True for word in words)
