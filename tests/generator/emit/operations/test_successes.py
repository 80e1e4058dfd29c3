"""Without a documented 2xx, a success is the default response, else a redirection, else any 2xx status."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import httpx
import pytest

from ...support.documents import HEAD
from ...support.running import imported, serve

TEXT = "content: {text/plain: {schema: {type: string}}}"
DOCUMENT = f"""{HEAD}paths:
  /default:
    get: {{operationId: default, responses: {{default: {{description: any, {TEXT}}}}}}}
  /moved:
    get:
      operationId: moved
      responses:
        "302": {{description: elsewhere}}
        "404": {{description: nowhere, {TEXT}}}
  /moving:
    get: {{operationId: moving, responses: {{3XX: {{description: elsewhere}}}}}}
  /errors:
    get: {{operationId: errors, responses: {{"404": {{description: nowhere, {TEXT}}}}}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(tmp_path_factory.mktemp("successes"), DOCUMENT) as package:
        yield package


def call(package: ModuleType, operation: str, wire: httpx.AsyncBaseTransport) -> tuple[int, Any]:
    async def ask() -> tuple[int, Any]:
        async with package.AsyncClient("http://backend", transport=wire) as client:
            answer = await client.with_raw_response(getattr(client, operation))()
            return answer.status, answer.parse()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("operation", "result", "status", "value"),
    [
        ("default", lambda _: "hello", 200, "hello"),
        ("moved", lambda reply: reply(None, headers={"Location": "/there"}), 302, None),
        ("moving", lambda reply: reply(None, 307, {"Location": "/there"}), 307, None),
        ("errors", lambda _: None, 200, None),
    ],
)
def test_handler_and_client_exchange_a_success(
    package: ModuleType, operation: str, result: Any, status: int, value: Any
) -> None:
    reply = import_module(f"{package.__name__}.server").Reply
    wire = serve(package, handlers={operation: lambda: result(reply)})
    assert call(package, operation, wire) == (status, value)


@pytest.mark.parametrize(
    ("operation", "status"),
    [("default", 404), ("default", 302), ("moved", 303), ("moving", 404), ("errors", 302), ("errors", 404)],
)
def test_other_answers_raise_an_api_error(package: ModuleType, operation: str, status: int) -> None:
    wire = httpx.MockTransport(lambda _: httpx.Response(status, text="no"))
    with pytest.raises(package.ApiError) as raised:
        call(package, operation, wire)
    assert raised.value.status == status


def test_the_body_of_an_undocumented_success_is_not_read(package: ModuleType) -> None:
    wire = httpx.MockTransport(lambda _: httpx.Response(201, json={"more": "than said"}))
    assert call(package, "errors", wire) == (201, None)
