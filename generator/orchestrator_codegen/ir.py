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
class Anything:
    """Any JSON value."""


Type = Reference | Scalar | ListOf | FreeObject | Anything


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
class Operation:
    """One operation of the document, by its operationId."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    location: Location
    tags: tuple[str, ...] = ()


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
