"""Parses the bodies of requests and responses: JSON, forms, text, and bytes of any other media type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ..document.load import JSON, Pointer
from .ir import Binary, Content, FormField, Scalar
from .media_types import Kind, choose_media_type, find_kind
from .parse_context import Node, Parsing, Unsupported
from .text_kinds import find_texts, iter_places


def parse_content(parsing: Parsing, name: str, content: JSON, at: Pointer) -> Content | None:
    """Return the content of a body, or None if there is none. Warns of omitted media types.

    An inline schema becomes a schema named `name`. Raises `Unsupported`.
    """
    if not content:
        return None
    media_type = choose_media_type(content)
    for other in content:
        if other != media_type:
            parsing.warn(f"the media type {other} is omitted: only {media_type} is used", (*at, other))
    schema_at = (*at, media_type, "schema")
    schema = content[media_type].get("schema", {})
    kind = _find_kind(parsing, media_type, content[media_type], schema_at)
    match kind:
        case "json":
            return Content(media_type, kind, parsing.name_type(schema, name, schema_at))
        case "text":
            return Content(media_type, kind, Scalar("string"))
        case "binary":
            return Content(media_type, kind, Binary())
        case "form" | "multipart":
            encoding = content[media_type].get("encoding") or {}
            fields = tuple(_parse_fields(parsing, schema_at, encoding, kind)) if schema else ()
            return Content(media_type, kind, parsing.name_type(schema, name, schema_at), fields)


def _find_kind(parsing: Parsing, media_type: str, said: JSON, at: Pointer) -> Kind:
    """Return how a body is parsed. JSON with a schema of bytes is not parsed at all.

    With a range of all media types, a string is not quoted, and a body without a schema can be anything.
    """
    kind, is_range = find_kind(media_type), "*" in media_type
    if kind != "json":
        return kind
    if "schema" not in said:
        return "binary" if is_range else kind
    schema = parsing.follow(at).data
    if not isinstance(schema, dict) or schema.get("type") != "string":
        return kind
    return "binary" if schema.get("format") == "binary" else "text" if is_range else kind


def _parse_fields(parsing: Parsing, at: Pointer, encoding: JSON, kind: Kind) -> Iterator[FormField]:
    for name, property_at in _iter_properties(parsing, at):
        said = encoding.get(name) or {}
        if said.get("style", "form") != "form" or said.get("explode", True) is False:
            raise Unsupported(f"its form field {name!r} does not have the style form with explode: true")
        if said.get("allowReserved"):
            # Parsing is not affected.
            where = (*at[:-1], "encoding", name)
            parsing.warn(f"allowReserved is not supported in a form: {name!r} is sent percent-encoded", where)
        media_type = str(said.get("contentType", "")).partition(",")[0].strip()
        media_type = "" if "*" in media_type or kind == "form" else media_type
        node = parsing.follow(property_at)
        if kind == "multipart" and (file := _find_file(parsing, node, media_type)):
            yield FormField(name, file, ("string",), media_type)
            continue
        try:
            texts = find_texts(parsing, property_at)
        except Unsupported:
            yield FormField(name, "json", ("string",), media_type)
            continue
        is_json = texts.kind in ("object", "some") or media_type.endswith("json")
        yield FormField(name, "json" if is_json else _plain(texts.kind), texts.reads, media_type)


def _plain(kind: str) -> Literal["text", "list"]:
    return "list" if kind == "list" else "text"


def _find_file(parsing: Parsing, node: Node, media_type: str) -> Literal["file", "files"] | None:
    if _is_file(node.data, media_type):
        return "file"
    if isinstance(node.data, dict) and node.data.get("type") == "array" and "items" in node.data:
        return "files" if _is_file(parsing.follow((*node.at, "items")).data, media_type) else None
    return None


def _is_file(schema: Any, media_type: str) -> bool:
    """Return whether a schema describes bytes: by `format` (OpenAPI 3.0), or by a media type without encoding (3.1)."""
    if not isinstance(schema, dict):
        return False
    return schema.get("type") == "string" and (
        schema.get("format") == "binary"
        or ("contentMediaType" in schema and "contentEncoding" not in schema)
        or media_type == "application/octet-stream"
    )


def _iter_properties(parsing: Parsing, at: Pointer) -> Iterator[tuple[str, Pointer]]:
    for place, schema in iter_places(parsing, at, ("allOf",)):
        for name in schema.get("properties") or {}:
            yield name, (*place, "properties", name)
