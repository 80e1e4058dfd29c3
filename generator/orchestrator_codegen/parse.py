"""Reads a valid document into the intermediate representation, and names what it has to leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar, cast

from .diagnostics import Diagnostic, Location, warning
from .filter_extension import read_filters
from .ir import (
    Anything,
    Api,
    Content,
    FreeObject,
    ListOf,
    Operation,
    Parameter,
    Place,
    Reference,
    RequestBody,
    Response,
    Scalar,
    ScalarKind,
    Schema,
    Type,
)
from .load import JSON, Document, Pointer
from .operation_walk import iter_operations
from .parse_extensions import BadExtension, parse_idempotent, parse_paging, parse_waiting
from .references import follow, read_component, split_reference

T = TypeVar("T")

# What a schema may say beside its type and still be a plain `Scalar` or `ListOf`.
_PROSE: Final = frozenset({"type", "description", "title", "example", "examples", "default", "deprecated"})
_SCALARS: Final = ("string", "integer", "number", "boolean")
_STYLES: Final = {"path": "simple", "query": "form", "header": "simple"}


def parse(document: Document) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Return the API that `document` describes, and a warning for each part that is left out."""
    parser = _Parser(document)
    operations = tuple(parser.parse_operations())
    info = document.data["info"]
    api = Api(
        title=info["title"],
        version=str(info["version"]),
        openapi=document.data["openapi"],
        operations=operations,
        schemas=tuple(parser.schemas.values()),
        filters=read_filters(document),
    )
    return api, tuple(parser.warnings)


class _Unsupported(Exception):
    """An operation holds something that cannot be generated."""


@dataclass(slots=True)
class _Node:
    """A part of the document with its place, `$ref` already followed."""

    data: Any
    at: Pointer


