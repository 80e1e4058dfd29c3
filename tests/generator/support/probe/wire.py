"""The expected serialization of a request: the styles of OpenAPI, implemented from the table of RFC 6570."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from .document import DescribedParameter

# RFC 6570, appendix A: the prefix, the separator, whether a value is named, and the text after a name without value.
_OPERATORS: Final[Mapping[str, tuple[str, str, bool, str]]] = {
    "simple": ("", ",", False, ""),
    "label": (".", ".", False, ""),
    "matrix": (";", ";", True, ""),
    "form": ("", "&", True, "="),
    "spaceDelimited": ("", "&", True, "="),
    "pipeDelimited": ("", "&", True, "="),
}
# RFC 3986, section 2.2, without the characters that are not allowed or have a different meaning in a query.
_RESERVED: Final = ":/?@!$'()*,;="
_DELIMITERS: Final = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def write_text(value: Any) -> str:
    """Return the text of a scalar value."""
    return value if isinstance(value, str) else json.dumps(value)


def expand(
    name: str, value: Any, style: str, *, explode: bool, encode: bool = True, reserved: bool = False
) -> str:
    """Return `value` serialized in a style. With `reserved`, reserved characters of its strings are not encoded."""
    kept = _RESERVED if reserved else ""
    if not explode and style == "form" and isinstance(value, list | dict):
        kept = kept.replace(",", "")

    def encode_value(each: Any, kept: str = "") -> str:
        return quote(write_text(each), safe=kept) if encode else write_text(each)

    def write_pair(key: str, text: str, empty: str) -> str:
        return f"{key}={text}" if text else f"{key}{empty}"

    if style == "deepObject":
        return "&".join(
            f"{encode_value(name)}%5B{encode_value(key)}%5D={encode_value(each, kept)}"
            for key, each in value.items()
        )
    first, separator, is_named, empty = _OPERATORS[style]
    if isinstance(value, dict) and explode:
        # The pairs of an object have "=" even in styles that do not name values.
        pairs = [
            write_pair(encode_value(key), encode_value(each, kept), empty if is_named else "=")
            for key, each in value.items()
        ]
        return first + separator.join(pairs)
    if isinstance(value, list) and explode:
        items = [
            write_pair(encode_value(name), encode_value(each, kept), empty)
            if is_named
            else encode_value(each)
            for each in value
        ]
        return first + separator.join(items)
    flat: Iterable[Any] = [value]
    if isinstance(value, dict):
        flat = [part for pair in value.items() for part in pair]
    elif isinstance(value, list):
        flat = value
    text = _DELIMITERS.get(style, ",").join(encode_value(each, kept) for each in flat)
    return first + (write_pair(encode_value(name), text, empty) if is_named else text)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a request that contain parameters. The query is a list of pairs sorted by name."""

    path: str
    query: tuple[str, ...]
    headers: Mapping[str, str]
    cookies: tuple[str, ...]


def expect(path: str, parameters: Iterable[tuple[DescribedParameter, Any]]) -> Parts:
    """Return the expected parts of the request to `path` with `parameters`."""
    path, _, fixed = path.partition("?")
    query: list[str] = fixed.split("&")
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for parameter, drawn in parameters:
        value = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) if parameter.is_json else drawn
        is_header = parameter.place == "header"
        text = expand(
            parameter.name,
            value,
            parameter.style,
            explode=parameter.explode,
            encode=not is_header,
            reserved=parameter.allow_reserved,
        )
        match parameter.place:
            case "path":
                path = path.replace(f"{{{parameter.name}}}", text)
            case "query":
                query += text.split("&")
            case "header":
                headers[parameter.name.lower()] = text
            case _:
                cookies.append(text)
    return Parts(path, sort_query(query), headers, tuple(sorted(cookies)))


def sort_query(pairs: Iterable[str]) -> tuple[str, ...]:
    """Return the pairs of a query sorted by name. Only the order of pairs with the same name is significant."""
    return tuple(sorted((each for each in pairs if each), key=lambda pair: pair.partition("=")[0]))


def read_form(content: bytes) -> list[tuple[str, str]]:
    """Return the pairs of a URL-encoded form."""
    return parse_qsl(content.decode("ascii"), keep_blank_values=True, strict_parsing=bool(content))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body. `media_type` defaults to text/plain (RFC 7578, section 4.4)."""

    name: str
    content: bytes
    media_type: str
    is_file: bool


def read_multipart(content_type: str, content: bytes) -> list[Part]:
    """Return the parts of a multipart body, parsed by the standard library."""
    message = message_from_bytes(b"Content-Type: " + content_type.encode("ascii") + b"\r\n\r\n" + content)
    found = []
    for part in message.get_payload() if message.is_multipart() else ():
        assert not isinstance(part, str)
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(payload, bytes)
        # Special characters of a name are escaped as browsers do (WHATWG HTML, section 4.10.21.8).
        name = name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
        found.append(Part(name, payload, part.get_content_type(), part.get_filename() is not None))
    return found
