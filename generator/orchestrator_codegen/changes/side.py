"""One of the two documents of a comparison, and reading from any pointer in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ..document.load import JSON, Document, Pointer
from ..document.references import follow, split_reference

# Keys that do not affect messages. `links` and `tags` are for readers, too.
PROSE: Final = frozenset(
    {"title", "summary", "description", "example", "examples", "externalDocs", "tags", "links", "$comment"}
)

# Keys whose values are data, and keys whose values map names to objects.
_DATA: Final = frozenset({"default", "enum", "const", "required"})
_MAPS: Final = frozenset(
    {
        "properties",
        "patternProperties",
        "dependentSchemas",
        "dependentRequired",
        "$defs",
        "headers",
        "mapping",
    }
)


def is_prose(key: str) -> bool:
    """Return whether `key` of an OpenAPI object does not affect messages."""
    return key in PROSE or key.startswith("x-")


@dataclass(frozen=True, slots=True)
class Side:
    """A document. `is_30` says that it is OpenAPI 3.0, which writes null and exclusive bounds differently."""

    document: Document
    is_30: bool

    def follow(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return the pointer and value at `at`, with each `$ref` followed, including the last one."""
        return follow(self.document.data, at)

    def read(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return the pointer and value at `at`. A `$ref` is followed only on the way to it."""
        node: Any = self.document.data
        here: Pointer = ()
        for part in at:
            if isinstance(node, dict) and "$ref" in node and part not in node:
                here, node = self.follow(here)
            node = node[int(part) if isinstance(node, list) else part]
            here = (*here, part)
        return here, node

    def lead(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return the pointer and value at `at`. A `$ref` is followed if it has no siblings that affect messages."""
        here, node = self.read(at)
        while isinstance(node, dict) and "$ref" in node and (self.is_30 or len(node) == 1):
            here, node = self.read(split_reference(node["$ref"]))
        return here, node


def make_side(document: Document) -> Side:
    """Return the side for a valid document."""
    return Side(document, str(document.data["openapi"]).startswith("3.0."))


def means_the_same(old: Side, new: Side, old_at: Pointer | None, new_at: Pointer | None) -> bool:
    """Return whether both values are equal, with `$ref` followed and without prose and `x-` extensions."""
    if old_at is None or new_at is None:
        return old_at is new_at
    pending, seen = [(old_at, new_at)], set[tuple[Pointer, Pointer]]()
    while pending:
        (old_here, one), (new_here, other) = (
            side.lead(at) for side, at in zip((old, new), pending.pop(), strict=True)
        )
        if (old_here, new_here) in seen:
            continue
        seen.add((old_here, new_here))
        steps = _pair_up(one, other, _is_prose_left_out(old_here))
        if steps is None:
            return False
        for step in steps:
            if step == "$ref":
                pending.append((split_reference(one[step]), split_reference(other[step])))
            else:
                pending.append(((*old_here, step), (*new_here, step)))
    return True


def _is_prose_left_out(at: Pointer) -> bool:
    """Return whether the keys at `at` are keywords. Data and maps by name are compared completely."""
    return _DATA.isdisjoint(at) and (not at or at[-1] not in _MAPS)


def _pair_up(one: JSON, other: JSON, is_prose_left_out: bool) -> list[str | int] | None:
    """Return the keys or indexes of the children to compare, or None if the values cannot be equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys, others = (
            [key for key in each if not (is_prose_left_out and is_prose(key))] for each in (one, other)
        )
        return list(keys) if set(keys) == set(others) else None
    if isinstance(one, list) and isinstance(other, list):
        return list(range(len(one))) if len(one) == len(other) else None
    return [] if one == other and isinstance(one, bool) == isinstance(other, bool) else None
