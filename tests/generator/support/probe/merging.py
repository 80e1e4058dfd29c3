"""Merges schemas that apply to the same value, such as the parts of `allOf`, into one schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def merge(schemas: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one schema that combines all of `schemas`, as precisely as drawing of values requires."""
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
            return _intersect_types(one, other)
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


def _intersect_types(one: Any, other: Any) -> Any:
    """Return the types that both allow. `number` includes `integer`."""
    first, second = ([each] if isinstance(each, str) else list(each) for each in (one, other))
    wide = {*second, *(["integer"] if "number" in second else [])}
    narrow = {*first, *(["integer"] if "number" in first else [])}
    return [each for each in [*first, *second] if each in wide and each in narrow] or first
