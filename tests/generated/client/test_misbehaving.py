"""Calls to a misbehaving server on a real socket: the exception and its message, without secrets."""

from __future__ import annotations

import asyncio
import logging
import socket
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final

import pytest
from orchestrator_v2 import AsyncClient, Client, ClientError, Retry, TransportError
from orchestrator_v2.errors import ApiError

from ..support.bad_responses import (
    ANSWERED,
    BROKEN,
    EXECUTE,
    GIVEN,
    HTML,
    PASSWORD,
    SECRETS,
    TOKEN,
    ZIPPED,
    chunked,
)
from ..support.calling import ONCE
from ..support.scripted_server import Behavior, Server, answer, serve

WITHOUT_PAUSE: Final = Retry(attempts=3, first_pause=0)

Call = Callable[..., Any]


def call_sync(http: Any, url: str, method: str, arguments: dict[str, Any], **options: Any) -> Any:
    library = {"verify": False, **options.pop("library", {})}  # creating a TLS context is slow
    with http.Client(**library) as opened, Client(url, http_client=opened, **options) as client:
        return getattr(client, method)(**arguments)


def call_async(http: Any, url: str, method: str, arguments: dict[str, Any], **options: Any) -> Any:
    library = {"verify": False, **options.pop("library", {})}  # creating a TLS context is slow

    async def use() -> Any:
        async with (
            http.AsyncClient(**library) as opened,
            AsyncClient(url, http_client=opened, **options) as client,
        ):
            return await getattr(client, method)(**arguments)

    return asyncio.run(use())


def bind(call: Any, library: str) -> Call:
    def bound(*arguments: Any, **options: Any) -> Any:
        return call(pytest.importorskip(library), *arguments, **options)

    return bound


requires_httpx2 = pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
every_client = pytest.mark.parametrize(
    "call",
    [
        pytest.param(bind(call_sync, "httpx"), id="httpx.Client"),
        pytest.param(bind(call_async, "httpx"), id="httpx.AsyncClient"),
        pytest.param(bind(call_sync, "httpx2"), id="httpx2.Client", marks=requires_httpx2),
        pytest.param(bind(call_async, "httpx2"), id="httpx2.AsyncClient", marks=requires_httpx2),
    ],
)


def show(error: BaseException) -> list[str]:
    """Return everything that shows `error`: its texts, and the traceback with its causes."""
    return [str(error), repr(error), "".join(traceback.format_exception(error))]


def check_message(error: ClientError, log: pytest.LogCaptureFixture, path: str) -> str:
    """Check that the message of `error` is short, printable, complete and without secrets, and return it."""
    shown = [*show(error), log.text]
    assert [(secret, text) for secret in SECRETS for text in shown if secret in text] == []
    message = str(error)
    assert message.isprintable()
    assert len(message) < 450
    assert message.startswith(f"{error.operation_id}: ")
    assert getattr(error, "request", None) is not None
    assert path in message
    return message


@every_client
@pytest.mark.parametrize("name", ANSWERED)
def test_each_bad_response_has_its_exception(call: Call, name: str, caplog: pytest.LogCaptureFixture) -> None:
    behavior, kind, status, expected = ANSWERED[name]
    caplog.set_level(logging.INFO)
    with serve(behavior) as server, pytest.raises(ClientError) as raised:
        call(server.url, "execute_workflow", EXECUTE, retry=ONCE, **GIVEN)
    error = raised.value
    message = check_message(error, caplog, "/api/v2/workflows/greet/execute")
    assert (type(error), error.status) == (kind, status)
    assert expected in message
    assert len(server.requests) == 1
    assert f"authorization: bearer {TOKEN}".encode() in server.requests[0].lower()


