"""Parses a valid document into the intermediate representation, and reports the parts that it omits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..document.diagnostics import Diagnostic
from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import find_sent, iter_operations
from .extensions.extension_names import drop_taken_names
from .extensions.filter_extension import read_filters
from .extensions.parse_extensions import BadExtension, parse_idempotent, parse_paging, parse_waiting
from .ir import Api, Operation, RequestBody, Response
from .parse_content import parse_content
from .parse_context import Parsing, Unsupported, capitalise
from .parse_parameters import parse_headers, parse_parameters
from .parse_security import parse_credentials, parse_security, parse_servers

T = TypeVar("T")


def parse(document: Document) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Return the API that `document` describes, and a warning for each omitted part."""
    parsing = Parsing(document)
    operations = tuple(drop_taken_names(parsing, tuple(_parse_operations(parsing))))
    info = document.data["info"]
    api = Api(
        title=info["title"],
        version=str(info["version"]),
        openapi=document.data["openapi"],
        operations=operations,
        schemas=tuple(parsing.schemas.values()),
        filters=read_filters(document),
        credentials=tuple(parse_credentials(parsing)),
        servers=tuple(parse_servers(parsing)),
    )
    return api, tuple(parsing.warnings)


def _parse_operations(parsing: Parsing) -> Iterator[Operation]:
    """Yield the operations in document order. An unsupported operation is omitted with a warning."""
    data = parsing.document.data
    served: dict[tuple[str, str], str] = {}
    for path, method, item_at in iter_operations(data):
        before = dict(parsing.schemas)
        try:
            operation = _parse_operation(parsing, path, method, item_at)
            first = served.setdefault((method, operation.path.partition("?")[0]), operation.id)
            if path != operation.path or first != operation.id:
                _warn_of_path(parsing, operation, first, (*item_at, method))
            yield operation
        except Unsupported as reason:
            parsing.schemas = before
            operation_id = parsing.follow((*item_at, method)).data["operationId"]
            parsing.warn(f"{operation_id} is omitted: {reason}", (*item_at, method))
    if data.get("webhooks"):
        names = ", ".join(data["webhooks"])
        parsing.warn(f"webhooks are not supported and omitted: {names}", ("webhooks",))


def _parse_operation(parsing: Parsing, path: str, method: str, item_at: Pointer) -> Operation:
    node = parsing.follow((*item_at, method))
    operation, at = node.data, node.at
    operation_id = operation["operationId"]
    name = operation_id[:1].upper() + operation_id[1:]
    if operation.get("callbacks"):
        names = ", ".join(operation["callbacks"])
        parsing.warn(f"callbacks are not supported and omitted: {names}", (*at, "callbacks"))
    _warn_of_servers(parsing, operation_id, (at, item_at))
    return Operation(
        id=operation_id,
        method=method.upper(),
        path=find_sent(path),
        security=tuple(parse_security(parsing, operation)),
        tags=tuple(str(tag) for tag in operation.get("tags") or ()),
        summary=(operation.get("summary") or "").strip(),
        description=(operation.get("description") or "").strip(),
        parameters=tuple(parse_parameters(parsing, name, item_at, at)),
        body=_parse_body(parsing, name, operation, at),
        responses=tuple(_parse_responses(parsing, name, operation, at)),
        location=parsing.document.locate(at),
        idempotent=_parse_extension(parsing, parse_idempotent, operation, at),
        paging=_parse_extension(parsing, parse_paging, operation, at),
        waiting=_parse_extension(parsing, parse_waiting, operation, at),
    )


def _warn_of_path(parsing: Parsing, operation: Operation, first: str, at: Pointer) -> None:
    """Warn that a path has a query or fragment: it is not sent completely, or does not identify an operation."""
    served = "" if first == operation.id else f", which the server stubs handle as {first}"
    parsing.warn(f"{operation.id} is sent as {operation.method} {operation.path}{served}", at)


def _warn_of_servers(parsing: Parsing, operation_id: str, places: tuple[Pointer, ...]) -> None:
    """Warn of the servers of an operation or of its path: a client sends every request to its one base URL."""
    for at in places:
        if servers := parsing.follow(at).data.get("servers"):
            if servers != parsing.document.data.get("servers"):
                hint = f"create a client with base_url={servers[0].get('url')!r} for it"
                parsing.warn(f"the servers of {operation_id} are not used; {hint}", (*at, "servers"))
            return


def _parse_extension(
    parsing: Parsing, parse_it: Callable[[Document, JSON, Pointer], T | None], operation: JSON, at: Pointer
) -> T | None:
    try:
        return parse_it(parsing.document, operation, at)
    except BadExtension as problem:
        parsing.warn(f"{problem}; it is omitted", problem.at)
        return None


def _parse_body(parsing: Parsing, owner: str, operation: JSON, at: Pointer) -> RequestBody | None:
    if "requestBody" not in operation:
        return None
    node = parsing.follow((*at, "requestBody"))
    content = parse_content(parsing, owner + "Request", node.data.get("content") or {}, (*node.at, "content"))
    if content is None:
        return None
    return RequestBody(content, bool(node.data.get("required")), (node.data.get("description") or "").strip())


def _parse_responses(parsing: Parsing, owner: str, operation: JSON, at: Pointer) -> Iterator[Response]:
    statuses = [status for status in operation.get("responses") or {} if not status.startswith("x-")]
    successes = [status for status in statuses if status.startswith("2")]
    for status in statuses:
        node = parsing.follow((*at, "responses", status))
        suffix = "Response" if [status] == successes else f"Response{capitalise(status)}"
        content = parse_content(
            parsing, owner + suffix, node.data.get("content") or {}, (*node.at, "content")
        )
        headers = tuple(parse_headers(parsing, owner + suffix, status, node))
        yield Response(status, content, (node.data.get("description") or "").strip(), headers)
