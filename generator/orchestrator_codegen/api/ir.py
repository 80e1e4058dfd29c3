"""The intermediate representation of an API: operations, their parts and named JSON Schemas, without Python source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..document.diagnostics import Location

ScalarKind = Literal["string", "integer", "number", "boolean"]
Place = Literal["path", "query", "header", "cookie"]
Style = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a named schema."""

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
    """An object without described properties."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several strings."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Binary:
    """Bytes of unknown content."""


Type = Reference | Scalar | ListOf | FreeObject | Choice | Anything | Binary


@dataclass(frozen=True, slots=True)
class Texts:
    """How a value is serialized as strings: one, one for each item of a list, one for each property, or JSON.

    `some` is a list or a single value, which is sent like a list of one item. `reads` are the JSON types that a string
    may represent, `properties` the same by property name.
    """

    kind: Literal["text", "list", "some", "object", "json"]
    reads: tuple[ScalarKind, ...] = ("string",)
    properties: tuple[tuple[str, tuple[ScalarKind, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A named JSON Schema, as data. An inline schema of an operation gets its name from its place there."""

    name: str
    definition: Any
    location: Location


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation: its place, style and serialization.

    `allow_reserved` says that reserved characters are not percent-encoded in the query.
    """

    name: str
    place: Place
    required: bool
    type: Type
    texts: Texts
    style: Style
    explode: bool
    default: Any
    description: str
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. `media_type` is the media type of its part, "" if the document does not specify it."""

    name: str
    kind: Literal["text", "list", "json", "file", "files"]
    reads: tuple[ScalarKind, ...]
    media_type: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its media type and type. A form has fields."""

    media_type: str
    kind: Literal["json", "text", "binary", "form", "multipart"]
    type: Type
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The request body of an operation, and whether it is required."""

    content: Content
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Response:
    """One documented response. `status` is like `200`, `4XX` or `default`; `content` is None if there is no body."""

    status: str
    content: Content | None
    description: str
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a schema, with its name on the wire."""

    name: str
    type: Type
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list is paged (`x-paging`): the property `page` of the body is an object with `offset` and `limit`.

    `items` is the property of the response that holds the rows, which have the type `row` and the unique property `id`.
    `beside` are the other properties of the body, `within` those of the page. `name` is the name of the iteration.
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
    """How to wait with an operation (`x-wait`): repeat it until `property` of its response is one of `until`.

    `absent` are the statuses that mean that the resource does not exist yet.
    """

    name: str
    property: str
    until: tuple[str, ...]
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document, by its operationId. `idempotent` is None if the document does not specify it.

    `security` lists alternatives. Each is a tuple of security schemes that are required together, empty if none is.
    """

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
    security: tuple[tuple[str, ...], ...] = ()

    @property
    def successes(self) -> tuple[Response, ...]:
        """The responses of a successful call: those with 2xx, otherwise `default`, otherwise the redirections.

        An operation that documents errors only may return anything on success.
        """
        default = [each for each in self.responses if each.status == "default"]
        for found in (self._answers_of("2"), default, self._answers_of("3")):
            if found:
                return tuple(found)
        return (Response("default", None, ""),)

    @property
    def errors(self) -> tuple[Response, ...]:
        """The other responses, in document order."""
        return tuple(each for each in self.responses if each not in self.successes)

    def _answers_of(self, kind: str) -> list[Response]:
        return [each for each in self.responses if each.status.startswith(kind)]


@dataclass(frozen=True, slots=True)
class FilterPart:
    """A schema of a filter: its properties by role, and the values of its operator by meaning.

    A comparison has the roles `field`, `operator` and `value`; a combination `operator` and `filters`; a filter on the
    inside of an object `field` and `nested`. `words` has only the meanings that the operator has a value for.
    """

    schema: str
    properties: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a document, from `x-filter` at their union schema.

    `nested` is None if no filter reaches into an object.
    """

    schema: str
    comparison: FilterPart
    logical: FilterPart
    nested: FilterPart | None


@dataclass(frozen=True, slots=True)
class ErrorField:
    """One field of an error body, and its content."""

    name: str
    holds: Literal["message", "status"]


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """The error body that a document defines."""

    media_type: str
    fields: tuple[ErrorField, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """Where a token is sent, according to the security scheme `scheme_name`."""

    scheme: Literal["bearer", "basic", "header", "query", "cookie"]
    name: str
    scheme_name: str


@dataclass(frozen=True, slots=True)
class Server:
    """One server of the document: its URL, and the default and allowed values of each `{variable}` in it."""

    url: str
    description: str
    variables: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Api:
    """A whole API. `openapi` is the OpenAPI version of its document.

    `credentials` are the security schemes that the document requires. A single token is sent as the first of them.
    """

    title: str
    version: str
    openapi: str
    operations: tuple[Operation, ...]
    schemas: tuple[Schema, ...]
    filters: Filters | None = None
    credentials: tuple[Credential, ...] = ()
    servers: tuple[Server, ...] = ()
