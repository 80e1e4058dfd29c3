"""Validation modes of responses, the readiness check, and the startup and shutdown of the application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from orchestrator_v2 import models
from orchestrator_v2.server import violations
from starlette.applications import Starlette

from ..support.calling import CannedHandlers, send_request
from ..support.server_answers import LOGGER, OVERVIEW, change, read_message

SOURCE = "/v2/workflows/w/source"


def make_handlers() -> CannedHandlers:
    return CannedHandlers(
        get_workflow_source_by_id="id: w", get_instances=models.ProcessInstanceListResultDTO()
    )


LONG = change(OVERVIEW, description="x" * 5000)
BROKEN = change(LONG, workflow_id="")


@pytest.mark.parametrize(
    ("mode", "result", "status", "counted"),
    [
        ("raise", LONG, 200, 0),
        ("raise", BROKEN, 500, 2),
        ("log", BROKEN, 200, 2),
        ("log", {"workflowId": 5}, 200, 2),
        ("log", change(OVERVIEW, format="xml"), 200, 2),
        ("log", object(), 500, 2),
        ("off", BROKEN, 200, 0),
        ("off", {"workflowId": 5}, 200, 0),
        ("off", object(), 500, 0),
    ],
)
def test_responses_are_validated_in_the_configured_mode(
    mode: str, result: Any, status: int, counted: int, caplog: pytest.LogCaptureFixture
) -> None:
    app = CannedHandlers(get_workflow_overview_by_id=result).app(validate_answers=mode)
    for _ in range(2):
        response = send_request(app, "GET", "/v2/workflows/w/overview")
        assert response.status_code == status
    if status == 200:
        sent = (
            result
            if isinstance(result, dict)
            else result.model_dump(mode="json", by_alias=True, warnings=False)
        )
        assert {
            key: value for key, value in sent.items() if value is not None
        }.items() >= response.json().items()
    else:
        assert read_message(response) == "the response of the backend does not match the OpenAPI document"
    assert dict(violations(app)) == ({"getWorkflowOverviewById": counted} if counted else {})
    reported = [each for each in caplog.records if "does not match the document" in each.getMessage()]
    assert len(reported) == counted


def test_a_long_response_is_validated_again_when_it_changes() -> None:
    answers: Iterator[Any] = iter([LONG, LONG, BROKEN, LONG])
    canned = CannedHandlers(get_workflow_overview_by_id=None)
    app = canned.app()
    statuses = []
    for each in answers:
        canned._answers["get_workflow_overview_by_id"] = each
        statuses.append(send_request(app, "GET", "/v2/workflows/w/overview").status_code)
    assert statuses == [200, 200, 500, 200]


def fail() -> bool:
    raise RuntimeError("hunter2")


async def return_async(answer: bool) -> bool:
    return answer


@pytest.mark.parametrize(
    ("ready", "status", "body"),
    [
        (None, 200, {"status": "ready"}),
        (lambda: True, 200, {"status": "ready"}),
        (lambda: False, 503, {"message": "not ready"}),
        (lambda: return_async(True), 200, {"status": "ready"}),
        (lambda: return_async(False), 503, {"message": "not ready"}),
        (fail, 503, {"message": "not ready"}),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_ready_function_decides_the_readiness(
    method: str, ready: Callable[[], bool | Awaitable[bool]] | None, status: int, body: Any
) -> None:
    app = make_handlers().app(ready=ready)
    response = send_request(app, method, "/ready")
    assert response.status_code == status
    assert method == "HEAD" or response.json() == body
    assert send_request(app, "GET", "/health").json() == {"status": "ok"}
    assert send_request(app, "PUT", "/ready").headers["allow"] == "GET, HEAD"


class Lifetime:
    """Runs the lifespan of an application step by step, with requests in the same event loop."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.sent: asyncio.Queue[Any] = asyncio.Queue()
        self.given: asyncio.Queue[Any] = asyncio.Queue()

    async def __aenter__(self) -> Lifetime:
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self.task = asyncio.create_task(self.app(scope, self.given.get, self.sent.put))
        await self.given.put({"type": "lifespan.startup"})
        assert (await self.sent.get())["type"] == "lifespan.startup.complete"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.task

    async def begin_shutdown(self) -> None:
        await self.given.put({"type": "lifespan.shutdown"})

    async def get(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)


def test_the_shutdown_waits_for_responses_and_fails_the_readiness_check() -> None:
    events: list[str] = []
    entered, go = asyncio.Event(), asyncio.Event()

    class Slow(CannedHandlers):
        async def get_workflow_source_by_id(self, workflow_id: str) -> str:
            entered.set()
            await go.wait()
            events.append("answered")
            return "id: w"

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, int]]:
        events.append("start")
        yield {"a": 1}
        events.append("stop")

    async def live() -> None:
        async with Lifetime(Slow().app(lifespan=lifespan)) as lifetime:
            assert (await lifetime.get("/ready")).status_code == 200
            answer = asyncio.create_task(lifetime.get(SOURCE))
            await entered.wait()
            await lifetime.begin_shutdown()
            while (ready := await lifetime.get("/ready")).status_code == 200:
                await asyncio.sleep(0)
            assert (ready.status_code, ready.json()) == (503, {"message": "shutting down"})
            assert (await lifetime.get("/health")).status_code == 200
            assert events == ["start"]
            go.set()
            assert (await answer).text == "id: w"
            assert (await lifetime.sent.get())["type"] == "lifespan.shutdown.complete"
        assert events == ["start", "answered", "stop"]

    asyncio.run(live())


def test_the_shutdown_waits_at_most_the_grace_period(caplog: pytest.LogCaptureFixture) -> None:
    entered = asyncio.Event()

    class Stuck(CannedHandlers):
        async def get_workflow_source_by_id(self, workflow_id: str) -> str:
            entered.set()
            await asyncio.Event().wait()
            return ""

    async def live() -> None:
        async with Lifetime(Stuck().app(grace=0)) as lifetime:
            answer = asyncio.create_task(lifetime.get(SOURCE))
            await entered.wait()
            await lifetime.begin_shutdown()
            assert (await lifetime.sent.get())["type"] == "lifespan.shutdown.complete"
            answer.cancel()

    asyncio.run(live())
    messages = [
        each.getMessage() for each in caplog.records if each.name == LOGGER and "flight" in each.getMessage()
    ]
    assert messages == ["requests still in flight after 0 seconds: 1"]


def test_a_failing_startup_is_reported_to_the_server() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        raise RuntimeError("no database")
        yield

    sent: list[Any] = []

    async def live() -> None:
        async def receive() -> Any:
            return {"type": "lifespan.startup"}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        with pytest.raises(RuntimeError, match="no database"):
            await make_handlers().app(lifespan=lifespan)({"type": "lifespan"}, receive, send)

    asyncio.run(live())
    assert sent == ["lifespan.startup.failed"]