@dataclass(slots=True)
class _Parser:
    document: Document
    schemas: dict[str, Schema] = field(init=False)
    warnings: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        named = self.document.data.get("components", {}).get("schemas") or {}
        self.schemas = {
            name: Schema(name, schema, self._locate("components", "schemas", name))
            for name, schema in named.items()
        }

    def parse_operations(self) -> Iterator[Operation]:
        """Yield the operations in document order; one that is not supported is left out with a warning."""
        for path, method, item_at in iter_operations(self.document.data):
            before = dict(self.schemas)
            try:
                yield self._parse_operation(path, method, item_at)
            except _Unsupported as reason:
                self.schemas = before
                operation_id = self._follow((*item_at, method)).data["operationId"]
                self._warn(f"{operation_id} is left out: {reason}", (*item_at, method))
        for ignored in ("webhooks", "callbacks"):
            if self.document.data.get(ignored):
                self._warn(f"{ignored} are not supported and left out", (ignored,))

    def _parse_operation(self, path: str, method: str, item_at: Pointer) -> Operation:
        node = self._follow((*item_at, method))
        operation, at = node.data, node.at
        operation_id = operation["operationId"]
        name = operation_id[:1].upper() + operation_id[1:]
        if operation.get("callbacks"):
            self._warn("callbacks are not supported and left out", (*at, "callbacks"))
        return Operation(
            id=operation_id,
            method=method.upper(),
            path=path,
            tags=tuple(str(tag) for tag in operation.get("tags") or ()),
            summary=(operation.get("summary") or "").strip(),
            description=(operation.get("description") or "").strip(),
            parameters=tuple(self._parse_parameters(name, item_at, at)),
            body=self._parse_body(name, operation, at),
            responses=tuple(self._parse_responses(name, operation, at)),
            location=self.document.locate(at),
            idempotent=self._parse_extension(parse_idempotent, operation, at),
            paging=self._parse_extension(parse_paging, operation, at),
            waiting=self._parse_extension(parse_waiting, operation, at),
        )

    def _parse_extension(
        self, parse_it: Callable[[Document, JSON, Pointer], T | None], operation: JSON, at: Pointer
    ) -> T | None:
        try:
            return parse_it(self.document, operation, at)
        except BadExtension as problem:
            self._warn(f"{problem}; it is left out", problem.at)
            return None

    def _parse_parameters(self, owner: str, item_at: Pointer, operation_at: Pointer) -> Iterator[Parameter]:
        found: dict[tuple[str, str], _Node] = {}
        for at in (item_at, operation_at):
            listed = self._follow(at).data.get("parameters") or []
            for index in range(len(listed)):
                node = self._follow((*at, "parameters", index))
                found[node.data["in"], node.data["name"]] = node
        for (place, name), node in found.items():
            if place == "cookie":
                self._warn(f"the cookie parameter {name!r} is not supported and left out", node.at)
                continue
            yield self._parse_parameter(owner, cast(Place, place), name, node)

    def _parse_parameter(self, owner: str, place: Place, name: str, node: _Node) -> Parameter:
        data = node.data
        if "schema" not in data or data.get("style", _STYLES[place]) != _STYLES[place]:
            raise _Unsupported(f"the {place} parameter {name!r} is not sent in the style {_STYLES[place]}")
        schema = data["schema"]
        shape = self._follow((*node.at, "schema")).data
        shape = shape if isinstance(shape, dict) else {}  # a schema may be true or false
        repeated = shape.get("type") == "array"
        if repeated and place == "query" and data.get("explode", True) is False:
            raise _Unsupported(f"the query parameter {name!r} is an array that is not exploded")
        item = self._follow_schema(shape.get("items", {})) if repeated else shape
        return Parameter(
            name=name,
            place=place,
            required=bool(data.get("required")),
            type=self._parse_type(schema, owner + _capitalise(name), (*node.at, "schema")),
            reads=_read_kind(item, place, name),
            repeated=repeated,
            default=shape.get("default"),
            description=(data.get("description") or "").strip(),
        )

    def _parse_body(self, owner: str, operation: JSON, at: Pointer) -> RequestBody | None:
        if "requestBody" not in operation:
            return None
        node = self._follow((*at, "requestBody"))
        content = self._parse_content(
            owner + "Request", node.data.get("content") or {}, (*node.at, "content")
        )
        if content is None:
            return None
        return RequestBody(
            content, bool(node.data.get("required")), (node.data.get("description") or "").strip()
        )

    def _parse_responses(self, owner: str, operation: JSON, at: Pointer) -> Iterator[Response]:
        statuses = [status for status in operation.get("responses") or {} if not status.startswith("x-")]
        successes = [status for status in statuses if status.startswith("2")]
        for status in statuses:
            node = self._follow((*at, "responses", status))
            suffix = "Response" if [status] == successes else f"Response{_capitalise(status)}"
            content = self._parse_content(
                owner + suffix, node.data.get("content") or {}, (*node.at, "content")
            )
            yield Response(status, content, (node.data.get("description") or "").strip())

    def _parse_content(self, name: str, content: JSON, at: Pointer) -> Content | None:
        """Choose JSON before text before anything else; name the media types that are left out."""
        if not content:
            return None
        supported = {media_type: kind for media_type in content if (kind := _media_kind(media_type))}
        if not supported:
            raise _Unsupported(f"the media type {next(iter(content))} is not supported")
        media_type = min(supported, key=lambda each: supported[each] != "json")
        for other in content:
            if other != media_type:
                self._warn(f"the media type {other} is left out beside {media_type}", (*at, other))
        schema = content[media_type].get("schema", {})
        if supported[media_type] == "text":
            return Content(media_type, "text", Scalar("string"))
        return Content(media_type, "json", self._parse_type(schema, name, (*at, media_type, "schema")))

    def _parse_type(self, schema: JSON, name: str, at: Pointer) -> Type:
        """Return the type of `schema`; one that no simple type says becomes a named schema called `name`."""
        if schema is True or schema == {}:
            return Anything()
        if isinstance(schema, dict):
            component = read_component(schema)
            if component is not None and not component[1]:
                return Reference(component[0])
            said = schema.keys() - _PROSE
            kind = schema.get("type")
            if not said and kind in _SCALARS:
                return Scalar(cast(ScalarKind, kind))
            if not said and kind == "object":
                return FreeObject()
            if said <= {"items"} and kind == "array":
                return ListOf(self._parse_type(schema.get("items", {}), name + "Item", (*at, "items")))
        while name in self.schemas:
            name += "Inline"
        self.schemas[name] = Schema(name, schema, self.document.locate(at))
        return Reference(name)

    def _follow(self, at: Pointer) -> _Node:
        at, data = follow(self.document.data, at)
        return _Node(data, at)

    def _follow_schema(self, schema: JSON) -> JSON:
        return self._follow(split_reference(schema["$ref"])).data if "$ref" in schema else schema

    def _locate(self, *at: str | int) -> Location:
        return self.document.locate(at)

    def _warn(self, message: str, at: Pointer) -> None:
        self.warnings.append(warning(message, self.document.locate(at)))


def _read_kind(schema: JSON, place: Place, name: str) -> ScalarKind:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        kinds = next((kind for kind in kinds if kind != "null"), None)
    if kinds is None and "enum" in schema and all(isinstance(value, str) for value in schema["enum"]):
        return "string"
    if kinds not in _SCALARS:
        raise _Unsupported(
            f"the {place} parameter {name!r} is neither text, number, boolean nor a list of these"
        )
    return cast(ScalarKind, kinds)


def _media_kind(media_type: str) -> Literal["json", "text"] | None:
    plain = media_type.partition(";")[0].strip().lower()
    if plain == "application/json" or plain.endswith("+json") or plain == "*/*":
        return "json"
    return "text" if plain.startswith("text/") else None


def _capitalise(name: str) -> str:
    return "".join(
        part[:1].upper() + part[1:]
        for part in name.replace("-", " ").replace("_", " ").replace(".", " ").split()
    )
