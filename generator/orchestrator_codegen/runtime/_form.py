"""Form bodies: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Generic, Literal, TypeVar, cast
from urllib.parse import urlencode

from pydantic_core import from_json, to_json

from ._media import InvalidValue, Json, Plain
from ._model import Model, attributes
from ._parameter import Scalar
from ._reading import read_text
from ._styles import check_text, write_text
from ._texts import decode_query

T = TypeVar("T")

# A parameter of a header. Its value is quoted, with backslash escapes, or a bare token.
_PARAMETER: Final = re.compile(rb';\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')
# How browsers escape the characters that would end a name (WHATWG HTML, section 4.10.21.8).
_ESCAPES: Final = {'"': "%22", "\r": "%0D", "\n": "%0A"}


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a form is sent: as text, once per list item, as JSON, or as the bytes of a file.

    `reads` are the JSON types that its text may represent, `media_type` is the media type of its part.
    """

    kind: Literal["text", "list", "json", "file", "files"] = "text"
    reads: tuple[Scalar, ...] = ("string",)
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    content: bytes
    is_file: bool = False
    media_type: str = ""


class _FormBody(Plain, Generic[T]):
    """The common base of both kinds of form: an object whose properties are sent as fields."""

    def __init__(self, type_: Any, fields: Mapping[str, Field]) -> None:
        self._json = Json[T](type_)
        self._fields = fields

    def _write(self, value: Any) -> Iterator[_Part]:
        files = {
            name: _take(value, name) for name, each in self._fields.items() if each.kind in ("file", "files")
        }
        blank = {name: _blank(held, b"") for name, held in files.items()}
        plain = from_json(self._json.encode(_put(value, blank)))
        if not isinstance(plain, dict):
            raise InvalidValue("must be an object to be sent as a form")
        for name, item in cast("dict[str, Any]", plain).items():
            field = self._fields.get(name, Field("list" if isinstance(item, list) else "text"))
            check_text(name)
            held = files.get(name, item)
            for each in _list(held) if field.kind in ("list", "files") else [held]:
                yield _Part(name, _write_field(each, field), name in files, _media_type(field, each))

    def _read(self, parts: Iterator[_Part], *, lenient: bool) -> T:
        sent: dict[str, list[bytes]] = {}
        for part in parts:
            sent.setdefault(part.name, []).append(part.content)
        files: dict[str, Any] = {}
        plain: dict[str, Any] = {}
        for name, contents in sent.items():
            field = self._fields.get(name, Field("list" if len(contents) > 1 else "text"))
            if len(contents) > 1 and field.kind not in ("list", "files"):
                raise InvalidValue(f"{name}: must not be repeated")
            if field.kind in ("file", "files"):
                files[name] = contents if field.kind == "files" else contents[0]
                plain[name] = _blank(files[name], "")
            else:
                values = [_read_field(name, each, field) for each in contents]
                plain[name] = values if field.kind == "list" else values[0]
        value = self._json.decode(to_json(plain), lenient=lenient)
        return cast(T, _put(value, files))


class Form(_FormBody[T]):
    """A URL-encoded body of type `T`, which is an object."""

    media_type = "application/x-www-form-urlencoded"

    def decode(self, data: bytes, *, lenient: bool) -> T:
        """Parse `data`; raise `InvalidValue`."""
        pairs = (pair.partition(b"=") for pair in data.split(b"&") if pair)
        parts = (_Part(decode_query(name), decode_query(value).encode()) for name, _, value in pairs)
        return self._read(parts, lenient=lenient)

    def encode(self, value: Any) -> bytes:
        """Serialize the fields of `value` that were set; raise `InvalidValue`."""
        return urlencode([(part.name, part.content) for part in self._write(value)]).encode()


class Multipart(_FormBody[T]):
    """A multipart body of type `T`, which is an object; files are sent as raw bytes."""

    media_type = "multipart/form-data"

    def decode(self, data: bytes, *, lenient: bool) -> T:
        """Parse `data`, which must start with its boundary line; raise `InvalidValue`."""
        return self._read(_split_parts(data), lenient=lenient)

    def unwrap(self, data: bytes, content_type: str) -> bytes:
        """Return `data` without the text before its first and after its last boundary (RFC 2046, section 5.1.1)."""
        boundary = _read_parameter(content_type.encode("latin-1", "replace"), b"boundary")
        if boundary is None:
            return data
        lines = list(_find_boundaries(b"\r\n" + data, boundary))
        end = next((line.end() - 2 for line in lines if line[1]), None)
        if end is None:
            raise InvalidValue("must end with its closing boundary")
        return data[lines[0].start() : end]

    def encode(self, value: Any) -> bytes:
        """Serialize the fields of `value` that were set; raise `InvalidValue`."""
        parts = list(self._write(value))
        digest = hashlib.sha256(b"".join(part.content for part in parts))
        boundary = digest.hexdigest()[:32].encode()
        return b"".join(_write_part(part, boundary) for part in parts) + b"--%b--\r\n" % boundary

    def describe(self, data: bytes) -> str:
        """Return the content type of `data`, a result of `encode`, with its boundary."""
        boundary = data.partition(b"\r\n")[0][2:].removesuffix(b"--").decode("ascii")
        return f"{self.media_type}; boundary={boundary}"


