"""What a request must look like: the styles of OpenAPI as RFC 6570 has them, from its table and nothing of ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from .document import Said

# RFC 6570, appendix A: what comes first, what separates, whether a value is named, and what follows an empty name.
_OPERATORS: Final[Mapping[str, tuple[str, str, bool, str]]] = {
    "simple": ("", ",", False, ""),
    "label": (".", ".", False, ""),
    "matrix": (";", ";", True, ""),
    "form": ("", "&", True, "="),
    "spaceDelimited": ("", "&", True, "="),
    "pipeDelimited": ("", "&", True, "="),
}
# RFC 3986, section 2.2, without what a query cannot hold and what would be read as something else there.
_RESERVED: Final = ":/?@!$'()*,;="
_DELIMITERS: Final = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def write_text(value: Any) -> str:
    """Return a value that is no list and no object as text."""
    return value if isinstance(value, str) else json.dumps(value)


def expand(
    name: str, value: Any, style: str, *, explode: bool, encode: bool = True, reserved: bool = False
) -> str:
    """Return `value` as the style has it; with `reserved`, the reserved characters of its texts are as they are."""
    kept = _RESERVED if reserved else ""
    if not explode and style == "form" and isinstance(value, list | dict):
        kept = kept.replace(",", "")

    def say(each: Any, kept: str = "") -> str:
        return quote(write_text(each), safe=kept) if encode else write_text(each)

    def give(key: str, text: str, empty: str) -> str:
        return f"{key}={text}" if text else f"{key}{empty}"

    if style == "deepObject":
        return "&".join(f"{say(name)}%5B{say(key)}%5D={say(each, kept)}" for key, each in value.items())
    first, separator, is_named, empty = _OPERATORS[style]
    if isinstance(value, dict) and explode:
        # Where nothing is named, the pairs of an object have their sign all the same.
        pairs = [give(say(key), say(each, kept), empty if is_named else "=") for key, each in value.items()]
        return first + separator.join(pairs)
    if isinstance(value, list) and explode:
        items = [give(say(name), say(each, kept), empty) if is_named else say(each) for each in value]
        return first + separator.join(items)
    flat: Iterable[Any] = [value]
    if isinstance(value, dict):
        flat = [part for pair in value.items() for part in pair]
    elif isinstance(value, list):
        flat = value
    text = _DELIMITERS.get(style, ",").join(say(each, kept) for each in flat)
    return first + (give(say(name), text, empty) if is_named else text)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a request that parameters stand in; the query as pairs in the order of their names."""

    path: str
    query: tuple[str, ...]
    headers: Mapping[str, str]
    cookies: tuple[str, ...]


def expect(path: str, parameters: Iterable[tuple[Said, Any]]) -> Parts:
    """Return the parts of the request to `path` that carries each of `parameters`."""
    path, _, fixed = path.partition("?")
    query: list[str] = fixed.split("&")
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for said, drawn in parameters:
        value = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) if said.is_json else drawn
        is_header = said.place == "header"
        text = expand(
            said.name,
            value,
            said.style,
            explode=said.explode,
            encode=not is_header,
            reserved=said.allow_reserved,
        )
        match said.place:
            case "path":
                path = path.replace(f"{{{said.name}}}", text)
            case "query":
                query += text.split("&")
            case "header":
                headers[said.name.lower()] = text
            case _:
                cookies.append(text)
    return Parts(path, sort_query(query), headers, tuple(sorted(cookies)))


def sort_query(pairs: Iterable[str]) -> tuple[str, ...]:
    """Return the pairs of a query in the order of their names: only pairs of one name have an order."""
    return tuple(sorted((each for each in pairs if each), key=lambda pair: pair.partition("=")[0]))


def read_form(content: bytes) -> list[tuple[str, str]]:
    """Return the pairs of an urlencoded form."""
    return parse_qsl(content.decode("ascii"), keep_blank_values=True, strict_parsing=bool(content))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body; `media_type` is text/plain where it names none (RFC 7578, section 4.4)."""

    name: str
    content: bytes
    media_type: str
    is_file: bool


def read_multipart(content_type: str, content: bytes) -> list[Part]:
    """Return the parts of a multipart body, as the standard library reads them."""
    message = message_from_bytes(b"Content-Type: " + content_type.encode("ascii") + b"\r\n\r\n" + content)
    found = []
    for part in message.get_payload() if message.is_multipart() else ():
        assert not isinstance(part, str)
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(payload, bytes)
        # What a name cannot hold is written as browsers do (WHATWG HTML, section 4.10.21.8).
        name = name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
        found.append(Part(name, payload, part.get_content_type(), part.get_filename() is not None))
    return found
