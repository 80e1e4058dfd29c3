"""Reads an answer for what it is. Whether it conforms to the document is judged elsewhere, see `judge`."""

from __future__ import annotations

import re
from typing import Any, Final

from ..contract.contract import Contract, Media, Operation
from ..contract.shaping import ABSENT, needs_content, shape_value
from .exchange import NO_ANSWER, NotJson, Response, read_json

JSON = Any

_CHARSETS: Final = frozenset(
    {"utf-8", "utf-16", "utf-16le", "utf-16be", "utf-32", "us-ascii", "ascii", "latin-1", "windows-1252"}
    | {f"iso-8859-{number}" for number in (1, 2, 15)}
)
_LONGEST_MESSAGE: Final = 200
_BOM: Final = b"\xef\xbb\xbf"
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
# The members in which backends put the text of an error, by preference.
_MESSAGES: Final = ("message", "error", "err", "errors", "detail", "title", "reason", "name")


class Unreadable(ValueError):
    """The body of an answer cannot be read as what the document describes. The message says what it is."""


def read_answer(contract: Contract, operation: Operation, response: Response) -> JSON:
    """Return the value of a successful answer, read along the documented schema, see `shape_value`.

    The status need not be documented: the body is read as the documented success with the closest status. The content
    type need not be right either: a JSON string where text is documented is that text, and JSON is parsed under any
    label. An empty body is an empty object or text if the schema requires nothing. Raises `Unreadable`.
    """
    if response.problem:
        raise Unreadable(f"an answer that cannot be received: {response.problem}")
    media = _find_media(operation, response.status)
    if media is None:
        return None
    if media.media_type.startswith("text/"):
        return _read_text(response)
    if not response.body.strip():
        if needs_content(contract.document, media.schema):
            raise Unreadable("an empty body")
        return {}
    try:
        value = read_json(decode_text(response).encode("utf-8", "surrogatepass"))
    except NotJson:
        raise Unreadable(f"a body that is not JSON ({response.content_type or 'no content type'})") from None
    if contract.explain(media.schema, value) is None:
        return value
    shaped = shape_value(contract.document, media.schema, value)
    if shaped is ABSENT:
        raise Unreadable(f"a JSON {_name_kind(value)}")
    return shaped


def _find_media(operation: Operation, status: int) -> Media | None:
    documented = operation.find_answer(status)
    if documented is None:
        successes = sorted(
            (abs(int(key) - status), key)
            for key in operation.answers
            if key.isdigit() and key.startswith("2")
        )
        documented = operation.answers[successes[0][1]] if successes else ()
    return documented[0] if documented else None


def _read_text(response: Response) -> str:
    text = decode_text(response)
    if "json" in response.content_type:
        try:
            value = read_json(text.encode("utf-8", "surrogatepass"))
        except NotJson:
            return text
        return value if isinstance(value, str) else text
    return text


def decode_text(response: Response) -> str:
    """Return the body as text, in the charset that the answer names or in UTF-8, without a byte order mark.

    Bytes that are invalid in that charset are replaced.
    """
    body = response.body.removeprefix(_BOM)
    # Some codecs of Python are no charsets, and take a quadratic time.
    charset = response.charset.lower()
    return body.decode(charset if charset in _CHARSETS else "utf-8", errors="replace")


def describe_answer(response: Response) -> str:
    """Return the status of an answer and the message of its body, if any, in one line."""
    if response == NO_ANSWER:
        return "no answer"
    if response.problem:
        return f"status {response.status}: {response.problem}" if response.status else response.problem
    message = read_message(response)
    return f"status {response.status}{f': {message}' if message else ''}"


def read_message(response: Response) -> str:
    """Return the message of an error body of any common shape in one line, or an empty string."""
    text = decode_text(response)
    try:
        found = _find_message(read_json(text.encode("utf-8", "surrogatepass")), 0)
    except NotJson:
        title = _TITLE.search(text[: 10 * _LONGEST_MESSAGE])
        found = title[1] if title else _TAG.sub(" ", text[: 10 * _LONGEST_MESSAGE])
    line = " ".join(found.split())
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}..."


def _find_message(value: JSON, depth: int) -> str:
    match value:
        case str():
            return value
        case dict() if depth < 4:
            found = (_find_message(value[name], depth + 1) for name in _MESSAGES if name in value)
            return next(filter(None, found), "")
        case list() if depth < 4 and value:
            return _find_message(value[0], depth + 1)
        case _:
            return ""


def _name_kind(value: JSON) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
