"""The cost of a request to the server stubs, compared with a plain Starlette route and a generated FastAPI server.

The stubs validate requests and answers.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from .. import samples
from ..measuring import peers
from ..measuring.turns import Effort, Result, Target, Turn, alternate
from ..servers import child
from ..servers.serving import APPLICATIONS

SUBJECT: Final = "server"
# Requests per CPU second: 0.6 times those of Starlette, and 1.5 times those of the FastAPI server.
TARGETS: Final = (Target("starlette", 1 / 0.6), Target("datamodel-code-generator", 1 / 1.5))
_PREFIX: Final = f"{samples.BASE_PATH}/v2/workflows"
_LENGTH: Final = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

REQUESTS: Final = {
    "search of ten": ("POST", f"{_PREFIX}/instances", samples.dump(samples.SEARCH)),
    "five overviews": ("POST", f"{_PREFIX}/overview", b"{}"),
    "one overview": ("GET", f"{_PREFIX}/create-service/overview", None),
    "execute": ("POST", f"{_PREFIX}/create-service/execute", samples.dump(samples.EXECUTE)),
    "ping": ("GET", f"{_PREFIX}/create-service/pingWorkflowService", None),
}


def measure(effort: Effort) -> Iterator[Result]:
    """Measure the CPU time of each server process for each request."""
    peers.generate()
    with ExitStack() as stack:
        servers = {name: stack.enter_context(child.start("serving", name)) for name in APPLICATIONS}
        for what, request in REQUESTS.items():
            contenders = {name: _make_turn(server, *request) for name, server in servers.items()}
            figures = alternate(contenders, 300, effort)
            notes = {f"{name}, requests/s": f"{1e6 / min(turns):.0f}" for name, turns in figures.items()}
            yield Result(SUBJECT, what, "us", figures, TARGETS, notes)


def _make_turn(server: child.Child, method: str, path: str, body: bytes | None) -> Turn:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    request = head.encode() + b"\r\n" + (body or b"")

    def turn(count: int) -> float:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            _exchange(connection, request)
            before = server.read_cpu()
            for _ in range(count):
                _exchange(connection, request)
            return server.read_cpu() - before

    return turn


def _exchange(connection: socket.socket, request: bytes) -> None:
    """Send a request in one piece, to avoid the delay of an acknowledgement, and read the answer."""
    connection.sendall(request)
    answer = b""
    while True:
        answer += connection.recv(65536)
        head, found, content = answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if found and length and len(content) >= int(length[1]):
            break
    if not head.startswith(b"HTTP/1.1 200 "):
        raise SystemExit(f"not a success: {answer[:400]!r}")
