"""Writes JSON values into a path, a query, a header or a cookie: OpenAPI's styles (RFC 6570)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, TypeAlias, cast
from urllib.parse import quote

from ._media import InvalidValue

Style: TypeAlias = Literal[
    "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"
]
# What stands between the items of a query that is not exploded, as it is sent.
_SEPARATORS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def write_path(name: str, value: Any, style: Style, *, explode: bool) -> str:
    """Return `value` as it stands in a segment of a path, percent-encoded."""
    if style == "matrix":
        return _write_matrix(name, value, explode=explode)
    separator = "." if style == "label" and explode else ","
    texts = _list_texts(value)
    if separator == "." and isinstance(value, list | dict):
        _refuse(
            texts, separator
        )  # to a URL a full stop is the same quoted or not (RFC 3986, section 6.2.2.2)
    parts = [_quote(each) for each in texts]
    if isinstance(value, dict) and explode:
        parts = _join_pairs(parts, "=")
    segment = ("." if style == "label" else "") + separator.join(parts)
    # A server or proxy resolves the segments "." and "..", so their dots are quoted too.
    return segment if segment.strip(".") else segment.replace(".", "%2E")


def _write_matrix(name: str, value: Any, *, explode: bool) -> str:
    texts = [_quote(each) for each in _list_texts(value)]
    key = _quote(name)
    pairs = [(key, ",".join(texts))]
    if isinstance(value, dict) and explode:
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
    elif isinstance(value, list) and explode:
        pairs = [(key, text) for text in texts]
    # What is empty goes without its sign (RFC 6570, section 3.2.7).
    return "".join(f";{name}={text}" if text else f";{name}" for name, text in pairs)


def write_query(name: str, value: Any, style: Style, *, explode: bool) -> list[str]:
    """Return the pairs `name=value` that carry `value` in a query, percent-encoded; of an empty list, none."""
    if isinstance(value, dict) and style == "deepObject":
        texts = [_quote(each) for each in _list_texts(value)]
        return [
            f"{_quote(name)}%5B{key}%5D={text}" for key, text in zip(texts[::2], texts[1::2], strict=True)
        ]
    if isinstance(value, dict) and explode:
        return _join_pairs([_quote(each) for each in _list_texts(value)], "=")
    if isinstance(value, list) and explode:
        return [f"{_quote(name)}={_quote(each)}" for each in _list_texts(value)]
    separator = _SEPARATORS.get(style, ",")
    texts = _list_texts(value)
    if isinstance(value, list | dict):
        _refuse(texts, {"%20": " ", "%7C": "|"}.get(separator, ""))
        if not texts:
            return []
    return [f"{_quote(name)}={separator.join(_quote(each) for each in texts)}"]


def write_header(value: Any, *, explode: bool) -> str:
    """Return `value` as it stands in a header, where nothing is encoded."""
    texts = _list_texts(value)
    if not isinstance(value, list | dict):
        return texts[0]
    _refuse(texts, ",")
    if isinstance(value, dict) and explode:
        _refuse(texts[::2], "=")
        texts = _join_pairs(texts, "=")
    return ",".join(texts)


def _list_texts(value: Any) -> list[str]:
    """Return the texts of `value` in their order: its own, its items', or its keys and values in turn."""
    if isinstance(value, list):
        return [write_text(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return [text for key, item in pairs for text in (key, write_text(item))]
    return [write_text(value)]


def write_text(value: Any) -> str:
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


def _quote(text: str) -> str:
    return quote(check_text(text), safe="")


def check_text(text: str) -> str:
    """Return `text`; raise `InvalidValue` for a lone surrogate, which stands for a byte that could not be decoded."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(f"not UTF-8: a lone surrogate at character {error.start}") from None
    return text
