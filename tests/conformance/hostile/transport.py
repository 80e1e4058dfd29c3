"""A proxy in front of the reference backend that breaks HTTP for some paths."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

# Writes raw bytes to a connection until it returns or the other side closes.
Write = Callable[[socket.socket], None]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def send_bytes(data: bytes) -> Write:
    """Send `data` and close."""
    return lambda connection: connection.sendall(data)


def repeat(data: bytes, head: bytes = b"", pause: float = 0.0) -> Write:
    """Send `head`, and then `data` again and again, without an end."""

    def write(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(data)
            if pause:
                time.sleep(pause)

    return write


def reset(connection: socket.socket) -> None:
    """Reset the connection."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def hang(connection: socket.socket) -> None:
    """Answer nothing until the other side closes."""
    while connection.recv(1024):
        pass


@contextmanager
def breaking_proxy(upstream: str, write: Write, part: str, first: int = 0) -> Iterator[str]:
    """Answer requests whose path contains `part` with `write`, after the `first` of them; forward all others."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen = iter(range(1_000_000))

    def handle(connection: socket.socket) -> None:
        with suppress(OSError, http.client.HTTPException, ValueError), connection:
            request = _read_request(connection)
            if part in request[1] and next(seen) >= first:
                write(connection)
            else:
                connection.sendall(_forward(upstream, *request))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{urlsplit(upstream).path}"
    finally:
        listener.close()


def _read_request(connection: socket.socket) -> tuple[str, str, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        received = connection.recv(65536)
        if not received:
            raise ValueError("no request")
        data += received
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, path, _ = first.split(" ", 2)
    return method, path, headers, body


def _forward(upstream: str, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    at = urlsplit(upstream)
    client = http.client.HTTPConnection(at.hostname or "", at.port, timeout=20)
    client.request(method, path, body or None, {"Content-Type": headers.get("content-type", "")})
    answer = client.getresponse()
    content = answer.read()
    client.close()
    head = (
        f"HTTP/1.1 {answer.status} {answer.reason}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n"
    )
    kind = answer.getheader("content-type")
    return (head + (f"Content-Type: {kind}\r\n" if kind else "") + "\r\n").encode() + content
