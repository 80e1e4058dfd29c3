"""Extracts the texts from a path, query, header or cookie according to OpenAPI's styles (RFC 6570).

The texts are not converted here: their schema determines the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import unquote_plus, unquote_to_bytes

from ._media import InvalidValue
from ._parameter import Kind
from ._styles import Style, check_text

# The texts of one parameter: one, a list, or an object.
Shape: TypeAlias = str | list[str] | dict[str, str]


def take_path(name: str, sent: str, kind: Kind, style: Style, *, explode: bool) -> Shape:
    """Return the texts in a percent-encoded path segment; raise `InvalidValue` if it does not have the style."""
    if style == "matrix":
        return _take_matrix(name, sent, kind, explode=explode)
    separator = ","
    if style == "label":
        if not sent.startswith("."):
            raise InvalidValue("must begin with '.' (style label)")
        sent = sent[1:]
        separator = "." if explode else ","
    return _split(sent, kind, separator, explode=explode)


def _take_matrix(name: str, sent: str, kind: Kind, *, explode: bool) -> Shape:
    if not sent.startswith(";"):
        raise InvalidValue("must begin with ';' (style matrix)")
    pairs = [part.partition("=") for part in sent[1:].split(";")]
    if kind == "object" and explode:
        return {_unquote(key): _unquote(text) for key, _, text in pairs}
    if any(_unquote(key) != name for key, _, _ in pairs):
        raise InvalidValue(f"must be sent as ';{name}=...' (style matrix)")
    if kind == "list" and explode:
        return [_unquote(text) for _, _, text in pairs]
    if len(pairs) > 1:
        raise InvalidValue("must not be repeated")
    return _split(pairs[0][2], kind, ",", explode=False)


def _split(sent: str, kind: Kind, separator: str, *, explode: bool) -> Shape:
    if kind in ("text", "json"):
        return _unquote(sent)
    if kind == "list":
        return [_unquote(part) for part in sent.split(separator)]
    if explode:
        pairs = [part.partition("=") for part in sent.split(separator)]
        return {_unquote(key): _unquote(text) for key, _, text in pairs}
    return _pair([_unquote(part) for part in sent.split(separator)])


def _pair(texts: Sequence[str]) -> dict[str, str]:
    if len(texts) % 2:
        raise InvalidValue("must alternate names and values")
    return dict(zip(texts[::2], texts[1::2], strict=True))


def take_query(
    name: str, sent: Mapping[str, list[str]], kind: Kind, style: Style, *, explode: bool
) -> Shape | None:
    """Return the texts of one parameter in a query, None if it is absent; raise `InvalidValue`.

    `sent` holds the percent-encoded values of each decoded name. An exploded object takes all of them.
    """
    if kind == "object" and style == "deepObject":
        inner = {
            key[len(name) + 1 : -1]: _only(values)
            for key, values in sent.items()
            if key.startswith(f"{name}[") and key.endswith("]")
        }
        return inner or None
    if kind == "object" and explode:
        return {key: _only(values) for key, values in sent.items()} or None
    values = sent.get(name)
    if values is None:
        return None
    if (kind == "list" and explode) or (kind == "some" and len(values) > 1):
        return [_decode(value) for value in values]
    value = values[0] if len(values) == 1 else _only(values)
    if kind in ("text", "some", "json"):
        return _decode(value)
    separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style)
    parts = value.split(",") if separator is None else _decode(value).split(separator)
    texts = [_decode(part) for part in parts] if separator is None else parts
    return texts if kind == "list" else _pair(texts)


def _only(values: Sequence[str]) -> str:
    if len(values) > 1:
        raise InvalidValue("must not be repeated")
    return _decode(values[0])


def take_header(sent: Sequence[str], kind: Kind, *, explode: bool) -> Shape:
    """Return the texts of a header; lists and objects may span several header lines (RFC 9110, section 5.3)."""
    if kind in ("text", "json"):
        if len(sent) > 1:
            raise InvalidValue("must not be repeated")
        return sent[0]
    texts = [part.strip(" \t") for part in ",".join(sent).split(",")]
    if kind == "list":
        return texts
    if explode:
        return {key: text for key, _, text in (part.partition("=") for part in texts)}
    return _pair(texts)


def split_query(query: bytes) -> dict[str, list[str]]:
    """Return the percent-encoded values of each decoded name in a query."""
    sent: dict[str, list[str]] = {}
    for part in query.decode("utf-8", "surrogateescape").split("&"):
        if part:
            name, _, value = part.partition("=")
            sent.setdefault(unquote_plus(name, errors="surrogateescape"), []).append(value)
    return sent


def split_cookies(headers: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of each cookie as sent, without quotes (RFC 6265, section 4.2.1)."""
    sent: dict[str, list[str]] = {}
    for pair in (pair for header in headers for pair in header.split(";")):
        name, found, value = pair.strip().partition("=")
        if found:
            sent.setdefault(name, []).append(value.removeprefix('"').removesuffix('"'))
    return sent


def decode_query(sent: bytes) -> str:
    """Return a name or a value of a query or a form, decoded; raise `InvalidValue` if it is not UTF-8."""
    return _decode(sent.decode("utf-8", "surrogateescape"))


def _decode(text: str) -> str:
    plain = text if "%" not in text and "+" not in text else unquote_plus(text, errors="surrogateescape")
    return check_text(plain)


def _unquote(text: str) -> str:
    if "%" not in text:
        return check_text(text)
    try:
        return unquote_to_bytes(text.encode("utf-8", "surrogateescape")).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidValue("not UTF-8") from None
