"""The lifespan of the application: at shutdown it waits for the requests in flight."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

import anyio
from starlette.applications import Starlette
from starlette.types import StatefulLifespan

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

# A lifespan function of Starlette, which may yield the initial `request.state`.
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[Mapping[str, Any] | None]]


class Drain:
    """Counts the requests in flight; `stop` waits until there are none, for at most `grace` seconds."""

    def __init__(self, grace: float) -> None:
        self.is_stopping = False
        self.in_flight = 0
        self._grace = grace
        self._idle: anyio.Event | None = None

    def leave(self) -> None:
        """Record that a request was answered."""
        self.in_flight -= 1
        if self._idle is not None and not self.in_flight:
            self._idle.set()

    async def stop(self) -> None:
        """Wait until the requests in flight are answered, for at most the grace period."""
        self.is_stopping = True
        if self.in_flight:
            self._idle = anyio.Event()
            with anyio.move_on_after(self._grace):
                await self._idle.wait()
        if self.in_flight:
            logger.warning("requests still in flight after %g seconds: %d", self._grace, self.in_flight)

    def around(self, inner: Lifespan | None) -> StatefulLifespan[Starlette]:
        """Return a lifespan that waits for the requests in flight before `inner` shuts down."""

        @asynccontextmanager
        async def lifespan(app: Starlette) -> AsyncGenerator[Mapping[str, Any] | None]:
            self.is_stopping = False
            async with (inner or _nothing)(app) as state:
                try:
                    yield state
                finally:
                    await self.stop()

        # Starlette also accepts a lifespan that yields None, but has a separate type for it.
        return cast("StatefulLifespan[Starlette]", lifespan)


@asynccontextmanager
async def _nothing(app: Starlette) -> AsyncGenerator[None]:
    yield None
