"""The `auth` of a client: a token, a function that returns tokens, or an `Auth` of the HTTP library."""

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


class TokenBackend(httpx.MockTransport):
    """A backend that accepts one token and records the `Authorization` headers that it receives."""

    def __init__(self, token: str) -> None:
        super().__init__(self._respond)
        self._token = token
        self.received: list[str] = []

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.received.append(request.headers.get("authorization", "none"))
        is_right = self.received[-1] == f"Bearer {self._token}"
        return httpx.Response(200 if is_right else 401, json=INSTANCES if is_right else {"err": "expired"})


def return_in_turn(*tokens: str) -> Callable[[], str]:
    """Return a function that returns `tokens` one after the other, and then repeats the last."""
    left = list(tokens)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


@both_clients
def test_the_auth_function_returns_the_token(call: Call) -> None:
    backend = TokenBackend("a")
    call(backend, "get_instances", auth=return_in_turn("a"))
    assert backend.received == ["Bearer a"]


def test_the_auth_function_is_called_for_every_request() -> None:
    wire = Wire(json=INSTANCES)
    with Client(URL, transport=wire, auth=return_in_turn("a", "b", "c")) as client:
        client.get_instances()
        client.get_instances()
    assert [each.headers["authorization"] for each in wire.requests] == ["Bearer a", "Bearer b"]


@both_clients
def test_a_rejected_token_is_fetched_again_once(call: Call) -> None:
    backend = TokenBackend("new")
    assert call(backend, "get_instances", auth=return_in_turn("old", "new")).items == []
    assert backend.received == ["Bearer old", "Bearer new"]


@both_clients
@pytest.mark.parametrize(
    ("tokens", "received"),
    [(("old",), ["Bearer old"]), (("old", "older", "oldest"), ["Bearer old", "Bearer older"])],
)
def test_a_second_401_is_raised(call: Call, tokens: tuple[str, ...], received: list[str]) -> None:
    backend = TokenBackend("new")
    with pytest.raises(Unauthorized, match="expired"):
        call(backend, "get_instances", auth=return_in_turn(*tokens))
    assert backend.received == received


@both_clients
def test_a_rejected_fixed_token_is_not_retried(call: Call) -> None:
    backend = TokenBackend("new")
    with pytest.raises(Unauthorized):
        call(backend, "get_instances", auth="old")
    assert backend.received == ["Bearer old"]


def test_an_asynchronous_client_awaits_an_async_auth_function() -> None:
    async def renew() -> str:
        await asyncio.sleep(0)
        return "new"

    async def use() -> list[str]:
        backend = TokenBackend("new")
        async with AsyncClient(URL, transport=backend, auth=renew) as client:
            await client.get_instances()
        return backend.received

    assert asyncio.run(use()) == ["Bearer new"]


def test_a_synchronous_client_rejects_an_async_auth_function() -> None:
    async def renew() -> str:
        return "new"

    with (
        Client(URL, transport=Wire(json=INSTANCES), auth=renew) as client,
        pytest.raises(TypeError, match="only AsyncClient"),
    ):
        client.get_instances()


@both_clients
@pytest.mark.parametrize("token", ["", "a b", "a\n", "\u00fc"])
def test_an_invalid_token_is_rejected_without_being_shown(call: Call, token: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII") as raised:
        call(Wire(json=INSTANCES), "get_instances", auth=lambda: token)
    assert not token.strip() or token not in str(raised.value)


@both_clients
def test_exceptions_of_the_auth_function_propagate(call: Call) -> None:
    def fail() -> str:
        raise PermissionError("the vault is sealed")

    wire = Wire(json=INSTANCES)
    with pytest.raises(PermissionError, match="sealed"):
        call(wire, "get_instances", auth=fail)
    assert wire.requests == []


class Signed(httpx.Auth):
    """Adds a signature header to each request."""

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
def test_an_httpx_auth_is_applied(call: Call, auth: Any, header: str, value: str) -> None:
    wire = Wire(json=INSTANCES)
    call(wire, "get_instances", auth=auth)
    assert wire.request.headers[header] == value


@both_clients
def test_repr_and_errors_do_not_show_the_token(call: Call) -> None:
    with Client(URL, auth=return_in_turn("s3cr3t")) as client:
        assert repr(client) == f"Client(URL('{URL}'))"
    with pytest.raises(ApiError) as raised:
        call(TokenBackend("new"), "get_instances", auth=return_in_turn("s3cr3t"))
    assert "s3cr3t" not in repr(raised.value) + str(raised.value)
