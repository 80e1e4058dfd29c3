"""HTTP connections on which a whole exchange has a deadline, however slowly the bytes arrive."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import httpcore
import httpx

# Options of a socket, in the types of httpcore.
_SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]
_MOST_CONNECTIONS: Final = 100


@dataclass(slots=True)
class Clock:
    """The deadline of the current exchange, and the number of bytes that were received in it."""

    deadline: float = float("inf")
    received: int = 0

    def start(self, seconds: float) -> None:
        """Begin an exchange that may take `seconds`."""
        self.deadline = time.monotonic() + seconds
        self.received = 0

    def limit(self, timeout: float | None) -> float:
        """Return the seconds that an operation may take. Raises `TimeoutError` after the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if timeout is None else min(left, timeout)


class BoundedTransport(httpx.BaseTransport):
    """A transport that raises `httpx.ReadTimeout` at the deadline of its `clock`. One thread may use it.

    The timeouts of httpx apply to each read, so a byte now and then keeps an exchange going without an end.
    """

    def __init__(self, ssl_context: ssl.SSLContext, *, keeps_connections: bool = True) -> None:
        self.clock = Clock()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_MOST_CONNECTIONS if keeps_connections else 0,
            keepalive_expiry=5.0,
            network_backend=_Backend(self.clock),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`, and return the answer once its head has arrived."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        wanted = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(wanted)
        except _ERRORS as problem:
            raise _translate(problem, request) from problem
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, request), request=request
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    def __iter__(self) -> Any:
        try:
            yield from self._answer.iter_stream()
        except _ERRORS as problem:
            raise _translate(problem, self._request) from problem

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(
            host, port, self._clock.limit(timeout), local_address, socket_options
        )
        return _Stream(stream, self._clock)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, self._clock.limit(timeout))
        self._clock.received += len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.limit(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._clock.limit(timeout))
        return _Stream(inner, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


_ERRORS: Final = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, TimeoutError)


def _translate(problem: Exception, request: httpx.Request) -> httpx.TransportError:
    # The exceptions of httpx have the names of those of httpcore.
    kind = getattr(httpx, type(problem).__name__, httpx.ReadTimeout)
    translated: httpx.TransportError = kind(str(problem), request=request)
    return translated
