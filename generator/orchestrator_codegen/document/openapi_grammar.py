"""The kinds of objects in an OpenAPI document, by location. Separates a real `$ref` from data that looks like one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .load import JSON, Pointer
from .operation_walk import METHODS
from .schema_walk import MANY, NAMED, ONE

# For each kind of object, the kinds below its keys: one object, a list `[kind]`, or a map by name `{kind}`.
_PARAMETER: Final = {"schema": "schema", "content": "{mediaType}", "examples": "{example}"}
_GRAMMAR: Final[Mapping[str, Mapping[str, str]]] = {
    "document": {"paths": "{pathItem}", "webhooks": "{pathItem}", "components": "components"},
    "components": {
        "schemas": "{schema}",
        "responses": "{response}",
        "parameters": "{parameter}",
        "examples": "{example}",
        "requestBodies": "{requestBody}",
        "headers": "{header}",
        "securitySchemes": "{securityScheme}",
        "links": "{link}",
        "callbacks": "{callback}",
        "pathItems": "{pathItem}",
    },
    "pathItem": {"parameters": "[parameter]"} | dict.fromkeys(METHODS, "operation"),
    "operation": {
        "parameters": "[parameter]",
        "requestBody": "requestBody",
        "responses": "{response}",
        "callbacks": "{callback}",
    },
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "requestBody": {"content": "{mediaType}"},
    "response": {"headers": "{header}", "content": "{mediaType}", "links": "{link}"},
    "mediaType": {"schema": "schema", "examples": "{example}", "encoding": "{encoding}"},
    "encoding": {"headers": "{header}"},
    "schema": dict.fromkeys(ONE, "schema")
    | dict.fromkeys(MANY, "[schema]")
    | dict.fromkeys(NAMED, "{schema}"),
}

# The section of `components` for each kind that a `$ref` may refer to.
SECTIONS: Final[Mapping[str, str]] = {kind[1:-1]: section for section, kind in _GRAMMAR["components"].items()}


def iter_parts(node: JSON, kind: str, at: Pointer = ()) -> Iterator[tuple[Pointer, str, dict[str, JSON]]]:
    """Yield `node`, an object of `kind`, and every object inside it, each with its pointer and its kind."""
    if not isinstance(node, dict):
        return
    yield at, kind, node
    if kind == "callback":
        for expression, item in node.items():
            if not expression.startswith("x-"):
                yield from iter_parts(item, "pathItem", (*at, expression))
    for key, below in _GRAMMAR.get(kind, {}).items():
        if key in node:
            yield from _iter_below(node[key], below, (*at, key))


def _iter_below(node: JSON, below: str, at: Pointer) -> Iterator[tuple[Pointer, str, dict[str, JSON]]]:
    if below.startswith("{"):
        for name, part in node.items() if isinstance(node, dict) else ():
            yield from iter_parts(part, below[1:-1], (*at, name))
    elif below.startswith("["):
        for index, part in enumerate(node if isinstance(node, list) else ()):
            yield from iter_parts(part, below[1:-1], (*at, index))
    else:
        yield from iter_parts(node, below, at)
