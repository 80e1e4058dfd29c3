"""What a document says, without Python: operations, their parts, and named JSON Schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..document.diagnostics import Location

ScalarKind = Literal["string", "integer", "number", "boolean"]
Place = Literal["path", "query", "header", "cookie"]
Style = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]


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


@dataclass(frozen=True, slots=True)
class Binary:
    """Bytes of which nothing is known."""


Type = Reference | Scalar | ListOf | FreeObject | Choice | Anything | Binary


@dataclass(frozen=True, slots=True)
class Texts:
    """What is sent as text for a value: one, one for each item of a list, one for each property, or JSON.

    `some` is what may be a list or a lone value, which is sent as a list of one is. `reads` are the JSON types that a
    text may stand for, and `properties` the same by the name of a property.
    """

    kind: Literal["text", "list", "some", "object", "json"]
    reads: tuple[ScalarKind, ...] = ("string",)
    properties: tuple[tuple[str, tuple[ScalarKind, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A named JSON Schema, as data; one that stood inline in an operation is named by where it stood."""

    name: str
    definition: Any
    location: Location


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation: where it stands, in which style, and what its texts are.

    `allow_reserved` says that the reserved characters of its texts stand in the query as they are.
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
    """One field of a form; `media_type` is that of its part, "" where the document does not say."""

    name: str
    kind: Literal["text", "list", "json", "file", "files"]
    reads: tuple[ScalarKind, ...]
    media_type: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its media type and what it holds; a form has fields."""

    media_type: str
    kind: Literal["json", "text", "binary", "form", "multipart"]
    type: Type
    fields: tuple[FormField, ...] = ()


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
    headers: tuple[Parameter, ...] = ()


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
    """One operation of the document, by its operationId; `idempotent` is None where the document does not say.

    `security` are alternatives, each of the security schemes that are wanted together, none where nothing is wanted.
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
        """What a call comes to where all goes well: the 2xx; else the `default`, else the redirections.

        An operation that documents errors alone answers whatever it likes, of which nothing is known.
        """
        default = [each for each in self.responses if each.status == "default"]
        for found in (self._answers_of("2"), default, self._answers_of("3")):
            if found:
                return tuple(found)
        return (Response("default", None, ""),)

    @property
    def errors(self) -> tuple[Response, ...]:
        """The other answers, in document order."""
        return tuple(each for each in self.responses if each not in self.successes)

    def _answers_of(self, kind: str) -> list[Response]:
        return [each for each in self.responses if each.status.startswith(kind)]


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
class Credential:
    """Where a token goes, as the security scheme `scheme_name` says."""

    scheme: Literal["bearer", "basic", "header", "query", "cookie"]
    name: str
    scheme_name: str


@dataclass(frozen=True, slots=True)
class Server:
    """One server of the document: its URL, which may hold `{variables}`, each with its default and what it may be."""

    url: str
    description: str
    variables: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Api:
    """A whole document; `openapi` is the version of OpenAPI that it is written in.

    `credentials` are those of the schemes that the document asks for, the first of them what a lone token is sent as.
    """

    title: str
    version: str
    openapi: str
    operations: tuple[Operation, ...]
    schemas: tuple[Schema, ...]
    filters: Filters | None = None
    credentials: tuple[Credential, ...] = ()
    servers: tuple[Server, ...] = ()
