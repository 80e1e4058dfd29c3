"""The `Subject` of lint: a valid document with all its schemas and operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import iter_operations
from ..document.references import follow, split_reference
from ..document.schema_walk import iter_document_schemas

# Keywords with a list of schemas, several of which can apply to a value, and keywords with one schema.
_BRANCHES: Final = frozenset({"allOf", "anyOf", "oneOf"})
_CONDITIONS: Final = frozenset({"not", "if", "then", "else", "contains"})
_NAMED: Final = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas", "schemas"})


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping in the document with its pointer. A `$ref` to it has been followed."""

    at: Pointer
    data: dict[str, JSON]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation of the document, with its own parameters and those of its path."""

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
        """Return the responses by status. A `$ref` is not followed."""
        written = self.part.data.get("responses") or {}
        return {status: answer for status, answer in written.items() if not status.startswith("x-")}


@dataclass(frozen=True, slots=True)
class Subject:
    """A valid document, its schemas (including nested ones, outermost first) and its operations."""

    document: Document
    schemas: tuple[Part, ...]
    endpoints: tuple[Endpoint, ...]

    @property
    def data(self) -> JSON:
        """Return the JSON value of the document."""
        return self.document.data

    @property
    def is_30(self) -> bool:
        """Return whether this is OpenAPI 3.0, where `nullable` has an effect and siblings of `$ref` have none."""
        return str(self.data["openapi"]).startswith("3.0.")

    def step(self, part: Part, *keys: str | int) -> Part:
        """Return the mapping at `keys` in `part` with each `$ref` followed. A value that is not a mapping gives {}."""
        at: Pointer = part.at
        node: JSON = part.data
        for key in keys:
            at, node = (*at, key), node[key]
            if isinstance(node, dict) and isinstance(node.get("$ref"), str):
                try:
                    at, node = follow(self.data, split_reference(node["$ref"]))
                except (LookupError, TypeError, ValueError, RecursionError):
                    return Part(at, {})  # references below examples are not validated
        return Part(at, node if isinstance(node, dict) else {})


def read_subject(document: Document) -> Subject:
    """Return the subject for a valid document."""
    schemas = tuple(Part(at, schema) for at, schema in iter_document_schemas(document.data))
    return Subject(document, schemas, tuple(_iter_endpoints(document.data)))


def is_fragment(at: Pointer) -> bool:
    """Return whether the schema at `at` is one of several that apply to a value, and may be incomplete."""
    if len(at) >= 2 and at[-2] in _BRANCHES and isinstance(at[-1], int):
        return True
    return at[-1] in _CONDITIONS and at[-2] not in _NAMED


def is_composed(schema: dict[str, JSON]) -> bool:
    """Return whether `schema` refers to or combines other schemas, which may contain the rest."""
    return not schema.keys().isdisjoint(_BRANCHES | {"$ref", "$dynamicRef", "if", "not"})


def _iter_endpoints(data: JSON) -> Iterator[Endpoint]:
    for path, method, item_at in iter_operations(data):
        at, operation = follow(data, (*item_at, method))
        parameters = []
        for owner in (item_at, at):
            listed = follow(data, owner)[1].get("parameters") or ()
            parameters += [Part(*follow(data, (*owner, "parameters", index))) for index in range(len(listed))]
        yield Endpoint(method, path, Part(at, operation), tuple(parameters))
