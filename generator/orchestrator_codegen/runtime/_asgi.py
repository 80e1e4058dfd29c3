"""How the server stubs answer: route, validate the request, call the handler, validate the answer."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote

try:
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Match, Route
    from starlette.types import Scope
except ImportError as error:  # pragma: no cover - exercised in an environment without the extra
    raise ImportError(
        "the server stubs need Starlette: install it, or the extra 'server' as in orchestrator-v2[server]"
    ) from error

from ._operation import InvalidValue, Operation, Parameter

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

Handler = Callable[..., Awaitable[Any]]

_JSON: Final = "application/json"
_TEMPLATE: Final = r"\{([^}]*)\}"

# What means the same quoted and not (RFC 3986, section 2.3).
_UNRESERVED: Final = re.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")


class HTTPError(Exception):
    """A handler's refusal: answered with `status` (400 to 599) and an error body that holds `message`."""

    def __init__(self, status: int, message: str) -> None:
        if not 400 <= status <= 599:
            raise ValueError(f"an error status is 400 to 599, got {status}")
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class Unhandled(HTTPError):
    """What the protocol's own methods raise: the operation has no handler."""

    def __init__(self, operation_id: str) -> None:
        super().__init__(501, f"{operation_id} is not implemented")


class OperationRoute(Route):
    """A route that matches segment by segment, before percent-decoding: `%2F` is part of an id, not a border."""

    def __init__(self, operation: Operation[Any], handler: Handler, prefix: str) -> None:
        async def endpoint(request: Request) -> Response:
            return await _answer(operation, handler, request)

        # Starlette's own pattern is never used: a path may hold characters that its syntax reserves.
        super().__init__("/", endpoint, methods=[operation.method], name=operation.id)
        self.operation = operation
        self._pattern = _compile(prefix + operation.path)
        self._names = re.findall(_TEMPLATE, operation.path)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match the raw path below the mount point, and give the path parameters as they were sent."""
        if scope["type"] != "http":
            return Match.NONE, {}
        found = self._pattern.fullmatch(_raw_path(scope))
        if found is None:
            return Match.NONE, {}
        sent = dict(zip(self._names, found.groups(), strict=True))
        child: Scope = {"endpoint": self.endpoint, "path_params": sent}
        if self.methods is not None and scope["method"] not in self.methods:
            return Match.PARTIAL, child
        return Match.FULL, child


def build_app(
    operations: Iterable[tuple[Operation[Any], str]],
    handlers: object,
    protocol: type,
    document: Path,
    base_path: str,
) -> Starlette:
    """Return the application that serves `operations`, given as pairs with the handler's name, by precedence.

    A handler that `handlers` does not define, or inherits from `protocol` as it is, answers 501; each is named in
    one warning. The document is served at `/openapi.json`, with `base_path` as its server.
    """
    prefix = "/" + base_path.strip("/") if base_path.strip("/") else ""
    routes: list[Route] = []
    missing: list[str] = []
    for operation, name in operations:
        handler = getattr(handlers, name, None)
        if handler is None or getattr(type(handlers), name, None) is getattr(protocol, name):
            missing.append(operation.id)
            handler = _refuse(operation.id)
        routes.append(OperationRoute(operation, handler, prefix))
    if missing:
        logger.warning("no handler, answered 501: %s", ", ".join(missing))
    routes.append(Route(f"{prefix}/openapi.json", _serve_document(document, prefix), methods=["GET"]))
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _answer_http_exception, Exception: _answer_exception},
    )
    app.router.redirect_slashes = False  # a path that is not the document's is a 404, not another path
    return app


def _refuse(operation_id: str) -> Handler:
    async def handler(**_: object) -> Any:
        raise Unhandled(operation_id)

    return handler


async def _answer(operation: Operation[Any], handler: Handler, request: Request) -> Response:
    try:
        arguments = _read_parameters(operation, request)
        if operation.body is not None:
            arguments["body"] = await _read_body(operation, request)
    except InvalidValue as error:
        return _error(400, str(error))
    try:
        result = await handler(**arguments)
    except HTTPError as error:
        return _error(error.status, error.message)
    except Exception:
        logger.exception("%s: the handler failed", operation.id)
        return _error(500, "internal server error")
    return _write_answer(operation, result)


def _read_parameters(operation: Operation[Any], request: Request) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for parameter in operation.parameters:
        try:
            texts = _texts(parameter, request)
            if texts:
                arguments[parameter.argument] = parameter.read(texts)
            elif parameter.required:
                raise InvalidValue("is missing")
            else:
                arguments[parameter.argument] = parameter.default
        except InvalidValue as error:
            raise InvalidValue(f"{parameter.place} parameter {parameter.name}: {error}") from None
    return arguments


def _texts(parameter: Parameter, request: Request) -> Sequence[str]:
    match parameter.place:
        case "path":
            return [_decode(request.path_params[parameter.name])]
        case "query":
            sent = request.scope["query_string"].decode("latin-1")
            pairs = parse_qsl(sent, keep_blank_values=True, errors="surrogateescape")
            return [
                _decode(quote(value, errors="surrogateescape"))
                for name, value in pairs
                if name == parameter.name
            ]
        case "header":
            return request.headers.getlist(parameter.name)


def _decode(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise InvalidValue(f"not UTF-8 at byte {error.start}") from None


async def _read_body(operation: Operation[Any], request: Request) -> Any:
    body = operation.body
    assert body is not None
    data = await request.body()
    if not data:
        if body.required:
            raise InvalidValue("body: is missing")
        return None
    found = request.headers.get("Content-Type", "none").partition(";")[0].strip().lower()
    if found != body.media.media_type:
        raise InvalidValue(f"body: expected content type {body.media.media_type}, got {found}")
    try:
        return body.media.decode(data, lenient=False)
    except InvalidValue as error:
        raise InvalidValue(f"body: {error}") from None


def _write_answer(operation: Operation[Any], result: Any) -> Response:
    status, media = next(iter(operation.successes.items()))
    try:
        data = media.encode(result)
        media.decode(data, lenient=False)
    except InvalidValue as error:
        logger.error("%s: the handler's answer breaks the document: %s", operation.id, error)
        return _error(500, "the backend's answer breaks the contract")
    return Response(data, status or 200, media_type=media.media_type or None)


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps({"message": message}).encode(), status, headers, media_type=_JSON)


async def _answer_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail, dict(error.headers or {}))


async def _answer_exception(request: Request, error: Exception) -> Response:
    return _error(500, "internal server error")


def _serve_document(document: Path, prefix: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        content = json.loads(document.read_bytes())
        mounted_at = str(request.scope.get("root_path", "")) + prefix
        if mounted_at:
            content["servers"] = [{"url": mounted_at}]
        return Response(json.dumps(content).encode(), media_type=_JSON)

    return endpoint


def _compile(path: str) -> re.Pattern[str]:
    literals = re.sub(_TEMPLATE, "{}", path).split("{}")
    return re.compile(
        "([^/]+)".join(re.escape(_normalise(quote(literal, safe="/%:@!$&'()*+,;=~"))) for literal in literals)
    )


def _raw_path(scope: Scope) -> str:
    """Return the path as sent, below the mount point; servers that give no `raw_path` have it quoted again."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.partition(b"?")[0].decode("ascii", "replace") if raw else quote(scope["path"])
    return _normalise(path.removeprefix(quote(scope.get("root_path", ""))))


def _normalise(path: str) -> str:
    """Return `path` with nothing quoted that means the same unquoted (RFC 3986, section 6.2.2.2)."""
    return _UNRESERVED.sub(lambda found: unquote(found[0]), path)
