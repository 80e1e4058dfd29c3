"""A valid document with what the rules look at: every schema, every operation, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import iter_operations
from ..document.references import follow, split_reference
from ..document.schema_walk import iter_document_schemas

# Keywords that hold a list of schemas, of which a value satisfies several at once, and such that hold one.
_BRANCHES: Final = frozenset({"allOf", "anyOf", "oneOf"})
_CONDITIONS: Final = frozenset({"not", "if", "then", "else", "contains"})
_NAMED: Final = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas", "schemas"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document, a mapping, with its place; any `$ref` to it was followed."""

    at: Pointer
    data: dict[str, JSON]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation as it stands in the document, with the parameters of its own and of its path."""

    method: str
    path: str
    part: Part
    parameters: tuple[Part, ...]

    @property
    def id(self) -> str:
        """Return the operationId."""
        return str(self.part.data["operationId"])

    @property
    def answers(self) -> dict[str, JSON]:
        """Return the answers by status, each as it is written: a `$ref` is not followed."""
        written = self.part.data.get("responses") or {}
        return {status: answer for status, answer in written.items() if not status.startswith("x-")}


@dataclass(frozen=True, slots=True)
class Subject:
    """A valid document, its schemas (those inside others too, outermost first), and its operations."""

    document: Document
    schemas: tuple[Part, ...]
    endpoints: tuple[Endpoint, ...]

    @property
    def data(self) -> JSON:
        """Return the document's value."""
        return self.document.data

    @property
    def is_30(self) -> bool:
        """Say whether this is OpenAPI 3.0, where `nullable` means something and what stands beside `$ref` does not."""
        return str(self.data["openapi"]).startswith("3.0.")

    def step(self, part: Part, *keys: str | int) -> Part:
        """Return the mapping at `keys` in `part`, following each `$ref`; {} where it is none, as for true."""
        at: Pointer = part.at
        node: JSON = part.data
        for key in keys:
            at, node = (*at, key), node[key]
            if isinstance(node, dict) and isinstance(node.get("$ref"), str):
                try:
                    at, node = follow(self.data, split_reference(node["$ref"]))
                except (LookupError, TypeError, ValueError, RecursionError):
                    return Part(at, {})  # below examples, what a $ref leads to was not checked
        return Part(at, node if isinstance(node, dict) else {})


def read_subject(document: Document) -> Subject:
    """Return what the rules look at in `document`, which is valid."""
    schemas = tuple(Part(at, schema) for at, schema in iter_document_schemas(document.data))
    return Subject(document, schemas, tuple(_iter_endpoints(document.data)))


def is_fragment(at: Pointer) -> bool:
    """Say whether the schema at `at` is one of several that a value is held against, and so need not say all."""
    if len(at) >= 2 and at[-2] in _BRANCHES and isinstance(at[-1], int):
        return True
    return at[-1] in _CONDITIONS and at[-2] not in _NAMED


def is_composed(schema: dict[str, JSON]) -> bool:
    """Say whether `schema` leaves things to others: what it lacks may stand there."""
    return not schema.keys().isdisjoint(_BRANCHES | {"$ref", "$dynamicRef", "if", "not"})


def _iter_endpoints(data: JSON) -> Iterator[Endpoint]:
    for path, method, item_at in iter_operations(data):
        at, operation = follow(data, (*item_at, method))
        parameters = []
        for owner in (item_at, at):
            listed = follow(data, owner)[1].get("parameters") or ()
            parameters += [Part(*follow(data, (*owner, "parameters", index))) for index in range(len(listed))]
        yield Endpoint(method, path, Part(at, operation), tuple(parameters))
