"""Ownership of connections: a client closes its own, and leaves those of a caller's HTTP client open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from orchestrator_v2 import ApiError, AsyncClient, Client, TransportError

from ..support.calling import ONCE, URL, Wire

INSTANCES: dict[str, list[object]] = {"items": []}


def test_a_client_closes_its_own_connections() -> None:
    wire = Wire(json=INSTANCES)
    with Client(URL, transport=wire) as client:
        client.get_instances()
    with pytest.raises(RuntimeError, match="closed"):
        client.get_instances()
    assert len(wire.requests) == 1


def test_an_asynchronous_client_closes_its_own_connections() -> None:
    async def use() -> None:
        async with AsyncClient(URL, transport=Wire(json=INSTANCES)) as client:
            await client.get_instances()
        with pytest.raises(RuntimeError, match="closed"):
            await client.get_instances()

    asyncio.run(use())


def test_the_callers_http_client_stays_open() -> None:
    wire = Wire(json=INSTANCES)
    with httpx.Client(transport=wire, headers={"X-Tenant": "a"}, timeout=2.5) as http:
        with Client(URL, http_client=http, auth="abc") as client:
            client.get_instances()
        assert not http.is_closed
        assert wire.request.headers["x-tenant"] == "a"
        assert wire.request.headers["authorization"] == "Bearer abc"
        assert wire.request.extensions["timeout"]["read"] == 2.5
        assert "authorization" not in http.headers


def test_the_callers_asynchronous_http_client_stays_open() -> None:
    async def use() -> None:
        wire = Wire(json=INSTANCES)
        async with httpx.AsyncClient(transport=wire, headers={"X-Tenant": "a"}, timeout=2.5) as http:
            async with AsyncClient(URL, http_client=http, timeout=9) as client:
                await client.get_instances()
            assert not http.is_closed
        assert wire.request.headers["x-tenant"] == "a"
        assert wire.request.extensions["timeout"]["read"] == 9

    asyncio.run(use())


def test_the_base_url_of_the_callers_http_client_is_ignored() -> None:
    wire = Wire(json=INSTANCES)
    with httpx.Client(transport=wire, base_url="http://other.test/x") as http:
        Client(URL, http_client=http).get_instances()
    assert str(wire.request.url) == f"{URL}/v2/workflows/instances"


def test_http_client_and_transport_exclude_each_other() -> None:
    with httpx.Client() as http, pytest.raises(ValueError, match="cannot be combined with http_client"):
        Client(URL, http_client=http, transport=Wire())


class Moved(BaseHTTPRequestHandler):
    """Redirects every request to another host, as a login page does, and records its `Authorization`."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        self.send_response(307)
        self.send_header("Location", "http://login.invalid/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def moved() -> Iterator[tuple[str, list[str]]]:
    """Return the URL of a server on a free port, and the list of the `Authorization` headers it receives."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Moved) as server:
        server.seen = list[str]()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api", server.seen  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_a_redirect_is_not_followed(moved: tuple[str, list[str]]) -> None:
    url, seen = moved
    with Client(url, auth="abc") as client, pytest.raises(ApiError) as raised:
        client.get_instances()
    assert (raised.value.status, seen) == (307, ["Bearer abc"])
    assert raised.value.response.headers["location"] == "http://login.invalid/"


def test_a_failed_connection_is_a_transport_error(unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}"
    with Client(url, retry=ONCE) as client, pytest.raises(TransportError):
        client.get_instances()


@pytest.fixture
def unused_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), Moved) as server:
        return server.server_port
