"""Determines which types the strings of a parameter or form field represent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ..document.load import Pointer
from .ir import ScalarKind, Texts
from .parse_context import SCALARS, Parsing, Unsupported

_KINDS: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
_COMPOSING: Final = ("allOf", "anyOf", "oneOf")
# In the order in which a string is parsed.
_ORDER: Final[tuple[ScalarKind, ...]] = ("boolean", "integer", "number", "string")


def find_texts(parsing: Parsing, at: Pointer) -> Texts:
    """Return how a value of the schema at `at` is serialized as strings; raise `Unsupported` if that is undefined."""
    kinds = _find_kinds(parsing, at)
    if "array" in kinds:
        if "object" in kinds:
            raise Unsupported("is a list or an object, which cannot be distinguished")
        items = _read_scalars(parsing, [(*each, "items") for each in _find_all(parsing, at, "items")])
        lone = kinds - {"array"}
        return Texts("some", _sort({*items, *lone})) if lone else Texts("list", items)
    if "object" in kinds:
        if kinds - {"object"}:
            raise Unsupported("is an object or another type, which cannot be distinguished")
        return _find_object(parsing, at)
    return Texts("text", _sort(kinds))


def _find_object(parsing: Parsing, at: Pointer) -> Texts:
    found: dict[str, tuple[ScalarKind, ...]] = {}
    for each in _find_all(parsing, at, "properties"):
        for name in parsing.follow((*each, "properties")).data:
            found[name] = _read_scalars(parsing, [(*each, "properties", name)])
    more = [(*each, "additionalProperties") for each in _find_all(parsing, at, "additionalProperties")]
    schemas = [each for each in more if isinstance(parsing.follow(each).data, dict)]
    return Texts("object", _read_scalars(parsing, schemas) if schemas else ("string",), tuple(found.items()))


def _read_scalars(parsing: Parsing, places: list[Pointer]) -> tuple[ScalarKind, ...]:
    kinds = {kind for at in places for kind in _find_kinds(parsing, at)}
    if kinds & {"array", "object"}:
        raise Unsupported("contains nested lists or objects, which cannot be serialized as strings")
    return _sort(kinds)


def _sort(kinds: set[str]) -> tuple[ScalarKind, ...]:
    return tuple(kind for kind in _ORDER if kind in kinds) or ("string",)


def _find_kinds(parsing: Parsing, at: Pointer) -> set[str]:
    """Return the JSON types that the schema allows, except null. The set is empty if it has no type."""
    found: set[str] = set()
    for _, each in iter_places(parsing, at):
        said = each.get("type")
        if said is not None:
            found |= {said} if isinstance(said, str) else {*said}
        elif "enum" in each or "const" in each:
            values = each["enum"] if "enum" in each else [each["const"]]
            found |= {_KINDS[type(value)] for value in values if value is not None}
        elif "properties" in each:
            found.add("object")
        elif "items" in each:
            found.add("array")
    return found & {*SCALARS, "array", "object"}


def iter_places(
    parsing: Parsing, at: Pointer, keywords: Sequence[str] = _COMPOSING, seen: set[Pointer] | None = None
) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Yield each schema that applies to the value, with its pointer: this one, its reference, and its parts.

    The branches of `keywords` are parts. `seen` holds the pointers that were yielded before.
    """
    seen = set() if seen is None else seen
    node = parsing.follow(at)
    if not isinstance(node.data, dict) or node.at in seen:
        return
    seen.add(node.at)
    yield node.at, node.data
    for keyword in keywords:
        for index in range(len(node.data.get(keyword) or ())):
            yield from iter_places(parsing, (*node.at, keyword, index), keywords, seen)


def _find_all(parsing: Parsing, at: Pointer, keyword: str) -> list[Pointer]:
    return [place for place, data in iter_places(parsing, at) if keyword in data]
