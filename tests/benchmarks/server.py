"""The server stubs with both validations on, beside a bare Starlette route and beside a generated FastAPI server."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from . import child, peers, samples
from .measuring import Effort, Result, Target, Turn, alternate
from .serving import APPLICATIONS

SUBJECT: Final = "server"
# In requests for each CPU second: 0.6 of the first, 1.5 times the second.
TARGETS: Final = (Target("starlette", 1 / 0.6), Target("datamodel-code-generator", 1 / 1.5))
_PREFIX: Final = f"{samples.BASE_PATH}/v2/workflows"

REQUESTS: Final = {
    "search of ten": ("POST", f"{_PREFIX}/instances", samples.dump(samples.SEARCH)),
    "five overviews": ("POST", f"{_PREFIX}/overview", b"{}"),
    "one overview": ("GET", f"{_PREFIX}/create-service/overview", None),
    "execute": ("POST", f"{_PREFIX}/create-service/execute", samples.dump(samples.EXECUTE)),
    "ping": ("GET", f"{_PREFIX}/create-service/pingWorkflowService", None),
}


def measure(effort: Effort) -> Iterator[Result]:
    """Measure each request against all servers, by the CPU time of the servers' processes."""
    peers.generate()
    with ExitStack() as stack:
        servers = {name: stack.enter_context(child.start("serving", name)) for name in APPLICATIONS}
        for what, request in REQUESTS.items():
            contenders = {name: _ask(server, *request) for name, server in servers.items()}
            figures = alternate(contenders, 300, effort)
            notes = {f"{name}, requests/s": f"{1e6 / min(turns):.0f}" for name, turns in figures.items()}
            yield Result(SUBJECT, what, "us", figures, TARGETS, notes)


def _ask(server: child.Child, method: str, path: str, body: bytes | None) -> Turn:
    headers = {} if body is None else {"content-type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def turn(count: int) -> float:
        before = server.read_cpu()
        for _ in range(count):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status != 200:
                raise SystemExit(f"{method} {path}: {response.status} {content[:200]!r}")
        taken = server.read_cpu() - before
        connection.close()
        return taken

    return turn
