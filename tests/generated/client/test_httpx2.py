"""Calls through an HTTP client of httpx2, the successor of httpx."""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import httpx
import pytest
from orchestrator_v2 import AsyncClient, Client, Retry, TransportError, UnknownValue, models
from orchestrator_v2.errors import NotFound, RequestTimeout, ServerError

from ..support.calling import ONCE, URL

httpx2 = pytest.importorskip("httpx2")

WITHOUT_PAUSE: Final = Retry(attempts=3, first_pause=0)
Respond = Callable[[Any], Any]
# Calls a method by name with the given arguments, and returns its result.
Call = Callable[..., Any]


def call_sync(respond: Respond, method: str, *arguments: Any, library: Any = None, **options: Any) -> Any:
    transport = httpx2.MockTransport(respond)
    with httpx2.Client(transport=transport, **(library or {})) as http:
        result = getattr(Client(URL, http_client=http, **options), method)(*arguments)
        return list(result) if isinstance(result, Iterator) else result


def call_async(respond: Respond, method: str, *arguments: Any, library: Any = None, **options: Any) -> Any:
    async def use() -> Any:
        transport = httpx2.MockTransport(respond)
        async with httpx2.AsyncClient(transport=transport, **(library or {})) as http:
            result = getattr(AsyncClient(URL, http_client=http, **options), method)(*arguments)
            return [each async for each in result] if hasattr(result, "__aiter__") else await result

    return asyncio.run(use())


both = pytest.mark.parametrize(
    "call", [pytest.param(call_sync, id="Client"), pytest.param(call_async, id="AsyncClient")]
)


