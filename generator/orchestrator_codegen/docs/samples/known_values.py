"""Finds values in the examples of a document, so that all samples use the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ...document.load import JSON

# A schema with one of these keywords does not use values from other examples.
_STRICTER: Final = frozenset(
    {"format", "pattern", "enum", "const", "minLength", "maxLength", "example", "examples", "default"}
)


def find_known_values(data: JSON) -> dict[str, Any]:
    """Return the first string or integer for each property name in the examples of `data`."""
    known: dict[str, Any] = {}
    for example in _iter_examples(data):
        for name, value in _iter_scalars(example):
            known.setdefault(name, value)
    return known


def find_known(known: Mapping[str, Any], name: str, schema: JSON) -> Any:
    """Return the known value of the parameter `name` if `schema` accepts it, else None."""
    value = known.get(name)
    if not isinstance(schema, dict) or not _STRICTER.isdisjoint(schema):
        return None
    expected = {"string": str, "integer": int}.get(str(schema.get("type")))
    is_bounded = expected is int and len(schema.keys() & {"minimum", "maximum", "multipleOf"}) > 0
    return value if expected is not None and isinstance(value, expected) and not is_bounded else None


def _iter_examples(node: JSON) -> Iterator[JSON]:
    if isinstance(node, list):
        for each in node:
            yield from _iter_examples(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("example", "examples"):
                yield value
            else:
                yield from _iter_examples(value)


def _iter_scalars(node: JSON) -> Iterator[tuple[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _iter_scalars(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                yield key, value
            else:
                yield from _iter_scalars(value)
