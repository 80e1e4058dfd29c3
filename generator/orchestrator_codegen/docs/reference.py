"""The content of a reference, as data without markup: operations by tag, and schemas. Descriptions are CommonMark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the displayed name of a type. `anchor` is the anchor of a schema, or empty."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A property at any depth, named by its path (`items[].id`), or a parameter.

    `notes` are its constraints. `values` are its enum values, each a string or JSON text.
    """

    name: str
    type: tuple[Piece, ...]
    description: str
    is_required: bool = False
    is_deprecated: bool = False
    notes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A code block. `language` is `json`, `bash`, `python` or `text`."""

    title: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body in one media type. It has an example unless no value for its schema was found."""

    media_type: str
    whole: Field
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The request body of an operation."""

    description: str
    is_required: bool
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A documented answer. `phrase` is the reason phrase of its status."""

    status: str
    phrase: str
    description: str
    headers: tuple[Field, ...]
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters in one place: path, query, header or cookie."""

    place: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation. `hints` describe, in CommonMark, what the client has besides the method in `samples`."""

    anchor: str
    id: str
    method: str
    path: str
    summary: str
    description: str
    is_deprecated: bool
    parameters: tuple[Parameters, ...]
    body: RequestBody | None
    answers: tuple[Answer, ...]
    samples: tuple[Example, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of a tag, or those without tags."""

    anchor: str
    name: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the reference."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A component schema, with the operations that refer to it."""

    anchor: str
    name: str
    whole: Field
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    used_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the document."""

    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole document. `setting` is a shell script that sets the environment variables of the samples."""

    title: str
    version: str
    summary: str
    description: str
    servers: tuple[Server, ...]
    setting: Example
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]
