"""Calls of both clients over any transport, and handlers and transports with predefined results."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, cast

import httpx
import pytest
from orchestrator_v2 import AsyncClient, Client, Retry
from orchestrator_v2.server import Handlers, create_app
from starlette.applications import Starlette

URL: Final = "http://backend.test/api/orchestrator"
ONCE: Final = Retry(attempts=1)
NO_ARGUMENTS: Final[Mapping[str, Any]] = {}


class Call(Protocol):
    """Calls one method of a new client."""

    def __call__(
        self, transport: Any, method: str, arguments: Mapping[str, Any] = NO_ARGUMENTS, **options: Any
    ) -> Any: ...


def call_sync(
    transport: Any,
    method: str,
    arguments: Mapping[str, Any] = NO_ARGUMENTS,
    *,
    base_url: str = URL,
    retry: Retry = ONCE,
    **options: Any,
) -> Any:
    with Client(base_url, transport=transport, retry=retry, **options) as client:
        return getattr(client, method)(**arguments)


def call_async(
    transport: Any,
    method: str,
    arguments: Mapping[str, Any] = NO_ARGUMENTS,
    *,
    base_url: str = URL,
    retry: Retry = ONCE,
    **options: Any,
) -> Any:
    async def call() -> Any:
        async with AsyncClient(base_url, transport=transport, retry=retry, **options) as client:
            return await getattr(client, method)(**arguments)

    return asyncio.run(call())


both_clients = pytest.mark.parametrize(
    "call", [pytest.param(call_sync, id="Client"), pytest.param(call_async, id="AsyncClient")]
)


class Wire(httpx.MockTransport):
    """A mock transport that records every request and always returns the same response."""

    def __init__(
        self, status: int = 200, *, headers: Mapping[str, str] = NO_ARGUMENTS, **content: Any
    ) -> None:
        super().__init__(self._respond)
        self._answer = (status, headers, content)
        self.requests: list[httpx.Request] = []

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        status, headers, content = self._answer
        return httpx.Response(status, headers=headers, **content)

    @property
    def request(self) -> httpx.Request:
        """Return the only request that was sent."""
        (request,) = self.requests
        return request


class AppTransport(httpx.ASGITransport):
    """A transport to an ASGI application that records the responses, with their requests."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(app)
        self.responses: list[httpx.Response] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        await response.aread()
        response.request = request
        self.responses.append(response)
        return response

    @property
    def response(self) -> httpx.Response:
        """Return the only response."""
        (response,) = self.responses
        return response

    def read_answer(self) -> Any:
        """Return the text or the JSON value of the only response."""
        is_text = self.response.headers["content-type"].startswith("text/plain")
        return self.response.text if is_text else self.response.json()


class CannedHandlers:
    """Handlers that return, or raise, predefined values and record their arguments."""

    def __init__(self, **answers: object) -> None:
        self._answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        if name not in self._answers:
            raise AttributeError(name)

        async def handler(**arguments: Any) -> object:
            self.calls.append((name, arguments))
            answer = self._answers[name]
            if isinstance(answer, BaseException):
                raise answer
            return answer

        return handler

    def app(self, base_path: str = "", **options: Any) -> Starlette:
        """Return an application that serves these handlers."""
        return create_app(cast("Handlers", self), base_path=base_path, **options)


def send_request(app: Starlette, method: str, path: str, **request: Any) -> httpx.Response:
    """Send one request to `app` without a generated client, and return the response."""

    async def exchange() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://backend.test"
        ) as http:
            return await http.request(method, path, **request)

    return asyncio.run(exchange())
