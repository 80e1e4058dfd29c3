"""Builds the application of the server stubs: registers the endpoints and wraps them in a Starlette application."""

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
        "the server stubs require Starlette, which is not installed: install it, "
        "or the extra 'server' (pip install 'orchestrator-v2[server]')"
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
    """The document-specific input of the application.

    `operations` are pairs of an operation and the name of its handler method, in the order in which paths are
    matched. `protocol` is the class with all handler methods, `document` the path of the document as JSON, and
    `errors` the shape of error bodies.
    """

    operations: Iterable[tuple[Operation[Any], str]]
    protocol: type
    document: Path
    errors: ErrorShape


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `create_app`, whose docstring describes them."""

    base_path: str = ""
    authenticate: Authenticate | None = None
    body_limit: int = 1024 * 1024
    validate_answers: ValidateAnswers = "raise"
    ready: Ready | None = None
    lifespan: Lifespan | None = None
    grace: float = 10.0

    def __post_init__(self) -> None:
        if self.validate_answers not in get_args(ValidateAnswers):
            raise ValueError(
                f"validate_answers must be 'raise', 'log' or 'off', got {self.validate_answers!r}"
            )
        if self.body_limit < 0 or self.grace < 0:
            raise ValueError(
                f"body_limit and grace must be 0 or more, got {self.body_limit!r} and {self.grace!r}"
            )


class _Application(Starlette):
    """A Starlette application that calls the service directly if the user added no middleware and no routes."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.user_middleware or self.router.routes:
            await super().__call__(scope, receive, send)
        else:
            scope["app"] = self
            await self.service(scope, receive, send)


def build_app(contract: Contract, handlers: Sequence[object], options: Options) -> Starlette:
    """Return the application that serves the operations of `contract`.

    Each operation calls the first of `handlers` that implements it. An operation that no object implements, or
    only inherits from the protocol, answers 501; one warning names all of them. Raises `TypeError` if a handler is
    a class.
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
        logger.warning("operations without a handler, answered with 501: %s", ", ".join(missing))
    own = (
        DocumentEndpoint(contract.document, prefix),
        HealthEndpoint(prefix),
        ReadinessEndpoint(prefix, options.ready, drain),
    )
    for each in own:
        found = routes.find(each.template, "GET")
        # A path of the document takes precedence.
        if found.endpoint is None and not found.allowed:
            routes.add(each.template, "GET", each)
    service = Service(routes, contract.errors, drain, options.body_limit, options.authenticate)
    return _wrap(service, contract.errors, violations, drain.around(options.lifespan))


def read_violations(app: Starlette) -> Counter[str]:
    """Return the number of responses of `app` that did not match the document so far, by operationId."""
    return cast("Counter[str]", app.state.violations)


def _wrap(
    service: Service, shape: ErrorShape, violations: Counter[str], lifespan: StatefulLifespan[Starlette]
) -> Starlette:
    """Return a Starlette application that passes every request to `service` that no route of the user matches."""

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
    app.router.redirect_slashes = False  # an undocumented path is a 404, not a redirect to a similar one
    app.router.default = app.service = service
    app.state.violations = violations
    return app


def _find_handler(handlers: Sequence[object], name: str, protocol: type) -> Callable[..., Any] | None:
    for each in handlers:
        if isinstance(each, type):
            raise TypeError(
                f"a handler must be an instance, got the class {each.__name__}: pass {each.__name__}()"
            )
        found: Callable[..., Any] | None = getattr(each, name, None)
        if found is not None and getattr(type(each), name, None) is not getattr(protocol, name):
            return found
    return None


def _refuse(operation_id: str) -> Callable[..., Any]:
    async def handler(**_: object) -> Any:
        raise Unhandled(operation_id)

    return handler
