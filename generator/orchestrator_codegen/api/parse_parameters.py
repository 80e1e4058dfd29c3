"""Parses the parameters of an operation, in every place and style, and the headers of its responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from ..document.load import Pointer
from .ir import Parameter, Place, Style, Texts
from .media_types import is_json
from .parse_context import Node, Parsing, Unsupported, capitalise
from .text_kinds import find_texts

_DEFAULT_STYLES: Final[dict[str, Style]] = {
    "path": "simple",
    "query": "form",
    "header": "simple",
    "cookie": "form",
}
_STYLES: Final = {
    "path": {"simple", "label", "matrix"},
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "header": {"simple"},
    "cookie": {"form"},
}
# OpenAPI describes these headers in other parts of the document.
_IGNORED: Final = frozenset({"accept", "content-type", "authorization"})


def parse_parameters(
    parsing: Parsing, owner: str, item_at: Pointer, operation_at: Pointer
) -> Iterator[Parameter]:
    """Yield the parameters of an operation, including those of its path item. Warns of omitted ones."""
    found: dict[tuple[str, str], Node] = {}
    for at in (item_at, operation_at):
        listed = parsing.follow(at).data.get("parameters") or []
        for index in range(len(listed)):
            node = parsing.follow((*at, "parameters", index))
            found[node.data["in"], node.data["name"]] = node
    for (place, name), node in found.items():
        if place == "header" and name.lower() in _IGNORED:
            parsing.warn(f"the header parameter {name!r} is omitted: OpenAPI ignores it", node.at)
            continue
        try:
            yield _parse_parameter(parsing, owner, cast(Place, place), name, node)
        except Unsupported as reason:
            said = f"the {place} parameter {name!r} {reason}"
            if node.data.get("required"):
                raise Unsupported(said) from None
            parsing.warn(f"{said}; it is omitted", node.at)


def parse_headers(parsing: Parsing, owner: str, status: str, answer: Node) -> Iterator[Parameter]:
    """Yield the headers of `answer`, the response with `status`. Warns of omitted ones."""
    for name in answer.data.get("headers") or {}:
        node = parsing.follow((*answer.at, "headers", name))
        said = f"the header {name!r} of the response {status}"
        if name.lower() == "content-type":
            parsing.warn(f"{said} is omitted: OpenAPI ignores it", node.at)
            continue
        try:
            yield _parse_parameter(parsing, owner, "header", name, node)
        except Unsupported as reason:
            parsing.warn(f"{said} {reason}; it is omitted", node.at)


def _parse_parameter(parsing: Parsing, owner: str, place: Place, name: str, node: Node) -> Parameter:
    data = node.data
    at = _find_schema(data, node.at)
    style = cast(Style, data.get("style", _DEFAULT_STYLES[place]))
    if style not in _STYLES[place]:
        raise Unsupported(f"has the style {style}, which OpenAPI does not allow there")
    explode = bool(data.get("explode", style == "form"))
    texts = find_texts(parsing, at) if "schema" in data else Texts("json")
    if texts.kind == "some" and not (place == "query" and style == "form" and explode):
        raise Unsupported("is a list or another type, which cannot be distinguished without explode: true")
    if style == "deepObject" and texts.kind != "object":
        raise Unsupported("has the style deepObject but is not an object")
    if place == "cookie" and explode and texts.kind in ("list", "object"):
        raise Unsupported("is a cookie with explode: true, which OpenAPI does not define; set explode: false")
    return Parameter(
        name=name,
        place=place,
        required=bool(data.get("required")),
        type=parsing.name_type(_get(parsing, at), owner + capitalise(name), at),
        texts=texts,
        style=style,
        explode=explode,
        default=_find_default(parsing, at),
        description=(data.get("description") or "").strip(),
        # OpenAPI does not define it for JSON in a string.
        allow_reserved=place == "query" and "schema" in data and bool(data.get("allowReserved")),
    )


def _find_schema(data: Any, at: Pointer) -> Pointer:
    """Return the pointer of the schema of a parameter, or of its only media type, which must be JSON."""
    if "schema" in data:
        return (*at, "schema")
    media_type = next(iter(data.get("content") or {}), "")
    if not is_json(media_type):
        raise Unsupported(f"is sent as {media_type or 'nothing'}, but only JSON is supported there")
    return (*at, "content", media_type, "schema")


def _find_default(parsing: Parsing, at: Pointer) -> Any:
    """Return the default of the schema at `at`. In OpenAPI 3.1 a default beside a `$ref` overrides its target's."""
    beside = _get(parsing, at)
    is_31 = str(parsing.document.data["openapi"]).startswith("3.1")
    if is_31 and isinstance(beside, dict) and "default" in beside:
        return beside["default"]
    schema = parsing.follow(at).data
    return schema.get("default") if isinstance(schema, dict) else None


def _get(parsing: Parsing, at: Pointer) -> Any:
    """Return the schema at `at` without following a `$ref`."""
    return parsing.follow(at[:-1]).data.get(at[-1], {})
