"""Serializes JSON values into a path, query, header or cookie with OpenAPI's styles (RFC 6570)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias, cast
from urllib.parse import quote

from ._media import InvalidValue

Style: TypeAlias = Literal[
    "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"
]
_Kind: TypeAlias = Literal["text", "list", "object"]

# The reserved characters (RFC 3986, section 2.2) without a meaning in a query value. Excluded are & and +, which have
# a meaning in form encoding, and #, [ and ], which a query must not contain (section 3.4).
_PLAIN_RESERVED: Final = "!$'()*,/:;=?@"
# The separators of items in a query value that is not exploded, percent-encoded.
_SEPARATORS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def write_path(name: str, value: object, style: Style, *, explode: bool) -> str:
    """Return `value` serialized as a segment of a path, percent-encoded."""
    kind, texts = _split(value)
    if style == "matrix":
        return _write_matrix(_quote(name), kind, [_quote(each) for each in texts], explode=explode)
    separator = "." if style == "label" and explode else ","
    if separator == "." and kind != "text":
        # A percent-encoded full stop is equivalent to a plain one (RFC 3986, section 6.2.2.2), so encoding cannot help.
        _refuse(texts, separator)
    parts = [_quote(each) for each in texts]
    if kind == "object" and explode:
        parts = _join_pairs(parts, "=")
    segment = ("." if style == "label" else "") + separator.join(parts)
    # Servers and proxies resolve the segments "." and "..", so their dots are encoded too.
    return segment if segment.strip(".") else segment.replace(".", "%2E")


def _write_matrix(key: str, kind: _Kind, texts: Sequence[str], *, explode: bool) -> str:
    pairs = [(key, ",".join(texts))]
    if kind == "object" and explode:
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
    elif kind == "list" and explode:
        pairs = [(key, text) for text in texts]
    # An empty value is sent without the equals sign (RFC 6570, section 3.2.7).
    return "".join(f";{name}={text}" if text else f";{name}" for name, text in pairs)


def write_query(
    name: str, value: object, style: Style, *, explode: bool, reserved: bool = False
) -> list[str]:
    """Return `value` serialized as percent-encoded `name=value` pairs of a query; an empty list has none.

    With `reserved`, the reserved characters that have no meaning in a query value are not encoded.
    """
    kind, texts = _split(value)
    safe = _PLAIN_RESERVED if reserved else ""
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
    """Return `value` serialized for a header, without percent-encoding."""
    kind, texts = _split(value)
    if kind == "text":
        return texts[0]
    _refuse(texts, ",")
    if kind == "object" and explode:
        _refuse(texts[::2], "=")
        texts = _join_pairs(texts, "=")
    return ",".join(texts)


def _split(value: object) -> tuple[_Kind, list[str]]:
    """Return the kind and the texts of `value`: its own text, one per item, or keys and values alternating."""
    match value:
        case list():
            return "list", [write_text(item) for item in cast("list[object]", value)]
        case dict():
            pairs = cast("dict[str, object]", value).items()
            return "object", [text for key, item in pairs for text in (key, write_text(item))]
        case _:
            return "text", [write_text(value)]


def write_text(value: object) -> str:
    """Return a JSON value as text; raise `InvalidValue` for a list or an object."""
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
            raise InvalidValue(
                "must contain only strings, numbers and booleans, without nested lists or objects"
            )


def _join_pairs(texts: Sequence[str], sign: str) -> list[str]:
    return [f"{key}{sign}{text}" for key, text in zip(texts[::2], texts[1::2], strict=True)]


def _refuse(texts: Iterable[str], separator: str) -> None:
    if separator and any(separator in text for text in texts):
        raise InvalidValue(f"must not contain {separator!r}, which is a separator in this parameter")


def _quote(text: str, safe: str = "") -> str:
    return quote(check_text(text), safe=safe)


def check_text(text: str) -> str:
    """Return `text`; raise `InvalidValue` for a lone surrogate, which represents a byte that is not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(f"not UTF-8: lone surrogate at character {error.start}") from None
    return text
