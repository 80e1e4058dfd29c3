"""Incoming requests: reads the body within its size limit, and the arguments of the handler."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from starlette.types import Message, Receive, Scope

from ._media import InvalidValue, Json, is_of
from ._operation import Body, Operation
from ._parameter import Parameter
from ._reading import read_default, read_header, read_pairs, read_segment, takes_the_rest
from ._refusal import HTTPError
from ._texts import split_cookies, split_query

T = TypeVar("T")

Headers = list[tuple[bytes, bytes]]


class Disconnected(Exception):
    """The client disconnected before its request was complete."""


class Incoming:
    """One incoming request: its headers as sent, and its body, which is read on demand."""

    __slots__ = ("_body", "_by_name", "_limit", "_receive", "headers", "scope")

    def __init__(self, scope: Scope, receive: Receive, limit: int) -> None:
        self.scope = scope
        self.headers: Headers = list(scope["headers"])
        self._by_name = dict(self.headers)
        self._receive = receive
        self._limit = limit
        self._body: bytes | None = None

    def header(self, name: bytes) -> str | None:
        """Return the header with the lower-case name `name`, or None."""
        value = self._by_name.get(name)
        return None if value is None else value.decode("latin-1")

    async def body(self) -> bytes:
        """Return the whole body; raise `HTTPError` 413 if it exceeds the limit, or `Disconnected`."""
        if self._body is None:
            self._body = await self._read_body()
        return self._body

    async def receive(self) -> Message:
        """Return the whole body in one message: an ASGI receive channel that can be read repeatedly."""
        return {"type": "http.request", "body": await self.body(), "more_body": False}

    async def _read_body(self) -> bytes:
        announced = self._by_name.get(b"content-length", b"")
        # More than 18 digits exceed any limit, and int() is slow for very many.
        if announced.isdigit() and (len(announced) > 18 or int(announced) > self._limit):
            raise HTTPError(413, f"the body is larger than the limit of {self._limit} bytes")
        chunks: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > self._limit:
                raise HTTPError(413, f"the body is larger than the limit of {self._limit} bytes")
            more = message.get("more_body", False)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)


class ArgumentReader:
    """Reads the arguments of one operation from the parameters and the body of a request."""

    def __init__(self, operation: Operation[Any]) -> None:
        of_place = {
            place: [each for each in operation.parameters if each.place == place]
            for place in ("path", "query", "header", "cookie")
        }
        self._path = of_place["path"]
        self._query = of_place["query"]
        self._cookie = of_place["cookie"]
        self._header = [(each, each.name.lower().encode("latin-1", "replace")) for each in of_place["header"]]
        self._defaults = {each.argument: read_default(each) for each in operation.parameters}
        self._body = operation.body

    async def read(self, incoming: Incoming, path: Mapping[str, str]) -> dict[str, Any]:
        """Return the arguments by name; `path` holds the path parameters as sent. Raises `HTTPError` 400 or 413."""
        arguments: dict[str, Any] = {}
        for parameter in self._path:
            arguments[parameter.argument] = self._read(parameter, read_segment, path[parameter.name])
        if self._query:
            sent = split_query(incoming.scope["query_string"])
            for parameter in self._query:
                found = _leave(sent, self._query) if takes_the_rest(parameter) else sent
                arguments[parameter.argument] = self._read(parameter, read_pairs, found)
        for parameter, name in self._header:
            texts = [value.decode("latin-1") for key, value in incoming.headers if key == name]
            arguments[parameter.argument] = self._read(parameter, read_header, texts)
        if self._cookie:
            cookies = [value.decode("latin-1") for key, value in incoming.headers if key == b"cookie"]
            for parameter in self._cookie:
                arguments[parameter.argument] = self._read(parameter, read_pairs, split_cookies(cookies))
        if self._body is not None:
            arguments["body"] = await _read_body(self._body, incoming)
        return arguments

    def _read(self, parameter: Parameter, read: Callable[[Parameter, T], Any], sent: T) -> Any:
        try:
            value = read(parameter, sent)
            if value is None and parameter.required:
                raise InvalidValue("is required but missing")
        except (ValueError, RecursionError) as error:
            raise HTTPError(400, f"{parameter.place} parameter {parameter.name}: {_reason(error)}") from None
        return self._defaults[parameter.argument] if value is None else value


def _leave(sent: Mapping[str, list[str]], parameters: Sequence[Parameter]) -> Mapping[str, list[str]]:
    """Return the values whose names belong to no other parameter, for the parameter that takes the rest."""
    names = {each.name for each in parameters if not takes_the_rest(each)}
    return {name: values for name, values in sent.items() if name.partition("[")[0] not in names}


async def _read_body(body: Body, incoming: Incoming) -> Any:
    data = await incoming.body()
    if not data:
        if body.required:
            raise HTTPError(400, "body: is required but missing")
        return None
    sent = incoming.header(b"content-type") or "none"
    wanted = body.media.media_type
    if not is_of(sent, wanted):
        found = sent.partition(";")[0].strip().lower()
        raise HTTPError(400, f"body: expected content type {wanted}, got {found}")
    try:
        value = body.media.decode(body.media.unwrap(data, sent), lenient=False)
        if isinstance(body.media, Json):
            _refuse_duplicates(data)
    except (ValueError, RecursionError) as error:
        raise HTTPError(400, f"body: {_reason(error)}") from None
    return value


def _reason(error: Exception) -> str:
    """Return the reason for a rejection; only the message of `InvalidValue` is guaranteed not to repeat the value."""
    return str(error) if isinstance(error, InvalidValue) else "cannot be parsed"


def _refuse_duplicates(data: bytes) -> None:
    """Raise `InvalidValue` if an object in `data` has a duplicate key: parsers differ in which value they keep."""
    _KEYS.decode(data.decode())


def _check_keys(pairs: list[tuple[str, Any]]) -> None:
    if len(pairs) > 1 and len(dict(pairs)) != len(pairs):
        raise InvalidValue("Invalid JSON: an object has a duplicate key")


def _keep(number: str) -> str:
    return number


# Numbers stay strings, so that the digit limit of int() does not apply here.
_KEYS: Final = json.JSONDecoder(object_pairs_hook=_check_keys, parse_int=_keep, parse_float=_keep)
