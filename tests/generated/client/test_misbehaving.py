"""What becomes of a call where the other side misbehaves on a real socket: the exception, and what it tells."""

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

from ..support.calling import ONCE
from ..support.misbehaving import Act, Server, answer, serve
from ..support.misbehaviours import (
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

NO_RETRIES: Final = Retry(attempts=3, first_pause=0)

Go = Callable[..., Any]


def go_sync(http: Any, url: str, method: str, arguments: dict[str, Any], **options: Any) -> Any:
    library = {"verify": False, **options.pop("library", {})}  # the context of TLS takes its time
    with http.Client(**library) as opened, Client(url, http_client=opened, **options) as client:
        return getattr(client, method)(**arguments)


def go_async(http: Any, url: str, method: str, arguments: dict[str, Any], **options: Any) -> Any:
    library = {"verify": False, **options.pop("library", {})}  # the context of TLS takes its time

    async def use() -> Any:
        async with (
            http.AsyncClient(**library) as opened,
            AsyncClient(url, http_client=opened, **options) as client,
        ):
            return await getattr(client, method)(**arguments)

    return asyncio.run(use())


def bind(go: Any, library: str) -> Go:
    def bound(*arguments: Any, **options: Any) -> Any:
        return go(pytest.importorskip(library), *arguments, **options)

    return bound


lacks_httpx2 = pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
every_client = pytest.mark.parametrize(
    "go",
    [
        pytest.param(bind(go_sync, "httpx"), id="httpx.Client"),
        pytest.param(bind(go_async, "httpx"), id="httpx.AsyncClient"),
        pytest.param(bind(go_sync, "httpx2"), id="httpx2.Client", marks=lacks_httpx2),
        pytest.param(bind(go_async, "httpx2"), id="httpx2.AsyncClient", marks=lacks_httpx2),
    ],
)


def tell(error: BaseException) -> list[str]:
    """Return all that shows of `error`: itself, and the traceback with all that it came from."""
    return [str(error), repr(error), "".join(traceback.format_exception(error))]


def check_telling(error: ClientError, log: pytest.LogCaptureFixture, path: str) -> str:
    """Check what every exception owes its reader, and return what its message says after the address."""
    told = [*tell(error), log.text]
    assert [(secret, text) for secret in SECRETS for text in told if secret in text] == []
    message = str(error)
    assert message.isprintable()
    assert len(message) < 450
    assert message.startswith(f"{error.operation_id}: ")
    assert getattr(error, "request", None) is not None
    assert path in message
    return message


@every_client
@pytest.mark.parametrize("name", ANSWERED)
def test_an_answer_that_is_no_good_has_its_exception(
    go: Go, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    act, kind, status, said = ANSWERED[name]
    caplog.set_level(logging.INFO)
    with serve(act) as server, pytest.raises(ClientError) as raised:
        go(server.url, "execute_workflow", EXECUTE, retry=ONCE, **GIVEN)
    error = raised.value
    message = check_telling(error, caplog, "/api/v2/workflows/greet/execute")
    assert (type(error), error.status) == (kind, status)
    assert said in message
    assert len(server.requests) == 1
    assert f"authorization: bearer {TOKEN}".encode() in server.requests[0].lower()


@every_client
@pytest.mark.parametrize("name", BROKEN)
def test_no_answer_is_a_failure_of_the_transport(go: Go, name: str, caplog: pytest.LogCaptureFixture) -> None:
    act, kind, said = BROKEN[name]
    caplog.set_level(logging.INFO)
    timeout = 0.1 if act.end == "hang" else 10
    with serve(act) as server, pytest.raises(ClientError) as raised:
        go(server.url, "execute_workflow", EXECUTE, retry=ONCE, timeout=timeout, **GIVEN)
    error = raised.value
    message = check_telling(error, caplog, "/api/v2/workflows/greet/execute got no answer: ")
    assert (type(error), error.status) == (kind, None)
    assert said in message


@every_client
def test_a_refused_connection_says_so(go: Go, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as deaf:
        # Bound and not listening: the port is nobody else's, and refuses.
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(TransportError, match="ConnectError") as raised:
            go(url, "execute_workflow", EXECUTE, retry=ONCE, **GIVEN)
    check_telling(raised.value, caplog, "/v2/workflows/greet/execute got no answer: ")
    assert raised.value.__cause__ is not None


@every_client
@pytest.mark.parametrize(
    "act",
    [answer(500, PASSWORD.encode(), HTML), Act(PASSWORD.encode()), Act()],
    ids=["500", "garbage", "none"],
)
def test_a_password_in_the_url_shows_nowhere(go: Go, act: Act, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(act) as server, pytest.raises(ClientError) as raised:
        go(server.url.replace("//", f"//user:{PASSWORD}@"), "execute_workflow", EXECUTE, retry=ONCE)
    check_telling(raised.value, caplog, "/execute")
    assert b"authorization: basic " in server.requests[0].lower()


@every_client
@pytest.mark.parametrize("follows", [True, False])
def test_a_redirect_is_not_followed_whatever_the_http_client_would_do(go: Go, follows: bool) -> None:
    with serve(answer(200, b'{"id": "i-1"}')) as other:
        moved = answer(307, b"", "", f"Location: {other.url}")
        with serve(moved) as server, pytest.raises(ApiError) as raised:
            go(server.url, "execute_workflow", EXECUTE, library={"follow_redirects": follows}, **GIVEN)
    assert (raised.value.status, other.requests) == (307, [])


@every_client
@pytest.mark.parametrize("location", ["http://[/", "http://a:b/", "//", "http:///x", "\xfc"])
def test_a_redirect_to_nowhere_is_told_too(go: Go, location: str, caplog: pytest.LogCaptureFixture) -> None:
    # The HTTP library reads the address all the same; for some that are none it gives no answer.
    with serve(answer(302, b"", "", f"Location: {location}")) as server:
        with pytest.raises((ApiError, TransportError)) as raised:
            go(server.url, "execute_workflow", EXECUTE, **GIVEN)
        assert raised.value.status == 302 or "location header" in str(raised.value)
        check_telling(raised.value, caplog, "/execute ")
        assert len(server.requests) == 1


FOUND: Final = answer(200, b'{"items": []}', end="keep")


def read_twice(library: str, server: Server, *, is_async: bool) -> list[Any]:
    """Call an idempotent operation twice over one connection, as far as the server keeps it."""
    http = pytest.importorskip(library)
    if not is_async:
        with http.Client() as kept:
            client = Client(server.url, http_client=kept, retry=NO_RETRIES)
            return [client.get_instances().items for _ in range(2)]

    async def use() -> list[Any]:
        async with http.AsyncClient() as kept:
            client = AsyncClient(server.url, http_client=kept, retry=NO_RETRIES)
            return [(await client.get_instances()).items for _ in range(2)]

    return asyncio.run(use())


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("is_async", [False, True], ids=["Client", "AsyncClient"])
@pytest.mark.parametrize(
    "acts",
    [
        pytest.param([answer(200, b'{"items": []}')], id="closed after the answer"),
        pytest.param([FOUND, Act(), FOUND], id="closed at the next request"),
        pytest.param([FOUND, Act(b"", "reset"), FOUND], id="reset at the next request"),
    ],
)
def test_a_connection_that_the_server_gave_up_is_replaced(
    library: str, is_async: bool, acts: list[Act]
) -> None:
    with serve(*acts) as server:
        assert read_twice(library, server, is_async=is_async) == [[], []]


@every_client
def test_what_acts_is_not_sent_again_where_the_server_hangs_up(go: Go) -> None:
    with serve(Act()) as server, pytest.raises(TransportError):
        go(server.url, "execute_workflow", EXECUTE, retry=NO_RETRIES)
    assert len(server.requests) == 1


@every_client
@pytest.mark.parametrize(
    "act",
    [
        answer(200, b'{"id": "i-1"}'),
        answer(200, b'{"id": "i-1"}', "Application/JSON ; charset=utf-8"),
        answer(200, ZIPPED, "application/json", "Content-Encoding: gzip"),
        chunked(b'{"id"', b': "i-1"}', ends=True),
        Act(b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"id": "i-1"}'),
        Act(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(200, b'{"id": "i-1"}').data),
    ],
    ids=["plain", "odd type", "gzip", "chunks", "HTTP/1.0", "continued"],
)
def test_an_answer_that_is_good_in_an_odd_way_is_taken(go: Go, act: Act) -> None:
    with serve(act) as server:
        assert go(server.url, "execute_workflow", EXECUTE).id == "i-1"
