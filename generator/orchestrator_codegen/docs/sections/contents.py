"""Reads the bodies of requests and answers, with the examples of the document or a made one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...api.media_types import choose_media_type, make_concrete, may_be_json
from ...document.load import JSON
from ...document.references import follow, split_reference
from ..reference import Content, Example
from ..samples.call import SampleBody
from ..samples.examples import NO_EXAMPLE, make_example
from .fields import FieldReader


@dataclass(frozen=True, slots=True)
class ExampleValue:
    """An example: a title, and a JSON value."""

    title: str
    value: Any


def read_contents(reader: FieldReader, node: Mapping[str, Any], *, is_sent: bool) -> tuple[Content, ...]:
    """Return the content of `node`, a request body or an answer, for each media type."""
    return tuple(
        _read_content(reader, media_type, media or {}, is_sent=is_sent)
        for media_type, media in (node.get("content") or {}).items()
    )


def choose_sample_body(data: JSON, body: Mapping[str, Any]) -> SampleBody | None:
    """Return the body that a sample sends: the first non-empty example of the media type that the client chooses."""
    contents = body.get("content") or {}
    if not contents:
        return None
    media_type = choose_media_type(contents)
    given = list(find_examples(data, contents[media_type] or {}, is_sent=True))
    media_type = make_concrete(media_type)
    if not given:
        return SampleBody(media_type, {}) if body.get("required") and may_be_json(media_type) else None
    return SampleBody(media_type, next((each.value for each in given if each.value), given[0].value))


def find_examples(data: JSON, media: Mapping[str, Any], *, is_sent: bool) -> Iterator[ExampleValue]:
    """Yield the examples of a media type or a parameter, or else one made from its schema, if possible."""
    given = media.get("examples")
    found = False
    for name, node in (given if isinstance(given, dict) else {}).items():
        example = _follow(data, node)
        if isinstance(example, dict) and "value" in example:
            found = True
            yield ExampleValue(str(example.get("summary") or name), example["value"])
    if not found and "example" in media:
        found = True
        yield ExampleValue("Example", media["example"])
    if not found and "schema" in media:
        made = make_example(data, media["schema"], is_sent=is_sent)
        if made is not NO_EXAMPLE:
            yield ExampleValue("Example", made)


def show_example(given: ExampleValue, media_type: str) -> Example:
    """Return an example as a code block. A string is shown as is if the body is not JSON."""
    if isinstance(given.value, str) and not may_be_json(media_type):
        return Example(given.title, "text", given.value)
    return Example(given.title, "json", json.dumps(given.value, indent=2, ensure_ascii=False))


def _read_content(
    reader: FieldReader, media_type: str, media: Mapping[str, Any], *, is_sent: bool
) -> Content:
    schema = media.get("schema", True)
    return Content(
        media_type=media_type,
        whole=reader.read("", schema),
        fields=tuple(reader.expand(schema)),
        examples=tuple(
            show_example(each, media_type) for each in find_examples(reader.data, media, is_sent=is_sent)
        ),
    )


def _follow(data: JSON, node: JSON) -> JSON:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        try:
            return follow(data, split_reference(node["$ref"]))[1]
        except (LookupError, ValueError, RecursionError):
            return None  # Example data is not validated, so a reference in it may not resolve.
    return node
