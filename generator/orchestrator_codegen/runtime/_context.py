"""The context of the current request, available to handlers in the event loop and in worker threads."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request

from ._intake import Incoming


class RequestContext:
    """The current request with its id, operation and principal.

    `operation_id` is None if the request matches no operation. `principal` is what `authenticate` returned; None
    before that, and without `authenticate`.
    """

    __slots__ = ("_incoming", "_request", "operation_id", "principal", "request_id")

    def __init__(self, incoming: Incoming, request_id: str, operation_id: str | None) -> None:
        self._incoming = incoming
        self._request: Request | None = None
        self.request_id = request_id
        self.operation_id = operation_id
        self.principal: Any = None

    @property
    def request(self) -> Request:
        """The Starlette request; its body can be read here too, up to the body limit."""
        if self._request is None:
            self._request = Request(self._incoming.scope, self._incoming.receive)
        return self._request

    @property
    def headers(self) -> Headers:
        """The headers of the request."""
        return self.request.headers


CURRENT: Final[ContextVar[RequestContext]] = ContextVar("request_context")


def request_context() -> RequestContext:
    """Return the context of the current request; raise `RuntimeError` outside a request."""
    context = CURRENT.get(None)
    if context is None:
        raise RuntimeError("request_context() was called outside a request: call it from a handler")
    return context
