"""What a reference shows: operations by tag and schemas, as data without markup. Descriptions are CommonMark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what a type is called; `anchor` is that of a schema, or empty."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A property, at whatever depth, by its path within the whole (`items[].id`), or a parameter, by its name.

    `notes` are its constraints, `values` the JSON texts of the values that it may have where these are listed.
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
    """A text to show, in the language `json`, `bash`, `python` or `text`."""

    title: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body in one media type: what it is, and an example at least where its schema has any value."""

    media_type: str
    whole: Field
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What an operation takes."""

    description: str
    is_required: bool
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One documented answer; `phrase` says in words what its status is."""

    status: str
    phrase: str
    description: str
    headers: tuple[Field, ...]
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one place: path, query, header or cookie."""

    place: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `hints` say in CommonMark what the client has beside the method in `samples`."""

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
    """The operations of one tag, or those without any."""

    anchor: str
    name: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere within the reference."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema under its own name, and the operations that mention it."""

    anchor: str
    name: str
    whole: Field
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    used_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Server:
    """An address that the document names."""

    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole document; `setting` is a shell script that sets what the samples read."""

    title: str
    version: str
    summary: str
    description: str
    servers: tuple[Server, ...]
    setting: Example
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]
