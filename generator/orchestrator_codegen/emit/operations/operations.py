"""Computes the view that the templates of operations, client and server render."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...api.ir import Api, Content, ErrorShape, FormField, Operation, Parameter, Response, Server
from ...api.python_names import Arguments, name_arguments, name_classes, name_methods, name_protocols
from ..docstrings import quote_docstring, summarise, write_docstring
from .annotations import annotate
from .arguments import describe, write_arguments
from .credentials import (
    CredentialsView,
    describe_credential,
    view_credentials,
    write_credential,
    write_secrets,
)
from .headers import HeadersView, name_headers, view_headers
from .iterations import IterationView, WaitView, view_iteration, view_wait
from .path_precedence import sort_by_precedence


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation, as pieces of Python text that a template only inserts."""

    operation_id: str
    id: str
    method_name: str
    constant: str
    http_method: str
    path: str
    parameters: tuple[str, ...]
    arguments: str
    body: str
    successes: tuple[tuple[int, str], ...]
    errors: tuple[tuple[int, str], ...]
    result: str
    client_arguments: str
    server_arguments: str
    body_argument: str
    summary: str
    docstring: str
    idempotent: str
    iteration: IterationView | None
    wait: WaitView | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """The operations of one tag, with the name and the docstring of their protocol."""

    protocol: str
    docstring: str
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class ApiView:
    """The whole document, as the templates receive it."""

    title: str
    operations: tuple[OperationView, ...]
    by_precedence: tuple[OperationView, ...]
    documented_error: str
    shared_errors: tuple[tuple[int, str], ...]
    groups: tuple[GroupView, ...]
    bases: str
    handlers: str
    error_shape: str
    credential: str
    auth: str
    credentials: CredentialsView | None
    secrets: str
    servers: tuple[str, ...]
    headers: tuple[HeadersView, ...]


def view_api(api: Api, error_shape: ErrorShape) -> ApiView:
    """Return the view of `api`, with operations in document order, and also in the order in which paths are matched."""
    classes = name_classes(schema.name for schema in api.schemas)
    methods = name_methods(operation.id for operation in api.operations)
    views = {each.id: _view_operation(each, methods[each.id], classes) for each in api.operations}
    errors = dict.fromkeys(
        annotate(response.content.type, classes)
        for operation in api.operations
        for response in operation.errors
        if response.content is not None
    )
    groups = tuple(_view_groups(api, views))
    protocols = [group.protocol for group in groups]
    first_credential = next(iter(api.credentials), None)
    return ApiView(
        title=quote_docstring(api.title),
        operations=tuple(views.values()),
        by_precedence=tuple(views[each.id] for each in sort_by_precedence(api.operations)),
        documented_error=" | ".join(errors) or "object",
        shared_errors=_find_shared([each.errors for each in views.values()]),
        groups=groups,
        bases=", ".join([*protocols, "Protocol"]),
        handlers=" | ".join(protocols) or "Handlers",
        error_shape=_view_error_shape(error_shape),
        credential=write_credential(first_credential),
        auth=describe_credential(first_credential),
        credentials=view_credentials(api),
        secrets=write_secrets(api.credentials),
        servers=tuple(map(_view_server, api.servers)) if any(map(_is_worth_emitting, api.servers)) else (),
        headers=tuple(view_headers(api, classes)),
    )


def _find_shared(errors: Iterable[tuple[tuple[int, str], ...]]) -> tuple[tuple[int, str], ...]:
    """Return the most frequent errors of an operation, or () if no two operations have the same errors."""
    counted = Counter(each for each in errors if each)
    return next((each for each, times in counted.most_common(1) if times > 1), ())


def _is_worth_emitting(server: Server) -> bool:
    """Return whether a server has variables, or a URL that is more than a path."""
    return bool(server.variables) or not server.url.startswith("/")


def _view_server(server: Server) -> str:
    variables = ", ".join(
        f"{name!r}: Variable({default!r}, {allowed!r})" for name, default, allowed in server.variables
    )
    return f"Server({server.url!r}, {server.description!r}, {{{variables}}})"


def _view_groups(api: Api, views: Mapping[str, OperationView]) -> Iterator[GroupView]:
    """Yield a group for each tag that is the first tag of an operation, and one for operations without tags."""
    members: dict[str, list[OperationView]] = {}
    for operation in api.operations:
        members.setdefault(operation.tags[0] if operation.tags else "", []).append(views[operation.id])
    protocols = name_protocols(members)
    for tag, operations in members.items():
        which = f"tagged {tag}" if tag else "without a tag"
        yield GroupView(protocols[tag], quote_docstring(f"The operations {which}."), tuple(operations))


