"""Opens the enums in answers, because a newer backend may send a value that the document does not list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from ....api.ir import Api
from ....document.load import JSON
from ....document.references import read_component
from ....document.schema_walk import iter_schemas
from .reachable_schemas import find_response_schemas

# datamodel-code-generator turns this schema into a class of the runtime.
_UNKNOWN: Final[Mapping[str, JSON]] = {"type": "string", "customTypePath": "_model.UnknownValue"}

_UNIONS: Final = frozenset({"anyOf", "oneOf"})

# Keywords that apply to the listed values, not to unknown ones.
_ENUM_KEYWORDS: Final = frozenset({"$ref", "enum", "type", "format", "pattern", "minLength", "maxLength"})


def open_enums(api: Api, definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of `api`, with each string enum that answers can contain opened.

    Enums of a single value, and enums in a branch of a union, stay closed: they discriminate between branches.
    """
    closed = {name for definition in definitions.values() for name in _list_branches(definition)}
    opened = find_response_schemas(api, definitions) - closed
    return {
        name: _open(definition, definitions) if name in opened else definition
        for name, definition in definitions.items()
    }


def _list_branches(definition: JSON) -> Iterator[str]:
    for at, schema in iter_schemas(definition):
        if len(at) > 1 and at[-2] in _UNIONS and (name := _read_name(schema)) is not None:
            yield name


def _read_name(schema: JSON) -> str | None:
    component = read_component(schema)
    return None if component is None else component[0]


def _open(definition: JSON, definitions: Mapping[str, JSON]) -> JSON:
    copy = deepcopy(definition)
    for at, schema in iter_schemas(copy):
        if _UNIONS.isdisjoint(at):
            for holder, key in _list_members(schema):
                holder[key] = _open_member(holder[key], definitions)
    return copy


def _list_members(schema: dict[str, JSON]) -> Iterator[tuple[dict[str, JSON], str]]:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        yield from ((properties, name) for name in properties)
    yield from (
        (schema, key) for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)
    )


def _open_member(member: JSON, definitions: Mapping[str, JSON]) -> JSON:
    if not isinstance(member, dict):
        return member
    if _is_enum(member, definitions):
        prose = {key: value for key, value in member.items() if key not in _ENUM_KEYWORDS}
        known: dict[str, Any] = {key: member[key] for key in ("$ref", "enum", "type") if key in member}
        return {"anyOf": [known, dict(_UNKNOWN)], **prose}
    for keyword in _UNIONS & member.keys():
        first, *rest = member[keyword]
        if _is_enum(first, definitions) and rest == [{"type": "null"}]:
            return {**member, keyword: [first, dict(_UNKNOWN), *rest]}
    return member


def _is_enum(schema: JSON, definitions: Mapping[str, JSON]) -> bool:
    if not isinstance(schema, dict):
        return False
    values = schema.get("enum", _follow_values(schema, definitions))
    return (
        isinstance(values, list) and len(values) > 1 and all(isinstance(value, str) for value in values)
    ) and schema.get("type", "string") == "string"


def _follow_values(schema: dict[str, JSON], definitions: Mapping[str, JSON]) -> JSON:
    """Return the enum values of the schema that `schema` refers to, directly or indirectly, or None."""
    named: JSON = schema
    for _ in definitions:
        if not isinstance(named, dict) or "$ref" not in named:
            break
        named = definitions.get(_read_name(named) or "")
    return named.get("enum") if isinstance(named, dict) and named is not schema else None
