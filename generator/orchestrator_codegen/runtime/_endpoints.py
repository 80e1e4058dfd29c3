"""The endpoints of the application: operations, the document, the health check and the readiness check."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from ._answer import Answer, AnswerWriter, ValidateAnswers
from ._calling import make_async
from ._intake import ArgumentReader, Incoming
from ._lifespan import Drain
from ._operation import Operation
from ._refusal import HTTPError

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

# Returns whether the application is ready. The readiness check answers 503 if it returns False or raises.
Ready = Callable[[], bool | Awaitable[bool]]

_JSON = "application/json"


class Endpoint(Protocol):
    """What serves one path and method; `answer` raises `HTTPError` to reject a request."""

    @property
    def template(self) -> str:
        """The path template, with parameter names in braces."""
        ...

    @property
    def operation_id(self) -> str | None:
        """The operationId, or None if this is not an operation of the document."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether requests are answered without authentication."""
        ...

    async def answer(self, incoming: Incoming, path: Mapping[str, str]) -> Answer:
        """Return the response to a request; `path` holds the path parameters as sent, percent-encoded."""
        ...


class OperationEndpoint:
    """The endpoint of one operation: reads the request, calls the handler, validates its result."""

    is_open = False

    def __init__(
        self,
        operation: Operation[Any],
        handler: Callable[..., Any],
        prefix: str,
        validate: ValidateAnswers,
        violations: Counter[str],
    ) -> None:
        self.template = prefix + operation.path
        self.operation_id: str | None = operation.id
        self._reader = ArgumentReader(operation)
        self._handler = make_async(handler)
        self._writer = AnswerWriter(operation, validate, violations)

    async def answer(self, incoming: Incoming, path: Mapping[str, str]) -> Answer:
        """Return the response to a request to the operation."""
        arguments = await self._reader.read(incoming, path)
        try:
            result = await self._handler(**arguments)
        except HTTPError:
            raise
        except Exception:
            logger.exception("%s: the handler failed", self.operation_id)
            raise HTTPError(500, "internal server error") from None
        return self._writer.write(result)


class DocumentEndpoint:
    """Serves the document as JSON, with the URL of this application as its only server."""

    operation_id = None
    is_open = False

    def __init__(self, document: Path, prefix: str) -> None:
        self.template = f"{prefix}/openapi.json"
        self._document = document
        self._prefix = prefix

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._document.read_bytes())
        return content

    async def answer(self, incoming: Incoming, path: Mapping[str, str]) -> Answer:
        """Return the document."""
        mounted_at = str(incoming.scope.get("root_path", "")) + self._prefix
        servers = {"servers": [{"url": mounted_at}]} if mounted_at else {}
        return Answer(200, json.dumps({**self._content, **servers}).encode(), _JSON)


class HealthEndpoint:
    """Answers 200 as long as the application is running."""

    operation_id = None
    is_open = True

    def __init__(self, prefix: str) -> None:
        self.template = f"{prefix}/health"

    async def answer(self, incoming: Incoming, path: Mapping[str, str]) -> Answer:
        """Return the status "ok"."""
        return Answer(200, b'{"status": "ok"}', _JSON)


class ReadinessEndpoint:
    """Answers 200 if the application is ready, 503 if `ready` returns False or raises, or the shutdown has begun."""

    operation_id = None
    is_open = True

    def __init__(self, prefix: str, ready: Ready | None, drain: Drain) -> None:
        self.template = f"{prefix}/ready"
        self._ready = None if ready is None else make_async(ready)
        self._drain = drain

    async def answer(self, incoming: Incoming, path: Mapping[str, str]) -> Answer:
        """Return the status "ready"; raise `HTTPError` 503 if the application is not ready."""
        if self._drain.is_stopping:
            raise HTTPError(503, "shutting down")
        if self._ready is not None and not await self._ask(self._ready):
            raise HTTPError(503, "not ready")
        return Answer(200, b'{"status": "ready"}', _JSON)

    async def _ask(self, ready: Callable[[], Awaitable[bool]]) -> bool:
        try:
            return await ready()
        except Exception:
            logger.exception("the readiness check failed")
            return False
