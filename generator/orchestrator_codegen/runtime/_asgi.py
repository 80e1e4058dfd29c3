"""Puts the server stubs together: endpoints at their paths, and a Starlette application around them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

try:
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send, StatefulLifespan
except ImportError as error:  # pragma: no cover - exercised in an environment without the extra
    raise ImportError(
        "the server stubs need Starlette: install it, or the extra 'server' as in orchestrator-v2[server]"
    ) from error

from ._answer import Reply, ValidateAnswers
from ._endpoints import (
    DocumentEndpoint,
    Endpoint,
    HealthEndpoint,
    OperationEndpoint,
    ReadinessEndpoint,
    Ready,
)
from ._lifespan import Drain, Lifespan
from ._operation import Operation
from ._refusal import ErrorShape, HTTPError, Unhandled
from ._routing import RouteTable
from ._service import Authenticate, Service

__all__ = [
    "Authenticate",
    "Contract",
    "ErrorShape",
    "HTTPError",
    "Lifespan",
    "Options",
    "Ready",
    "Reply",
    "Unhandled",
    "ValidateAnswers",
    "build_app",
    "read_violations",
]

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")


@dataclass(frozen=True, slots=True)
class Contract:
    """What the document gives: pairs of operation and handler's name by precedence, and the protocol of all handlers.

    `document` is where the document lies as JSON, and `errors` how it writes an error.
    """

    operations: Iterable[tuple[Operation[Any], str]]
    protocol: type
    document: Path
    errors: ErrorShape


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose; `create_app` says what each one means."""

    base_path: str = ""
    authenticate: Authenticate | None = None
    body_limit: int = 1024 * 1024
    validate_answers: ValidateAnswers = "raise"
    ready: Ready | None = None
    lifespan: Lifespan | None = None
    grace: float = 10.0

    def __post_init__(self) -> None:
        if self.validate_answers not in get_args(ValidateAnswers):
            raise ValueError(f"validate_answers is raise, log or off, not {self.validate_answers!r}")
        if self.body_limit < 0 or self.grace < 0:
            raise ValueError("neither body_limit nor grace can be less than 0")


class _Application(Starlette):
    """Starlette, which goes straight to the stubs where the user put nothing in between."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.user_middleware or self.router.routes:
            await super().__call__(scope, receive, send)
        else:
            scope["app"] = self
            await self.service(scope, receive, send)


def build_app(contract: Contract, handlers: Sequence[object], options: Options) -> Starlette:
    """Return the application that serves the operations of `contract` with the first of `handlers` that has each.

    An operation that none has, or that is inherited from the protocol as it is, answers 501; each is named in one
    warning. Raises `TypeError` for a class among the handlers.
    """
    prefix = "/" + options.base_path.strip("/") if options.base_path.strip("/") else ""
    drain = Drain(options.grace)
    violations = Counter[str]()
    routes = RouteTable[Endpoint]()
    missing: list[str] = []
    for operation, name in contract.operations:
        handler = _find_handler(handlers, name, contract.protocol)
        if handler is None:
            missing.append(operation.id)
            handler = _refuse(operation.id)
        endpoint = OperationEndpoint(operation, handler, prefix, options.validate_answers, violations)
        routes.add(endpoint.template, operation.method, endpoint)
    if missing:
        logger.warning("no handler, answered 501: %s", ", ".join(missing))
    own = (
        DocumentEndpoint(contract.document, prefix),
        HealthEndpoint(prefix),
        ReadinessEndpoint(prefix, options.ready, drain),
    )
    for each in own:
        found = routes.find(each.template, "GET")
        # The document's own paths win.
        if found.endpoint is None and not found.allowed:
            routes.add(each.template, "GET", each)
    service = Service(routes, contract.errors, drain, options.body_limit, options.authenticate)
    return _wrap(service, contract.errors, violations, drain.around(options.lifespan))


def read_violations(app: Starlette) -> Counter[str]:
    """Return how many answers of `app` broke the document so far, by operationId."""
    return cast("Counter[str]", app.state.violations)


def _wrap(
    service: Service, shape: ErrorShape, violations: Counter[str], lifespan: StatefulLifespan[Starlette]
) -> Starlette:
    """Return Starlette around `service`, which answers whatever the user's own routes, if any, do not."""

    async def answer_exception(request: Request, error: Exception) -> Response:
        status, message, headers = 500, "internal server error", None
        if isinstance(error, HTTPException):
            status, message, headers = error.status_code, error.detail, error.headers
        body = shape.write(HTTPError(status, message)) if 400 <= status <= 599 else b""
        return Response(body, status, headers, media_type=shape.media_type)

    app = _Application(
        exception_handlers={HTTPException: answer_exception, Exception: answer_exception},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # a path that is not the document's is a 404, not another path
    app.router.default = app.service = service
    app.state.violations = violations
    return app


def _find_handler(handlers: Sequence[object], name: str, protocol: type) -> Callable[..., Any] | None:
    for each in handlers:
        if isinstance(each, type):
            raise TypeError(f"handlers are objects: pass {each.__name__}(), not the class")
        found: Callable[..., Any] | None = getattr(each, name, None)
        if found is not None and getattr(type(each), name, None) is not getattr(protocol, name):
            return found
    return None


def _refuse(operation_id: str) -> Callable[..., Any]:
    async def handler(**_: object) -> Any:
        raise Unhandled(operation_id)

    return handler
