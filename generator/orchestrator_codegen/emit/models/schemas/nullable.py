"""Marks the optional properties that may be null. For other optional properties, `None` means "not sent"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....document.load import JSON
from ....document.references import read_whole
from ....document.single_ref_all_of import REMARKS


def mark_nullable(named: Mapping[str, JSON], schema: dict[str, JSON]) -> dict[str, JSON]:
    """Return `schema` with `x-nullable` set on the optional properties that may be null.

    `named` are the schemas that a `$ref` may refer to, by name.
    """
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return schema
    required = schema.get("required") or []
    marked = {
        name: member if name in required else _mark_optional(named, member)
        for name, member in properties.items()
    }
    return {**schema, "properties": marked}


def _mark_optional(named: Mapping[str, JSON], member: Any) -> Any:
    """Return an optional property with `x-nullable` set if it may be null. One with a default also accepts null."""
    if _is_nullable(named, member, frozenset()):
        if member is True:
            return {"x-nullable": True}
        return {**member, "x-nullable": True}
    if not isinstance(member, dict) or member.get("default") is None:
        return member
    if isinstance(member.get("type"), str | list) and "enum" not in member:
        kinds = member["type"]
        return {**member, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    prose = {key: member[key] for key in ("default", "description") if key in member}
    return {
        **prose,
        "anyOf": [{key: each for key, each in member.items() if key not in prose}, {"type": "null"}],
    }


def _is_nullable(named: Mapping[str, JSON], schema: Any, seen: frozenset[str]) -> bool:
    """Return whether `schema` allows null. `seen` are the schemas whose references led to it."""
    if not isinstance(schema, dict):
        return schema is True
    if not schema.keys() - REMARKS:
        return True
    kinds = schema.get("type")
    if schema.get("nullable") is True or kinds == "null" or (isinstance(kinds, list) and "null" in kinds):
        return True
    if None in (schema.get("enum") or ()) or ("const" in schema and schema["const"] is None):
        return True
    component = read_whole(schema)
    if component is not None and component not in seen and component in named:
        return _is_nullable(named, named[component], seen | {component})
    branches = (branch for key in ("anyOf", "oneOf") for branch in schema.get(key) or ())
    return any(_is_nullable(named, branch, seen) for branch in branches)
