"""A server on a loopback socket that answers byte by byte as it is told to, also with what is no HTTP."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

# What becomes of the connection once the bytes of an act are sent.
End = Literal["close", "keep", "reset", "hang"]
_AT_ONCE: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Act:
    """What the server does with one request: it sends `data`, and then `end`s.

    `listens` is false where it does so before it has read the request.
    """

    data: bytes = b""
    end: End = "close"
    listens: bool = True


def answer(
    status: int,
    body: bytes = b"",
    content_type: str = "application/json",
    *headers: str,
    length: int | None = None,
    end: End = "close",
) -> Act:
    """Return the act that answers; `length` is what `Content-Length` says where it is not true."""
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    return Act("\r\n".join([*lines, "", ""]).encode("latin-1") + body, end)


@dataclass(slots=True)
class Server:
    """One act for each request, the last for good; `requests` holds what was sent to it."""

    acts: Sequence[Act]
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
        """Play the next act, and say whether the connection is kept."""
        act = self.acts[min(self._taken, len(self.acts) - 1)]
        try:
            if act.listens:
                request = _read_request(connection)
                if not request:
                    return False
                self.requests.append(request)
            self._taken += 1
            connection.sendall(act.data)
            if act.end == "hang":
                self._released.wait()
        except OSError:  # the client has had enough
            return False
        if act.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        return act.end == "keep"


@contextmanager
def serve(*acts: Act) -> Iterator[Server]:
    """Run a server that plays `acts`, on a free port, one connection after the other."""
    server = Server(acts)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address: tuple[str, int] = listener.getsockname()
        server.url = f"http://{address[0]}:{address[1]}/api"
        thread = threading.Thread(target=server._serve, args=(listener,))
        thread.start()
        try:
            yield server
        finally:
            server._released.set()
            # Wakes what waits for a connection.
            socket.create_connection(address).close()
            thread.join()


def _read_request(connection: socket.socket) -> bytes:
    """Return one request, its body included; nothing where the client closes the connection instead."""
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
