"""From start to shutdown: whether the application takes requests, and how long it waits for those in flight."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

import anyio
from starlette.applications import Starlette
from starlette.types import StatefulLifespan

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

# As Starlette's own: it may yield what `request.state` holds, or nothing.
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[Mapping[str, Any] | None]]


class Drain:
    """Counts the requests in flight; once it is told to stop, waits `grace` seconds at most until there are none."""

    def __init__(self, grace: float) -> None:
        self.is_stopping = False
        self.in_flight = 0
        self._grace = grace
        self._idle: anyio.Event | None = None

    def leave(self) -> None:
        """Note that a request was answered."""
        self.in_flight -= 1
        if self._idle is not None and not self.in_flight:
            self._idle.set()

    async def stop(self) -> None:
        """Wait until the requests in flight are answered."""
        self.is_stopping = True
        if self.in_flight:
            self._idle = anyio.Event()
            with anyio.move_on_after(self._grace):
                await self._idle.wait()
        if self.in_flight:
            logger.warning("requests still in flight after %g seconds: %d", self._grace, self.in_flight)

    def around(self, inner: Lifespan | None) -> StatefulLifespan[Starlette]:
        """Return a lifespan that drains before `inner` shuts down."""

        @asynccontextmanager
        async def lifespan(app: Starlette) -> AsyncGenerator[Mapping[str, Any] | None]:
            self.is_stopping = False
            async with (inner or _nothing)(app) as state:
                try:
                    yield state
                finally:
                    await self.stop()

        # Starlette takes one that yields nothing as well, and types the two apart.
        return cast("StatefulLifespan[Starlette]", lifespan)


@asynccontextmanager
async def _nothing(app: Starlette) -> AsyncGenerator[None]:
    yield None