def _take(value: Any, name: str) -> Any:
    if isinstance(value, Model):
        attribute = attributes(type(value)).get(name, name)
        return getattr(value, attribute, None) if attribute in value.model_fields_set else None
    return cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None


def _put(value: Any, held: Mapping[str, Any]) -> Any:
    """Return a copy of `value` with the fields `held`, by wire name; None values in `held` are ignored."""
    held = {name: each for name, each in held.items() if each is not None}
    if not held:
        return value
    if isinstance(value, Model):
        names = attributes(type(value))
        return value.model_copy(update={names.get(name, name): each for name, each in held.items()})
    return {**cast("dict[str, Any]", value), **held} if isinstance(value, dict) else value


def _blank(held: Any, empty: bytes | str) -> Any:
    """Return a placeholder for a file while the other fields are validated as JSON, which cannot hold all bytes."""
    if held is None:
        return None
    if isinstance(held, list):
        return [_blank(each, empty) for each in cast("list[object]", held)]
    if not isinstance(held, bytes):
        raise InvalidValue(f"expected bytes for a file, got {type(held).__name__}")
    return empty


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _media_type(field: Field, item: Any) -> str:
    if field.media_type:
        return field.media_type
    if field.kind in ("file", "files"):
        return "application/octet-stream"
    return "application/json" if field.kind == "json" or isinstance(item, dict | list) else ""


def _write_field(item: Any, field: Field) -> bytes:
    if isinstance(item, bytes):
        return item
    if field.kind == "json" or isinstance(item, dict | list):
        return to_json(item)
    return check_text(write_text(item)).encode()


def _read_field(name: str, content: bytes, field: Field) -> Any:
    try:
        text = content.decode()
        return from_json(text) if field.kind == "json" else read_text(text, field.reads)
    except InvalidValue as problem:
        raise InvalidValue(f"{name}: {problem}") from None
    except UnicodeDecodeError:
        raise InvalidValue(f"{name}: not UTF-8") from None
    except ValueError:
        raise InvalidValue(f"{name}: not JSON") from None


def _write_part(part: _Part, boundary: bytes) -> bytes:
    name = "".join(_ESCAPES.get(character, character) for character in part.name)
    head = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{name}"' if part.is_file else "")
    if part.media_type:
        head += f"\r\nContent-Type: {part.media_type}"
    return b"--%b\r\n%b\r\n\r\n%b\r\n" % (boundary, head.encode(), part.content)


def _split_parts(data: bytes) -> Iterator[_Part]:
    first = data.partition(b"\r\n")[0].rstrip(b" \t")
    if not first.startswith(b"--") or len(first) < 3:
        raise InvalidValue("must begin with a boundary line")
    if first.endswith(b"--") and data.strip() == first:
        return  # a form without fields
    whole = b"\r\n" + data
    lines = list(_find_boundaries(whole, first[2:]))
    if not any(line[1] for line in lines):
        raise InvalidValue("must end with its boundary")
    for line, following in pairwise(lines):
        if line[1]:
            return
        section = whole[line.end() : following.start()]
        head, found, content = section.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = head.split(b"\r\n")
        disposition = next((each for each in fields if each.lower().startswith(b"content-disposition:")), b"")
        name = _read_parameter(disposition, b"name")
        if not found or name is None:
            raise InvalidValue("every part must have a name in its Content-Disposition header")
        yield _Part(_read_name(name), content)


def _find_boundaries(data: bytes, boundary: bytes) -> Iterator[re.Match[bytes]]:
    """Yield a match for each boundary line, with the line break before it; group 1 matches in the closing one only."""
    return re.finditer(rb"\r\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r\n|\Z)", data)


def _read_parameter(header: bytes, name: bytes) -> bytes | None:
    """Return the unquoted value of a header parameter, None if it is absent."""
    for found in _PARAMETER.finditer(header):
        if found[1].lower() == name:
            return found[3] if found[2] is None else found[2].replace(b'\\"', b'"')
    return None


def _read_name(sent: bytes) -> str:
    try:
        name = sent.decode()
    except UnicodeDecodeError:
        raise InvalidValue("the name of a part is not UTF-8") from None
    for character, escape in _ESCAPES.items():
        name = name.replace(escape, character)
    return name
