"""Writes JSON values into a path, a query, a header or a cookie: OpenAPI's styles (RFC 6570)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias, cast
from urllib.parse import quote

from ._media import InvalidValue

Style: TypeAlias = Literal[
    "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"
]
_Kind: TypeAlias = Literal["text", "list", "object"]

# The reserved characters (RFC 3986, section 2.2) that mean nothing in the value of a query: not & and +, which say
# something where it is read as a form, nor #, [ and ], which no query holds (section 3.4).
_UNTOLD: Final = "!$'()*,/:;=?@"
# What stands between the items of a query that is not exploded, as it is sent.
_SEPARATORS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def write_path(name: str, value: object, style: Style, *, explode: bool) -> str:
    """Return `value` as it stands in a segment of a path, percent-encoded."""
    kind, texts = _split(value)
    if style == "matrix":
        return _write_matrix(_quote(name), kind, [_quote(each) for each in texts], explode=explode)
    separator = "." if style == "label" and explode else ","
    if separator == "." and kind != "text":
        _refuse(
            texts, separator
        )  # to a URL a full stop is the same quoted or not (RFC 3986, section 6.2.2.2)
    parts = [_quote(each) for each in texts]
    if kind == "object" and explode:
        parts = _join_pairs(parts, "=")
    segment = ("." if style == "label" else "") + separator.join(parts)
    # A server or proxy resolves the segments "." and "..", so their dots are quoted too.
    return segment if segment.strip(".") else segment.replace(".", "%2E")


def _write_matrix(key: str, kind: _Kind, texts: Sequence[str], *, explode: bool) -> str:
    pairs = [(key, ",".join(texts))]
    if kind == "object" and explode:
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
    elif kind == "list" and explode:
        pairs = [(key, text) for text in texts]
    # What is empty goes without its sign (RFC 6570, section 3.2.7).
    return "".join(f";{name}={text}" if text else f";{name}" for name, text in pairs)


def write_query(
    name: str, value: object, style: Style, *, explode: bool, reserved: bool = False
) -> list[str]:
    """Return the pairs `name=value` that carry `value` in a query, percent-encoded; of an empty list, none.

    With `reserved`, the reserved characters of values that have no meaning where they stand are as they are.
    """
    kind, texts = _split(value)
    safe = _UNTOLD if reserved else ""
    names = kind == "object" and (explode or style == "deepObject")
    if kind != "text" and style == "form" and not explode:
        safe = safe.replace(",", "")
    key = _quote(name)
    parts = [_quote(each, "" if names and not at % 2 else safe) for at, each in enumerate(texts)]
    if kind == "object" and style == "deepObject":
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{key}%5B{inner}%5D={text}" for inner, text in pairs]
    if kind == "object" and explode:
        return _join_pairs(parts, "=")
    if kind == "list" and explode:
        return [f"{key}={text}" for text in parts]
    if kind == "text":
        return [f"{key}={parts[0]}"]
    separator = _SEPARATORS.get(style, ",")
    _refuse(texts, {"%20": " ", "%7C": "|"}.get(separator, ""))
    return [f"{key}={separator.join(parts)}"] if parts else []


def write_header(value: object, *, explode: bool) -> str:
    """Return `value` as it stands in a header, where nothing is encoded."""
    kind, texts = _split(value)
    if kind == "text":
        return texts[0]
    _refuse(texts, ",")
    if kind == "object" and explode:
        _refuse(texts[::2], "=")
        texts = _join_pairs(texts, "=")
    return ",".join(texts)


def _split(value: object) -> tuple[_Kind, list[str]]:
    """Return the texts of `value` in their order: its own, its items', or its keys and values in turn."""
    match value:
        case list():
            return "list", [write_text(item) for item in cast("list[object]", value)]
        case dict():
            pairs = cast("dict[str, object]", value).items()
            return "object", [text for key, item in pairs for text in (key, write_text(item))]
        case _:
            return "text", [write_text(value)]


def write_text(value: object) -> str:
    """Return a JSON value that is no list and no object as text."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return repr(value)
        case None:
            return "null"
        case _:
            raise InvalidValue("only text, numbers and booleans can be sent here")


def _join_pairs(texts: Sequence[str], sign: str) -> list[str]:
    return [f"{key}{sign}{text}" for key, text in zip(texts[::2], texts[1::2], strict=True)]


def _refuse(texts: Iterable[str], separator: str) -> None:
    if separator and any(separator in text for text in texts):
        raise InvalidValue(f"holds {separator!r}, which separates items where it is sent")


def _quote(text: str, safe: str = "") -> str:
    return quote(check_text(text), safe=safe)


def check_text(text: str) -> str:
    """Return `text`; raise `InvalidValue` for a lone surrogate, which stands for a byte that could not be decoded."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(f"not UTF-8: a lone surrogate at character {error.start}") from None
    return text