class Backend:
    """Returns one response after the other, repeats the last, and records the requests."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.requests: list[Any] = []

    def __call__(self, request: Any) -> Any:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return httpx2.Response(status, json=body)


@both
def test_a_call_succeeds(call: Call) -> None:
    backend = Backend({"id": "i", "processId": "w", "nodes": [], "state": "NEW"})
    found = call(backend, "get_instance_by_id", "i")
    assert isinstance(found, models.ProcessInstanceDTO)
    assert found.state == UnknownValue("NEW")
    assert str(backend.requests[0].url) == f"{URL}/v2/workflows/instances/i"


@both
def test_an_api_error_is_the_same_and_can_be_pickled(call: Call) -> None:
    with pytest.raises(ServerError, match="answered 500: down") as raised:
        call(Backend((500, {"message": "down"})), "get_instances", retry=ONCE)
    assert isinstance(raised.value.response, httpx2.Response)
    assert isinstance(raised.value.error, models.ErrorResponse)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.status, again.body) == (str(raised.value), 500, raised.value.body)


@both
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ConnectError", TransportError),
        ("ConnectTimeout", RequestTimeout),
        ("ReadTimeout", RequestTimeout),
        ("PoolTimeout", RequestTimeout),
        ("RemoteProtocolError", TransportError),
        ("DecodingError", TransportError),
        ("ProxyError", TransportError),
    ],
)
def test_a_transport_error_is_the_same(call: Call, name: str, kind: type[TransportError]) -> None:
    failure = getattr(httpx2, name)("the network\nis down")
    backend = Backend(failure)
    with pytest.raises(TransportError, match=f"got no answer: {name}: the network is down") as raised:
        call(backend, "get_instances", retry=WITHOUT_PAUSE)
    assert (type(raised.value), raised.value.__cause__) == (kind, failure)
    assert len(backend.requests) == 3
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


@both
def test_a_call_is_retried(call: Call) -> None:
    backend = Backend((503, {}), httpx2.ReadError("gone"), {"items": []})
    assert call(backend, "get_instances", retry=WITHOUT_PAUSE).items == []
    assert len(backend.requests) == 3


@both
@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("parts", [True, False])
def test_a_timeout_of_either_library_is_accepted(call: Call, library: str, parts: bool) -> None:
    timeout = pytest.importorskip(library).Timeout(7, connect=2) if parts else 7
    backend = Backend({"items": []})
    call(backend, "get_instances", timeout=timeout)
    connect = 2 if parts else 7
    seconds = {"connect": connect, "read": 7, "write": 7, "pool": 7}
    assert backend.requests[0].extensions["timeout"] == seconds


@both
def test_the_default_timeout_is_that_of_the_http_client(call: Call) -> None:
    backend = Backend({"items": []})
    call(backend, "get_instances", library={"timeout": 3})
    assert backend.requests[0].extensions["timeout"]["read"] == 3


class Signed(httpx2.Auth):
    """An `Auth` of httpx2 that adds a header after a 401."""

    def auth_flow(self, request: Any) -> Any:
        answer = yield request
        if answer.status_code == 401:
            request.headers["Authorization"] = "Signed 1"
            yield request


def return_in_turn(*tokens: str) -> Callable[[], str]:
    left = list(tokens)
    return lambda: left.pop(0)


@both
@pytest.mark.parametrize(
    ("make_auth", "shown"),
    [
        (lambda: "a", ["Bearer a"]),
        (lambda: return_in_turn("a", "b"), ["Bearer a", "Bearer b"]),
        (Signed, [None, "Signed 1"]),
        (lambda: httpx2.BasicAuth("u", "p"), ["Basic dTpw"]),
    ],
    ids=["token", "source", "Auth", "BasicAuth"],
)
def test_credentials_are_sent(call: Call, make_auth: Callable[[], Any], shown: list[str | None]) -> None:
    seen: list[str | None] = []

    def respond(request: Any) -> Any:
        seen.append(request.headers.get("authorization"))
        is_over = len(seen) == len(shown)
        return httpx2.Response(200 if is_over else 401, json={"items": []} if is_over else {"err": "no"})

    assert call(respond, "get_instances", auth=make_auth()).items == []
    assert seen == shown


def test_the_auth_function_may_be_async() -> None:
    async def return_in_turn() -> str:
        return "a"

    backend = Backend({"items": []})
    call_async(backend, "get_instances", auth=return_in_turn)
    assert backend.requests[0].headers["authorization"] == "Bearer a"


@both
def test_hooks_and_headers_of_the_http_client_are_kept(call: Call) -> None:
    seen: list[int] = []

    def see(response: Any) -> None:
        seen.append(response.status_code)

    async def see_async(response: Any) -> None:
        see(response)

    backend = Backend({"items": []})
    hooks = {"response": [see if call is call_sync else see_async]}
    call(backend, "get_instances", library={"event_hooks": hooks, "headers": {"X-Tenant": "a"}})
    assert seen == [200]
    assert backend.requests[0].headers["x-tenant"] == "a"


@both
def test_paging_works(call: Call) -> None:
    def respond(request: Any) -> Any:
        offset = json.loads(request.content)["paginationInfo"]["offset"]
        rows = [{"id": f"i-{number}", "processId": "w", "nodes": []} for number in range(5)]
        page = {"items": rows[offset : offset + 2], "paginationInfo": {"pageSize": 2}}
        return httpx2.Response(200, json=page)

    rows = call(respond, "iter_workflow_instances", "w")
    assert [row.id for row in rows] == ["i-0", "i-1", "i-2", "i-3", "i-4"]


@both
def test_waiting_works(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator_v2._waiting._FIRST_PAUSE", 0)
    ended = {"id": "i", "processId": "w", "nodes": [], "state": "COMPLETED"}
    backend = Backend((404, {"message": "no"}), {**ended, "state": "ACTIVE"}, ended)
    assert call(backend, "wait_for_instance", "i").state == "COMPLETED"
    assert len(backend.requests) == 3


def test_a_raw_response_is_of_httpx2() -> None:
    transport = httpx2.MockTransport(Backend((404, {"message": "no"})))
    client = Client(httpx2.URL(URL), http_client=httpx2.Client(transport=transport))
    raw = client.with_raw_response(client.get_instances)()
    assert isinstance(raw.response, httpx2.Response)
    assert raw.status == 404
    with pytest.raises(NotFound):
        raw.parse()


def test_the_callers_client_stays_open() -> None:
    with httpx2.Client(transport=httpx2.MockTransport(Backend({"items": []}))) as http:
        with Client(URL, http_client=http) as client:
            client.get_instances()
        assert not http.is_closed


@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
def test_an_http_client_of_the_wrong_kind_is_rejected(library: Any) -> None:
    with library.Client() as http, pytest.raises(ValueError, match="must be an asynchronous HTTP client"):
        AsyncClient(URL, http_client=http)
    with pytest.raises(ValueError, match="must be a synchronous HTTP client, got AsyncClient"):
        Client(URL, http_client=library.AsyncClient())


def test_the_package_does_not_import_httpx2() -> None:
    asked = (
        "import sys, orchestrator_v2.client as c; c.Client('http://a.test'); "
        "print([name for name in sys.modules if 'httpx2' in name or 'httpcore2' in name])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
