"""Merges schemas that all hold of one value into one: what `allOf` says in parts, said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def merge(schemas: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one schema that says what all of `schemas` say, as far as values can be drawn from it."""
    merged: dict[str, Any] = {}
    for schema in schemas:
        for keyword, value in schema.items():
            merged[keyword] = _combine(keyword, merged[keyword], value) if keyword in merged else value
    return merged


def _combine(keyword: str, one: Any, other: Any) -> Any:
    match keyword:
        case "properties" | "patternProperties":
            return {
                **one,
                **{
                    name: {"allOf": [one[name], each]} if name in one else each
                    for name, each in other.items()
                },
            }
        case "required":
            return list(dict.fromkeys([*one, *other]))
        case "enum":
            return [value for value in one if value in other]
        case "type":
            return _meet(one, other)
        case "minLength" | "minItems" | "minimum":
            return max(one, other)
        case "maxLength" | "maxItems" | "maximum":
            return min(one, other)
        case "additionalProperties" if one is False:
            return one
        case "oneOf" | "anyOf":
            return [{"allOf": [each, more]} for each in one for more in other]
        case _:
            return other


def _meet(one: Any, other: Any) -> Any:
    """Return the types that both allow; an integer is a number."""
    first, second = ([each] if isinstance(each, str) else list(each) for each in (one, other))
    wide = {*second, *(["integer"] if "number" in second else [])}
    narrow = {*first, *(["integer"] if "number" in first else [])}
    return [each for each in [*first, *second] if each in wide and each in narrow] or first
