"""A server on a loopback socket that sends predefined bytes, which need not be valid HTTP."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

# What happens to the connection after the bytes are sent.
End = Literal["close", "keep", "reset", "hang"]
_LINGER_ZERO: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Behavior:
    """What the server does with one request: it sends `data`, then treats the connection as `end` states.

    If `reads_request` is false, it does so before it reads the request.
    """

    data: bytes = b""
    end: End = "close"
    reads_request: bool = True


def answer(
    status: int,
    body: bytes = b"",
    content_type: str = "application/json",
    *headers: str,
    length: int | None = None,
    end: End = "close",
) -> Behavior:
    """Return the behavior that sends an HTTP response; `length` sets a wrong `Content-Length`."""
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    return Behavior("\r\n".join([*lines, "", ""]).encode("latin-1") + body, end)


@dataclass(slots=True)
class Server:
    """Plays one behavior per request and repeats the last one; `requests` holds the received bytes."""

    behaviors: Sequence[Behavior]
    requests: list[bytes] = field(default_factory=list)
    url: str = ""
    _released: threading.Event = field(default_factory=threading.Event)
    _taken: int = 0

    def _serve(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            with connection:
                if self._released.is_set():
                    return
                connection.settimeout(10)
                while self._play(connection):
                    pass

    def _play(self, connection: socket.socket) -> bool:
        """Play the next behavior, and return whether the connection is kept open."""
        behavior = self.behaviors[min(self._taken, len(self.behaviors) - 1)]
        try:
            if behavior.reads_request:
                request = _read_request(connection)
                if not request:
                    return False
                self.requests.append(request)
            self._taken += 1
            connection.sendall(behavior.data)
            if behavior.end == "hang":
                self._released.wait()
        except OSError:  # the client has closed the connection
            return False
        if behavior.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
        return behavior.end == "keep"


@contextmanager
def serve(*behaviors: Behavior) -> Iterator[Server]:
    """Run a server that plays `behaviors` on a free port; it handles one connection at a time."""
    server = Server(behaviors)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address: tuple[str, int] = listener.getsockname()
        server.url = f"http://{address[0]}:{address[1]}/api"
        thread = threading.Thread(target=server._serve, args=(listener,))
        thread.start()
        try:
            yield server
        finally:
            server._released.set()
            # Ends the `accept` that waits for a connection.
            socket.create_connection(address).close()
            thread.join()


def _read_request(connection: socket.socket) -> bytes:
    """Return one request with its body, or no bytes if the client closes the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
