"""What is known of the request that is being answered, for whoever asks, also in a worker thread."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request

from ._intake import Incoming


class RequestContext:
    """One request: its id, the operation that it is for, who sent it, and the request itself.

    `operation_id` is None where the request is for no operation. `principal` is what `authenticate` returned, None
    before it did and where there is none.
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
        """The request as Starlette has it; its body can be read here too, within the limit."""
        if self._request is None:
            self._request = Request(self._incoming.scope, self._incoming.receive)
        return self._request

    @property
    def headers(self) -> Headers:
        """The headers of the request."""
        return self.request.headers


CURRENT: Final[ContextVar[RequestContext]] = ContextVar("request_context")


def request_context() -> RequestContext:
    """Return the context of the request that is being answered; raise `RuntimeError` where there is none."""
    context = CURRENT.get(None)
    if context is None:
        raise RuntimeError("no request is being answered here")
    return context
