"""Variants behind a gateway that limits requests, fails for a moment, or is slow: the contract defines none of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..mutant import Tamper
from .variant import LATE, conforms

# The number of requests that are accepted at once, and how many more in each second.
_BURST: Final = 20
_PER_SECOND: Final = 40
_WAIT: Final = "1"


@conforms()
class RateLimited(Tamper):
    """Answers 429 with `Retry-After` above forty requests per second, as API gateways do."""

    def __init__(self, app: ASGIApp, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._now = now
        self._left = float(_BURST)
        self._seen = now()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 429 if there were too many requests."""
        now = self._now()
        self._left = min(_BURST, self._left + (now - self._seen) * _PER_SECOND)
        self._seen = now
        if scope["type"] == "http":
            if self._left < 1:
                refusal = JSONResponse({"message": "too many requests"}, 429, {"Retry-After": _WAIT})
                await refusal(scope, receive, send)
                return
            self._left -= 1
        await self.app(scope, receive, send)


_EVERY: Final = 50
# Of two failures, the first request is not forwarded, and the answer to the second is lost.
_FAILURES: Final = (503, 502)


@conforms()
class FlakyGateway(Tamper):
    """Answers every fiftieth request with an HTML page and 503 or 502, as gateways do while a backend restarts."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer every fiftieth request in place of the backend."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self._count += 1
        if self._count % _EVERY:
            await self.app(scope, receive, send)
            return
        status = _FAILURES[self._count // _EVERY % len(_FAILURES)]
        if status == _FAILURES[-1]:
            await self.app(scope, receive, _drop)
        await HTMLResponse("<h1>Upstream error</h1>", status)(scope, receive, send)


async def _drop(message: Message) -> None:
    """Send nothing."""


_DELAY: Final = 0.2


@conforms(LATE)
class SlowAnswers(Tamper):
    """Takes 200 ms for each answer, since the contract sets no time."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait before the request is forwarded."""
        if scope["type"] == "http":
            await asyncio.sleep(_DELAY)
        await self.app(scope, receive, send)
