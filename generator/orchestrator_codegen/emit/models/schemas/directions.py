"""Makes read-only and write-only properties optional, so that one model serves requests and answers.

A read-only property is required in answers only, a write-only one in requests only (OpenAPI 3.1, section 4.8.24.4). It
is optional in the model of a schema that is also, or only, used in the other direction.
"""

from __future__ import annotations

from collections.abc import Mapping

from ....api.ir import Api
from ....document.load import JSON
from ....document.object_schemas import list_properties
from ....document.schema_walk import map_schemas
from .reachable_schemas import find_request_schemas, find_response_schemas


def relax_required(api: Api, definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of `api`, in which only properties that every use requires are required."""
    requested, answered = find_request_schemas(api, definitions), find_response_schemas(api, definitions)
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
        kept = [name for name in required if not _is_marked(properties.get(name), words)]
        return schema if len(kept) == len(required) else {**schema, "required": kept}

    return map_schemas(definition, change)


def _is_marked(member: JSON, words: set[str]) -> bool:
    return isinstance(member, dict) and any(member.get(word) is True for word in words)
