"""The state that the modules of the parser share: the document, the schemas found so far, and the warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, cast

from ..document.diagnostics import Diagnostic, warning
from ..document.load import JSON, Document, Pointer
from ..document.references import follow, read_whole
from ..document.single_ref_all_of import find_single_ref
from .ir import Anything, FreeObject, ListOf, Reference, Scalar, ScalarKind, Schema, Type

SCALARS: Final = ("string", "integer", "number", "boolean")

# The keywords that a schema may have besides `type` and still be a plain `Scalar` or `ListOf`.
_PROSE: Final = frozenset({"type", "description", "title", "example", "examples", "default", "deprecated"})


class Unsupported(Exception):
    """A part that cannot be generated. The message is the end of a sentence that starts with its name."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the document with its pointer; `$ref` is already followed."""

    data: Any
    at: Pointer


@dataclass(slots=True)
class Parsing:
    """The state of one document while it is parsed."""

    document: Document
    schemas: dict[str, Schema] = field(init=False)
    warnings: dict[Diagnostic, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = self.document.data.get("components", {}).get("schemas") or {}
        self.schemas = {
            name: Schema(name, schema, self.document.locate(("components", "schemas", name)))
            for name, schema in named.items()
        }

    def follow(self, at: Pointer) -> Node:
        """Return the part at `at`, with each `$ref` on the way followed."""
        at, data = follow(self.document.data, at)
        return Node(data, at)

    def warn(self, message: str, at: Pointer) -> None:
        """Add a warning about the part at `at`, unless it exists: several operations may refer to the part."""
        self.warnings[warning(message, self.document.locate(at))] = None

    def name_type(self, schema: JSON, name: str, at: Pointer) -> Type:
        """Return the type of `schema`. A schema that is not a simple type becomes a named schema `name`."""
        if schema is True or schema == {}:
            return Anything()
        if isinstance(schema, dict):
            part = None if schema.get("nullable") else find_single_ref(schema)
            component = read_whole(part or schema)
            if component is not None:
                return Reference(component)
            said = schema.keys() - _PROSE
            kind = schema.get("type")
            if not said and kind in SCALARS:
                return Scalar(cast(ScalarKind, kind))
            if not said and kind == "object":
                return FreeObject()
            if said <= {"items"} and kind == "array":
                return ListOf(self.name_type(schema.get("items", {}), name + "Item", (*at, "items")))
        while name in self.schemas:
            name += "Inline"
        self.schemas[name] = Schema(name, schema, self.document.locate(at))
        return Reference(name)


def capitalise(name: str) -> str:
    """Return `name` with its first letter in uppercase, as a part of a schema name."""
    words = name.replace("-", " ").replace("_", " ").replace(".", " ").split()
    return "".join(word[:1].upper() + word[1:] for word in words)
