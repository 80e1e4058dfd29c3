"""Receives an answer within limits: of its size after decompression, and of the time of the whole exchange.

An answer that breaks a limit, or that is not valid HTTP, is a `Response` with a `problem`, and not an exception: the
target did answer, and it is at fault.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx

from .exchange import Headers, Response
from .network import Clock

MEBIBYTE: Final = 1 << 20
MAX_SIZE: Final = 16 * MEBIBYTE
TIMEOUT: Final = 30.0

ACCEPTED: Final = "gzip, deflate"
# What h11 and httpcore say if the connection ends.
_ENDED: Final = re.compile("closed|disconnected")
_MOST_LAYERS: Final = 3
_MOST_STREAMS: Final = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a body may have after decompression, and how many seconds an exchange may take."""

    size: int = MAX_SIZE
    seconds: float = TIMEOUT


class _Unreceivable(Exception):
    """The answer cannot be received completely. The message says why, in one sentence."""


def receive(send: Callable[[], httpx.Response], clock: Clock, limits: Limits) -> Response:
    """Send a request with `send`, and return the answer. The body of the answer must not have been read.

    `clock` is that of the transport. Raises `httpx.TransportError` if nothing at all was received.
    """
    clock.start(limits.seconds)
    try:
        answer = send()
    except httpx.LocalProtocolError:
        raise
    except httpx.TransportError as problem:
        if not clock.received:
            raise
        return Response(0, (), b"", _explain(problem, "head", limits))
    headers = _plain_headers(answer)
    try:
        return Response(answer.status_code, headers, _read_body(answer, limits))
    except httpx.TransportError as problem:
        return Response(answer.status_code, headers, b"", _explain(problem, "body", limits))
    except _Unreceivable as problem:
        return Response(answer.status_code, headers, b"", str(problem))
    finally:
        answer.close()


def _plain_headers(answer: httpx.Response) -> Headers:
    # Cookies are credentials, and no check reads them.
    return tuple((name, value) for name, value in answer.headers.items() if name.lower() != "set-cookie")


def _explain(problem: httpx.TransportError, part: str, limits: Limits) -> str:
    match problem:
        case httpx.TimeoutException():
            return f"the {part} of the answer is not complete after {limits.seconds:g} seconds"
        case httpx.RemoteProtocolError() if not _ENDED.search(str(problem)):
            return f"the {part} of the answer is not valid HTTP: {problem}"
        case _:
            return f"the connection ends before the {part} of the answer is complete"


def _read_body(answer: httpx.Response, limits: Limits) -> bytes:
    chunks, size = [], 0
    for chunk in answer.iter_raw():
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.size:
            raise _Unreceivable(f"the body is larger than {_show_size(limits)}")
    body = b"".join(chunks)
    encodings = [each.strip().lower() for each in answer.headers.get("content-encoding", "").split(",")]
    layers = [each for each in encodings if each not in ("", "identity")]
    if len(layers) > _MOST_LAYERS:
        raise _Unreceivable(f"the body is compressed {len(layers)} times")
    for encoding in reversed(layers):
        body = _decompress(body, encoding, limits) if body else b""
    return body


def _decompress(body: bytes, encoding: str, limits: Limits) -> bytes:
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise _Unreceivable(
            f"the content encoding of the body is {encoding[:40]}, and {ACCEPTED} are accepted"
        )
    try:
        if encoding == "deflate":
            return _inflate_deflate(body, limits)
        return _inflate(body, 16 + zlib.MAX_WBITS, limits)
    except zlib.error as problem:
        raise _Unreceivable(
            f"the content encoding of the body is {encoding}, but it is not {encoding}: {problem}"
        ) from None


def _inflate_deflate(body: bytes, limits: Limits) -> bytes:
    try:
        return _inflate(body, zlib.MAX_WBITS, limits)
    except zlib.error:
        # Some servers send the stream without its zlib header.
        return _inflate(body, -zlib.MAX_WBITS, limits)


def _inflate(body: bytes, window: int, limits: Limits) -> bytes:
    parts, size = [], 0
    while body:
        stream = zlib.decompressobj(window)
        part = stream.decompress(body, limits.size - size + 1)
        parts.append(part)
        size += len(part)
        if size > limits.size:
            raise _Unreceivable(f"the body is larger than {_show_size(limits)} after decompression")
        if not stream.eof:
            raise zlib.error("the stream is incomplete")
        # A body may consist of several streams.
        body = stream.unused_data
        if len(parts) > _MOST_STREAMS:
            raise _Unreceivable(f"the body consists of more than {_MOST_STREAMS} compressed streams")
    return b"".join(parts)


def _show_size(limits: Limits) -> str:
    return f"{limits.size / MEBIBYTE:g} MiB"
