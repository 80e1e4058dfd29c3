"""How a client is given its credentials: a token, a source of tokens, or an `Auth` of the HTTP library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from orchestrator_v2 import ApiError, AsyncClient, Client
from orchestrator_v2.errors import Unauthorized

from ..support.calling import URL, Call, Wire, both_clients

INSTANCES: dict[str, list[object]] = {"items": []}


class Guarded(httpx.MockTransport):
    """A backend that takes one token, and keeps those that it was shown."""

    def __init__(self, token: str) -> None:
        super().__init__(self._respond)
        self._token = token
        self.shown: list[str] = []

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.shown.append(request.headers.get("authorization", "none"))
        is_right = self.shown[-1] == f"Bearer {self._token}"
        return httpx.Response(200 if is_right else 401, json=INSTANCES if is_right else {"err": "expired"})


def give(*tokens: str) -> Callable[[], str]:
    """Return a source that gives one token after the other, and the last for good."""
    left = list(tokens)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


@both_clients
def test_a_source_is_asked_for_every_request(call: Call) -> None:
    backend = Guarded("a")
    call(backend, "get_instances", auth=give("a"))
    assert backend.shown == ["Bearer a"]


def test_a_source_is_asked_anew_each_time() -> None:
    wire = Wire(json=INSTANCES)
    with Client(URL, transport=wire, auth=give("a", "b", "c")) as client:
        client.get_instances()
        client.get_instances()
    assert [each.headers["authorization"] for each in wire.requests] == ["Bearer a", "Bearer b"]


@both_clients
def test_a_token_that_is_refused_is_renewed_once(call: Call) -> None:
    backend = Guarded("new")
    assert call(backend, "get_instances", auth=give("old", "new")).items == []
    assert backend.shown == ["Bearer old", "Bearer new"]


@both_clients
@pytest.mark.parametrize(
    ("tokens", "shown"),
    [(("old",), ["Bearer old"]), (("old", "older", "oldest"), ["Bearer old", "Bearer older"])],
)
def test_a_refusal_stays_one_where_no_token_is_right(
    call: Call, tokens: tuple[str, ...], shown: list[str]
) -> None:
    backend = Guarded("new")
    with pytest.raises(Unauthorized, match="expired"):
        call(backend, "get_instances", auth=give(*tokens))
    assert backend.shown == shown


@both_clients
def test_a_fixed_token_that_is_refused_is_refused_once(call: Call) -> None:
    backend = Guarded("new")
    with pytest.raises(Unauthorized):
        call(backend, "get_instances", auth="old")
    assert backend.shown == ["Bearer old"]


def test_an_asynchronous_client_awaits_its_source() -> None:
    async def renew() -> str:
        await asyncio.sleep(0)
        return "new"

    async def use() -> list[str]:
        backend = Guarded("new")
        async with AsyncClient(URL, transport=backend, auth=renew) as client:
            await client.get_instances()
        return backend.shown

    assert asyncio.run(use()) == ["Bearer new"]


def test_a_synchronous_client_says_that_it_cannot_await() -> None:
    async def renew() -> str:
        return "new"

    with (
        Client(URL, transport=Wire(json=INSTANCES), auth=renew) as client,
        pytest.raises(TypeError, match="only AsyncClient"),
    ):
        client.get_instances()


@both_clients
@pytest.mark.parametrize("token", ["", "a b", "a\n", "\u00fc"])
def test_a_source_that_gives_no_token_is_told_so_without_it(call: Call, token: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII") as raised:
        call(Wire(json=INSTANCES), "get_instances", auth=lambda: token)
    assert not token.strip() or token not in str(raised.value)


@both_clients
def test_what_a_source_raises_is_passed_on(call: Call) -> None:
    def fail() -> str:
        raise PermissionError("the vault is sealed")

    wire = Wire(json=INSTANCES)
    with pytest.raises(PermissionError, match="sealed"):
        call(wire, "get_instances", auth=fail)
    assert wire.requests == []


class Signed(httpx.Auth):
    """Signs each request with a header of its own."""

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers["X-Signature"] = "signed"
        yield request


@both_clients
@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        (Signed(), "x-signature", "signed"),
        (httpx.BasicAuth("u", "p"), "authorization", "Basic dTpw"),
    ],
)
def test_an_auth_of_the_http_library_does_its_own(call: Call, auth: Any, header: str, value: str) -> None:
    wire = Wire(json=INSTANCES)
    call(wire, "get_instances", auth=auth)
    assert wire.request.headers[header] == value


@both_clients
def test_no_source_shows_in_repr(call: Call) -> None:
    with Client(URL, auth=give("s3cr3t")) as client:
        assert repr(client) == f"Client(URL('{URL}'))"
    with pytest.raises(ApiError) as raised:
        call(Guarded("new"), "get_instances", auth=give("s3cr3t"))
    assert "s3cr3t" not in repr(raised.value) + str(raised.value)
