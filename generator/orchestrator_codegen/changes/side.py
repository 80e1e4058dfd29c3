"""One of the two documents, to be read from any place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ..document.load import JSON, Document, Pointer
from ..document.references import follow, split_reference

# What says nothing about messages; `links` and `tags` too are for readers.
PROSE: Final = frozenset(
    {"title", "summary", "description", "example", "examples", "externalDocs", "tags", "links", "$comment"}
)

# Keys below which data stands, and keys whose own keys are names.
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
    """Return whether what stands at `key` of a part of OpenAPI says nothing about messages."""
    return key in PROSE or key.startswith("x-")


@dataclass(frozen=True, slots=True)
class Side:
    """A document; `is_30` says that it is OpenAPI 3.0, where null and exclusive bounds are written in another way."""

    document: Document
    is_30: bool

    def follow(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return what stands at `at` and where, each `$ref` followed, the last one too."""
        return follow(self.document.data, at)

    def read(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return what stands at `at` and where; a `$ref` is followed only on the way, where nothing else leads on."""
        node: Any = self.document.data
        here: Pointer = ()
        for part in at:
            if isinstance(node, dict) and "$ref" in node and part not in node:
                here, node = self.follow(here)
            node = node[int(part) if isinstance(node, list) else part]
            here = (*here, part)
        return here, node

    def lead(self, at: Pointer) -> tuple[Pointer, Any]:
        """Return what stands at `at` and where, a `$ref` followed where nothing that counts stands beside it."""
        here, node = self.read(at)
        while isinstance(node, dict) and "$ref" in node and (self.is_30 or len(node) == 1):
            here, node = self.read(split_reference(node["$ref"]))
        return here, node


def make_side(document: Document) -> Side:
    """Return the side of a valid document."""
    return Side(document, str(document.data["openapi"]).startswith("3.0."))


def means_the_same(old: Side, new: Side, old_at: Pointer | None, new_at: Pointer | None) -> bool:
    """Return whether what stands at both places is alike: prose and `x-` aside, a `$ref` as what it leads to."""
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
    """Return whether the keys at `at` are keywords; data, and what has names for keys, is compared whole."""
    return _DATA.isdisjoint(at) and (not at or at[-1] not in _MAPS)


def _pair_up(one: JSON, other: JSON, is_prose_left_out: bool) -> list[str | int] | None:
    """Return the steps to what both hold, or None where they cannot be alike."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys, others = (
            [key for key in each if not (is_prose_left_out and is_prose(key))] for each in (one, other)
        )
        return list(keys) if set(keys) == set(others) else None
    if isinstance(one, list) and isinstance(other, list):
        return list(range(len(one))) if len(one) == len(other) else None
    return [] if one == other and isinstance(one, bool) == isinstance(other, bool) else None
