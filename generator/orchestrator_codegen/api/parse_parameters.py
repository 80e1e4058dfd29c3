"""Reads the parameters of an operation, in whatever place and style they are sent, and the headers of its answers."""

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
# OpenAPI leaves these headers to other parts of the document.
_IGNORED: Final = frozenset({"accept", "content-type", "authorization"})


def parse_parameters(
    parsing: Parsing, owner: str, item_at: Pointer, operation_at: Pointer
) -> Iterator[Parameter]:
    """Yield the parameters of an operation, with those of its path item; what is left out is warned of."""
    found: dict[tuple[str, str], Node] = {}
    for at in (item_at, operation_at):
        listed = parsing.follow(at).data.get("parameters") or []
        for index in range(len(listed)):
            node = parsing.follow((*at, "parameters", index))
            found[node.data["in"], node.data["name"]] = node
    for (place, name), node in found.items():
        if place == "header" and name.lower() in _IGNORED:
            parsing.warn(f"the header parameter {name!r} is left out: OpenAPI has it say nothing", node.at)
            continue
        try:
            yield _parse_parameter(parsing, owner, cast(Place, place), name, node)
        except Unsupported as reason:
            said = f"the {place} parameter {name!r} {reason}"
            if node.data.get("required"):
                raise Unsupported(said) from None
            parsing.warn(f"{said}; it is left out", node.at)


def parse_headers(parsing: Parsing, owner: str, status: str, answer: Node) -> Iterator[Parameter]:
    """Yield the headers that `answer`, the one of `status`, carries; what is left out is warned of."""
    for name in answer.data.get("headers") or {}:
        node = parsing.follow((*answer.at, "headers", name))
        said = f"the header {name!r} of the answer {status}"
        if name.lower() == "content-type":
            parsing.warn(f"{said} is left out: OpenAPI has it say nothing", node.at)
            continue
        try:
            yield _parse_parameter(parsing, owner, "header", name, node)
        except Unsupported as reason:
            parsing.warn(f"{said} {reason}; it is left out", node.at)


def _parse_parameter(parsing: Parsing, owner: str, place: Place, name: str, node: Node) -> Parameter:
    data = node.data
    at = _find_schema(data, node.at)
    style = cast(Style, data.get("style", _DEFAULT_STYLES[place]))
    if style not in _STYLES[place]:
        raise Unsupported(f"has the style {style}, which OpenAPI does not have there")
    explode = bool(data.get("explode", style == "form"))
    texts = find_texts(parsing, at) if "schema" in data else Texts("json")
    if texts.kind == "some" and not (place == "query" and style == "form" and explode):
        raise Unsupported(
            "is a list or something else: where it is not exploded, the two cannot be told apart"
        )
    if style == "deepObject" and texts.kind != "object":
        raise Unsupported("has the style deepObject and is no object")
    if place == "cookie" and explode and texts.kind in ("list", "object"):
        raise Unsupported("is an exploded cookie, for which OpenAPI has no form; set explode: false")
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
        # Of JSON as a text OpenAPI does not say it.
        allow_reserved=place == "query" and "schema" in data and bool(data.get("allowReserved")),
    )


def _find_schema(data: Any, at: Pointer) -> Pointer:
    """Return where the schema of a parameter stands: its own, or that of its one media type, which must be JSON."""
    if "schema" in data:
        return (*at, "schema")
    media_type = next(iter(data.get("content") or {}), "")
    if not is_json(media_type):
        raise Unsupported(f"is sent as {media_type or 'nothing'}; JSON is what is supported there")
    return (*at, "content", media_type, "schema")


def _find_default(parsing: Parsing, at: Pointer) -> Any:
    """Return the default of the schema at `at`; in OpenAPI 3.1 one beside a `$ref` comes before what that leads to."""
    beside = _get(parsing, at)
    is_31 = str(parsing.document.data["openapi"]).startswith("3.1")
    if is_31 and isinstance(beside, dict) and "default" in beside:
        return beside["default"]
    schema = parsing.follow(at).data
    return schema.get("default") if isinstance(schema, dict) else None


def _get(parsing: Parsing, at: Pointer) -> Any:
    """Return the schema at `at` itself, a `$ref` not followed."""
    return parsing.follow(at[:-1]).data.get(at[-1], {})
