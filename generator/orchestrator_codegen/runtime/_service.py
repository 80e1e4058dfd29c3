"""Handles one request from start to end: route, authenticate, answer, log."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import perf_counter
from typing import Any, Final

from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from . import _access
from ._answer import Answer, refuse
from ._calling import make_async
from ._context import CURRENT, RequestContext
from ._endpoints import Endpoint
from ._intake import Disconnected, Incoming
from ._lifespan import Drain
from ._refusal import ErrorShape, HTTPError
from ._routing import Found, RouteTable, read_path

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

# Returns the principal of a request, or raises `HTTPError` 401 or 403.
Authenticate = Callable[[Request], Any | Awaitable[Any]]

_CLIENT_LEFT: Final = 499


class Service:
    """The ASGI application inside the Starlette one. All its error responses have the shape of the document."""

    def __init__(
        self,
        routes: RouteTable[Endpoint],
        shape: ErrorShape,
        drain: Drain,
        body_limit: int,
        authenticate: Authenticate | None,
    ) -> None:
        self._routes = routes
        self._shape = shape
        self._drain = drain
        self._body_limit = body_limit
        self._authenticate = None if authenticate is None else make_async(authenticate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or reject a websocket."""
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        started = perf_counter()
        method: str = scope["method"]
        incoming = Incoming(scope, receive, self._body_limit)
        found = self._routes.find(read_path(scope), method)
        endpoint = found.endpoint
        context = RequestContext(
            incoming,
            _access.choose_request_id(incoming.header(b"x-request-id")),
            None if endpoint is None else endpoint.operation_id,
        )
        token = CURRENT.set(context)
        status = _CLIENT_LEFT
        self._drain.in_flight += 1
        try:
            with suppress(Disconnected, OSError):
                answer = await self._answer(incoming, found, context)
                await answer.send(send, context.request_id, is_head=method == "HEAD")
                status = answer.status
        finally:
            self._drain.leave()
            CURRENT.reset(token)
            if _access.logger.isEnabledFor(logging.INFO):
                _access.log_request(
                    method,
                    None if endpoint is None else endpoint.template,
                    context.operation_id,
                    status,
                    perf_counter() - started,
                    context.request_id,
                    context.principal,
                )

    async def _answer(self, incoming: Incoming, found: Found[Endpoint], context: RequestContext) -> Answer:
        endpoint = found.endpoint
        try:
            if self._authenticate is not None and not (endpoint is not None and endpoint.is_open):
                context.principal = await self._authenticate(context.request)
            if endpoint is not None:
                return await endpoint.answer(incoming, found.parameters)
            if found.allowed:
                raise HTTPError(405, "Method Not Allowed", {"Allow": ", ".join(sorted(found.allowed))})
            raise HTTPError(404, "Not Found")
        except HTTPError as error:
            return refuse(error, self._shape)
        except Disconnected:
            raise
        except Exception:
            logger.exception("%s: the request failed", context.operation_id or "no operation")
            return refuse(HTTPError(500, "internal server error"), self._shape)
