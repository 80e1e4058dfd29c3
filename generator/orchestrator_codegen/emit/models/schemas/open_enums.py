"""Opens the enums of answers: a newer backend may send a value that the document does not list yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from ....api.ir import Api
from ....document.load import JSON
from ....document.references import read_component
from ....document.schema_walk import iter_schemas
from .reachable_schemas import find_answered

# What datamodel-code-generator makes of it is a class of the runtime.
_UNKNOWN: Final[Mapping[str, JSON]] = {"type": "string", "customTypePath": "_model.UnknownValue"}

_UNIONS: Final = frozenset({"anyOf", "oneOf"})

# What goes with the values that are listed, and says nothing of others.
_OF_TEXTS: Final = frozenset({"$ref", "enum", "type", "format", "pattern", "minLength", "maxLength"})


def open_enums(api: Api, definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of `api`, with each enum of texts in what an answer holds as an open one.

    An enum of a single value, and whatever stands in a branch of a union, stays closed: it tells branches apart.
    """
    closed = {name for definition in definitions.values() for name in _list_branches(definition)}
    opened = find_answered(api, definitions) - closed
    return {
        name: _open(definition, definitions) if name in opened else definition
        for name, definition in definitions.items()
    }


def _list_branches(definition: JSON) -> Iterator[str]:
    for at, schema in iter_schemas(definition):
        if len(at) > 1 and at[-2] in _UNIONS and (name := _name_of(schema)) is not None:
            yield name


def _name_of(schema: JSON) -> str | None:
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
        prose = {key: value for key, value in member.items() if key not in _OF_TEXTS}
        said: dict[str, Any] = {key: member[key] for key in ("$ref", "enum", "type") if key in member}
        return {"anyOf": [said, dict(_UNKNOWN)], **prose}
    for keyword in _UNIONS & member.keys():
        first, *rest = member[keyword]
        if _is_enum(first, definitions) and rest == [{"type": "null"}]:
            return {**member, keyword: [first, dict(_UNKNOWN), *rest]}
    return member


def _is_enum(schema: JSON, definitions: Mapping[str, JSON]) -> bool:
    if not isinstance(schema, dict):
        return False
    values = schema.get("enum", _named_values(schema, definitions))
    return (
        isinstance(values, list) and len(values) > 1 and all(isinstance(value, str) for value in values)
    ) and schema.get("type", "string") == "string"


def _named_values(schema: dict[str, JSON], definitions: Mapping[str, JSON]) -> JSON:
    """Return the values of the enum that `schema` refers to, through others or not; None where it is no such."""
    named: JSON = schema
    for _ in definitions:
        if not isinstance(named, dict) or "$ref" not in named:
            break
        named = definitions.get(_name_of(named) or "")
    return named.get("enum") if isinstance(named, dict) and named is not schema else None
