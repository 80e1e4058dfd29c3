"""With several documented successes, the handler chooses one, and the client reads each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from ...support.documents import HEAD
from ...support.running import imported, serve

DOCUMENT = f"""{HEAD}paths:
  /jobs:
    put:
      operationId: putJob
      responses:
        "200": {{description: there, content: {{application/json: {{schema: {{type: integer}}}}}}}}
        "201": {{description: new, content: {{text/plain: {{schema: {{type: string}}}}}}}}
        "204": {{description: gone}}
        default: {{description: no, content: {{application/json: {{schema: {{type: object}}}}}}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(tmp_path_factory.mktemp("replies"), DOCUMENT) as package:
        yield package


def call(package: ModuleType, handler: Callable[[], Any], **options: Any) -> tuple[int, Any, httpx.Headers]:
    """Return status, value and headers of the answer that a client receives from `handler`."""

    async def ask() -> tuple[int, Any, httpx.Headers]:
        wire = serve(package, handlers={"put_job": handler}, **options)
        async with package.AsyncClient("http://backend", transport=wire) as client:
            answer = await client.with_raw_response(client.put_job)()
            return answer.status, answer.parse(), answer.headers

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("reply", "status", "value"),
    [
        (lambda package: 7, 200, 7),
        (lambda package: package.server.Reply(7), 200, 7),
        (lambda package: package.server.Reply("made", 201), 201, "made"),
        (lambda package: package.server.Reply(None, 204), 204, None),
    ],
)
def test_a_reply_sets_status_and_body(
    package: ModuleType, reply: Callable[[ModuleType], Any], status: int, value: Any
) -> None:
    assert call(package, lambda: reply(import_server(package)))[:2] == (status, value)


def test_a_reply_sets_headers(package: ModuleType) -> None:
    server = import_server(package).server
    assert call(package, lambda: server.Reply(7, headers={"X-Left": "3"}))[2]["x-left"] == "3"


@pytest.mark.parametrize(("value", "status"), [("made", 200), (7, 201), (7, 204), (7, 202), (7, 404)])
def test_an_undocumented_reply_is_logged_and_answered_with_500(
    package: ModuleType, value: Any, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    server = import_server(package).server
    with pytest.raises(package.ApiError) as raised:
        call(package, lambda: server.Reply(value, status))
    assert raised.value.status == 500
    assert "putJob: the handler's result does not match the document" in caplog.text


def import_server(package: ModuleType) -> ModuleType:
    __import__(f"{package.__name__}.server")
    return package