@every_client
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_response_is_a_transport_error(
    call: Call, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    behavior, kind, expected = BROKEN[name]
    caplog.set_level(logging.INFO)
    timeout = 0.1 if behavior.end == "hang" else 10
    with serve(behavior) as server, pytest.raises(ClientError) as raised:
        call(server.url, "execute_workflow", EXECUTE, retry=ONCE, timeout=timeout, **GIVEN)
    error = raised.value
    message = check_message(error, caplog, "/api/v2/workflows/greet/execute got no answer: ")
    assert (type(error), error.status) == (kind, None)
    assert expected in message


@every_client
def test_a_refused_connection_is_a_connect_error(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as deaf:
        # Bound but not listening: no other process can use the port, and connections are refused.
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(TransportError, match="ConnectError") as raised:
            call(url, "execute_workflow", EXECUTE, retry=ONCE, **GIVEN)
    check_message(raised.value, caplog, "/v2/workflows/greet/execute got no answer: ")
    assert raised.value.__cause__ is not None


@every_client
@pytest.mark.parametrize(
    "behavior",
    [answer(500, PASSWORD.encode(), HTML), Behavior(PASSWORD.encode()), Behavior()],
    ids=["500", "garbage", "none"],
)
def test_a_password_in_the_url_is_not_shown(
    call: Call, behavior: Behavior, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(behavior) as server, pytest.raises(ClientError) as raised:
        call(server.url.replace("//", f"//user:{PASSWORD}@"), "execute_workflow", EXECUTE, retry=ONCE)
    check_message(raised.value, caplog, "/execute")
    assert b"authorization: basic " in server.requests[0].lower()


@every_client
@pytest.mark.parametrize("follows", [True, False])
def test_redirects_are_not_followed_by_any_http_client(call: Call, follows: bool) -> None:
    with serve(answer(200, b'{"id": "i-1"}')) as other:
        moved = answer(307, b"", "", f"Location: {other.url}")
        with serve(moved) as server, pytest.raises(ApiError) as raised:
            call(server.url, "execute_workflow", EXECUTE, library={"follow_redirects": follows}, **GIVEN)
    assert (raised.value.status, other.requests) == (307, [])


@every_client
@pytest.mark.parametrize("location", ["http://[/", "http://a:b/", "//", "http:///x", "\xfc"])
def test_a_redirect_with_an_invalid_location_is_a_client_error(
    call: Call, location: str, caplog: pytest.LogCaptureFixture
) -> None:
    # The HTTP library parses the location even so, and raises an error for some invalid ones.
    with serve(answer(302, b"", "", f"Location: {location}")) as server:
        with pytest.raises((ApiError, TransportError)) as raised:
            call(server.url, "execute_workflow", EXECUTE, **GIVEN)
        assert raised.value.status == 302 or "location header" in str(raised.value)
        check_message(raised.value, caplog, "/execute ")
        assert len(server.requests) == 1


FOUND: Final = answer(200, b'{"items": []}', end="keep")


def read_twice(library: str, server: Server, *, is_async: bool) -> list[Any]:
    """Call an idempotent operation twice, over one connection if the server keeps it open."""
    http = pytest.importorskip(library)
    if not is_async:
        with http.Client() as kept:
            client = Client(server.url, http_client=kept, retry=WITHOUT_PAUSE)
            return [client.get_instances().items for _ in range(2)]

    async def use() -> list[Any]:
        async with http.AsyncClient() as kept:
            client = AsyncClient(server.url, http_client=kept, retry=WITHOUT_PAUSE)
            return [(await client.get_instances()).items for _ in range(2)]

    return asyncio.run(use())


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("is_async", [False, True], ids=["Client", "AsyncClient"])
@pytest.mark.parametrize(
    "behaviors",
    [
        pytest.param([answer(200, b'{"items": []}')], id="closed after the response"),
        pytest.param([FOUND, Behavior(), FOUND], id="closed at the next request"),
        pytest.param([FOUND, Behavior(b"", "reset"), FOUND], id="reset at the next request"),
    ],
)
def test_a_connection_closed_by_the_server_is_replaced(
    library: str, is_async: bool, behaviors: list[Behavior]
) -> None:
    with serve(*behaviors) as server:
        assert read_twice(library, server, is_async=is_async) == [[], []]


@every_client
def test_an_unsafe_request_is_not_repeated_if_the_server_disconnects(call: Call) -> None:
    with serve(Behavior()) as server, pytest.raises(TransportError):
        call(server.url, "execute_workflow", EXECUTE, retry=WITHOUT_PAUSE)
    assert len(server.requests) == 1


@every_client
@pytest.mark.parametrize(
    "behavior",
    [
        answer(200, b'{"id": "i-1"}'),
        answer(200, b'{"id": "i-1"}', "Application/JSON ; charset=utf-8"),
        answer(200, ZIPPED, "application/json", "Content-Encoding: gzip"),
        chunked(b'{"id"', b': "i-1"}', ends=True),
        Behavior(b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"id": "i-1"}'),
        Behavior(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(200, b'{"id": "i-1"}').data),
    ],
    ids=["plain", "type with parameter", "gzip", "chunks", "HTTP/1.0", "100 Continue"],
)
def test_unusual_but_valid_responses_are_accepted(call: Call, behavior: Behavior) -> None:
    with serve(behavior) as server:
        assert call(server.url, "execute_workflow", EXECUTE).id == "i-1"
