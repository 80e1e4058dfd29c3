"""What a document says, without Python: operations, their parts, and named JSON Schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .diagnostics import Location

ScalarKind = Literal["string", "integer", "number", "boolean"]
Place = Literal["path", "query", "header"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A schema that has a name."""

    schema: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number or boolean without further constraints."""

    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array."""

    items: Type


@dataclass(frozen=True, slots=True)
class FreeObject:
    """An object of which nothing more is said."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several texts."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


Type = Reference | Scalar | ListOf | FreeObject | Choice | Anything


@dataclass(frozen=True, slots=True)
class Schema:
    """A named JSON Schema, as data; one that stood inline in an operation is named by where it stood."""

    name: str
    definition: Any
    location: Location


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation.

    `reads` is the JSON type of its value, or of each item where it is `repeated`.
    """

    name: str
    place: Place
    required: bool
    type: Type
    reads: ScalarKind
    repeated: bool
    default: Any
    description: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its media type and what it holds."""

    media_type: str
    kind: Literal["json", "text"]
    type: Type


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What an operation takes, and whether it must be there."""

    content: Content
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Response:
    """One documented answer; `status` is `200`, `4XX` or `default`, `content` is None where there is no body."""

    status: str
    content: Content | None
    description: str

    @property
    def is_success(self) -> bool:
        """Whether the status is a 2xx."""
        return self.status.startswith("2")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a schema, by its name on the wire."""

    name: str
    type: Type
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list comes in pages (`x-paging`): the property `page` of the body, an object, holds `offset` and `limit`.

    `items` is the property of the answer that holds the rows, of type `row`, and `id` tells these apart. `beside` are
    the other properties of the body, and `within` those of the page. `id` of the iteration is `name`.
    """

    name: str
    body: Reference
    page: str
    page_type: Reference
    offset: str
    limit: str
    items: str
    row: Type
    id: str
    beside: tuple[Property, ...]
    within: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How an operation is waited with (`x-wait`): until `property` of its answer is one of `until`.

    `absent` are the statuses that say that there is no such thing yet.
    """

    name: str
    property: str
    until: tuple[str, ...]
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document, by its operationId; `idempotent` is None where the document does not say."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    location: Location
    idempotent: bool | None = None
    paging: Paging | None = None
    waiting: Waiting | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterPart:
    """A schema that filters are made of: its properties by what they hold, and the words of its operator by meaning.

    A comparison has `field`, `operator` and `value`, a combination `operator` and `filters`, a filter on what lies
    within an object `field` and `nested`. A meaning that the operator has no word for is not among the words.
    """

    schema: str
    properties: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a document, as `x-filter` at the schema of their union says; `nested` is None where none reaches
    into an object."""

    schema: str
    comparison: FilterPart
    logical: FilterPart
    nested: FilterPart | None


@dataclass(frozen=True, slots=True)
class ErrorField:
    """One field of an error's body, and what it holds."""

    name: str
    holds: Literal["message", "status"]


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """How a document writes an error."""

    media_type: str
    fields: tuple[ErrorField, ...]


@dataclass(frozen=True, slots=True)
class Api:
    """A whole document; `openapi` is the version of OpenAPI that it is written in."""

    title: str
    version: str
    openapi: str
    operations: tuple[Operation, ...]
    schemas: tuple[Schema, ...]
    filters: Filters | None = None