def _view_error_shape(shape: ErrorShape) -> str:
    fields = tuple((field.name, field.holds) for field in shape.fields)
    return f"ErrorShape({shape.media_type!r}, {fields!r})"


def _view_operation(operation: Operation, method_name: str, classes: Mapping[str, str]) -> OperationView:
    arguments = name_arguments((each.place, each.name) for each in operation.parameters)
    results = dict.fromkeys(
        annotate(each.content.type, classes) if each.content else "None" for each in operation.successes
    )
    body = operation.body
    headers = name_headers(operation)
    return OperationView(
        operation_id=operation.id,
        id=repr(operation.id),
        method_name=method_name,
        constant=method_name.upper(),
        http_method=repr(operation.method),
        path=repr(operation.path),
        parameters=tuple(
            _view_parameter(each, arguments[each.place, each.name], classes) for each in operation.parameters
        ),
        arguments="{" + ", ".join(f"{name!r}: {name}" for name in arguments.values()) + "}",
        body=f"Body({_media(body.content, classes)}, required={body.required})" if body else "None",
        successes=tuple(
            (_status_key(each), _view_answer(each, headers, classes)) for each in operation.successes
        ),
        errors=tuple((_status_key(each), _view_answer(each, headers, classes)) for each in operation.errors),
        result=" | ".join(results),
        client_arguments=write_arguments(operation, arguments, classes, is_client=True),
        server_arguments=write_arguments(operation, arguments, classes, is_client=False),
        body_argument="body" if body else "None",
        summary=quote_docstring(summarise(operation)),
        docstring=_describe_operation(operation, arguments),
        idempotent=repr(operation.idempotent),
        iteration=view_iteration(operation, method_name, arguments, classes),
        wait=view_wait(operation, method_name, arguments, classes),
    )


def _view_parameter(parameter: Parameter, argument: str, classes: Mapping[str, str]) -> str:
    annotation = annotate(parameter.type, classes)
    texts = parameter.texts
    values: dict[str, object] = {"name": parameter.name, "argument": argument, "place": parameter.place}
    # Values that equal the runtime's default are omitted.
    optional = {
        "required": (parameter.required, False),
        "reads": (texts.reads, ("string",)),
        "kind": (texts.kind, "text"),
        "style": (parameter.style, "simple"),
        "explode": (parameter.explode, False),
        "properties": (dict(texts.properties), {}),
        "default": (parameter.default, None),
        "allow_reserved": (parameter.allow_reserved, False),
    }
    values |= {name: value for name, (value, default) in optional.items() if value != default}
    written = ", ".join(f"{name}={value!r}" for name, value in values.items())
    return f"Parameter({written}, schema=Json[{annotation}]({annotation}))"


def _view_answer(response: Response, names: Mapping[str, str], classes: Mapping[str, str]) -> str:
    media = _media(response.content, classes)
    headers = [_view_parameter(each, names[each.name.lower()], classes) for each in response.headers]
    return f"head({', '.join([media, *headers])})" if headers else media


def _media(content: Content | None, classes: Mapping[str, str]) -> str:
    if content is None:
        return "Empty()"
    annotation = annotate(content.type, classes)
    match content.kind:
        case "text":
            return f"Text({content.media_type!r})"
        case "binary":
            return f"Bytes({content.media_type!r})"
        case "json":
            is_default = content.media_type == "application/json"
            return f"Json[{annotation}]({annotation}{'' if is_default else f', {content.media_type!r}'})"
        case "form" | "multipart":
            fields = ", ".join(f"{each.name!r}: {_view_field(each)}" for each in content.fields)
            return f"{content.kind.capitalize()}[{annotation}]({annotation}, {{{fields}}})"


def _view_field(field: FormField) -> str:
    values = {
        "kind": (field.kind, "text"),
        "reads": (field.reads, ("string",)),
        "media_type": (field.media_type, ""),
    }
    return f"Field({', '.join(f'{name}={value!r}' for name, (value, default) in values.items() if value != default)})"


def _status_key(response: Response) -> int:
    """Return the status code, the first digit of a range such as `4XX`, or 0 for `default`."""
    if response.status == "default":
        return 0
    return int(response.status) if response.status.isdigit() else int(response.status[0])


def _describe_operation(operation: Operation, arguments: Arguments) -> str:
    described = describe(operation.parameters, arguments)
    if operation.body is not None:
        described.append(("body", operation.body.description))
    return write_docstring(
        summarise(operation), operation.description if operation.summary else "", described
    )
