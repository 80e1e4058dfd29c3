"""Follows each `$ref` inside a document, and reports those without a valid target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, unquote

from .diagnostics import Diagnostic, error
from .load import JSON, Document, Pointer
from .schema_walk import iter_document_schemas

# Keys whose values are data, and keys whose values map names to objects.
DATA: Final = frozenset({"example", "examples", "value", "default", "enum", "const"})
_MAPS: Final = frozenset(
    {"properties", "patternProperties", "$defs", "schemas", "paths", "responses", "parameters", "headers"}
)

# Keys whose values are schemas.
_SCHEMAS: Final = frozenset({"schema", "schemas", "$defs", "definitions"})

# The maximum length of a chain of references.
_LONGEST: Final = 100

# The keys that each kind of object requires, by the key that the object is below.
_NEEDED: Final = {
    "parameters": ("parameter", ("name", "in")),
    "responses": ("response", ("description",)),
    "requestBody": ("request body", ("content",)),
    "requestBodies": ("request body", ("content",)),
}


def split_reference(reference: str) -> Pointer:
    """Return the unescaped parts of a local JSON pointer such as `#/components/schemas/Pet` (RFC 6901, section 6)."""
    parts = unquote(reference).removeprefix("#").split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def join_reference(at: Pointer) -> str:
    """Return the local JSON pointer for `at`, escaped for a URI (RFC 6901, section 6)."""
    parts = (quote(str(part).replace("~", "~0").replace("/", "~1"), safe="~") for part in at)
    return "/".join(("#", *parts))


def read_component(schema: JSON) -> tuple[str, Pointer] | None:
    """Return the name of the component schema that the `$ref` of `schema` points into, and the rest of the pointer.

    Returns None if `schema` has no `$ref`, or one that points elsewhere.
    """
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#/components/schemas/"):
        return None
    _, _, name, *rest = split_reference(reference)
    return str(name), tuple(rest)


def read_whole(schema: JSON) -> str | None:
    """Return the name of the component schema that `schema` refers to, or None if it does not refer to a whole one."""
    component = read_component(schema)
    return component[0] if component is not None and not component[1] else None


def read_mapping(schema: dict[str, JSON]) -> dict[str, str]:
    """Return the discriminator mapping of `schema`: schema names, or references to schemas, by property value."""
    discriminator = schema.get("discriminator")
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    found = mapping.items() if isinstance(mapping, dict) else ()
    return {value: target for value, target in found if isinstance(target, str)}


def is_reference(target: str) -> bool:
    """Return whether `target`, from a discriminator mapping, is a reference rather than a schema name."""
    return (
        not re.fullmatch(r"[A-Za-z0-9_-]+", target) and re.search(r"[/#]|\.(ya?ml|json)$", target) is not None
    )


def follow(data: JSON, at: Pointer) -> tuple[Pointer, Any]:
    """Return the pointer and the value of `data` at `at`, with each `$ref` on the way followed."""
    node: Any = data
    here: Pointer = ()
    for part in at:
        node = node[int(part) if isinstance(node, list) else part]
        here = (*here, part)
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            here, node = follow(data, split_reference(node["$ref"]))
    return here, node


def check_references(document: Document) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each `$ref` that is not a string, leaves the document, or has no suitable target."""
    for at, reference in iter_references(document.data):
        problem = _check_reference(document.data, at, reference)
        if problem is not None:
            yield error(problem, document.locate(at))
    components = document.data.get("components")
    named = components.get("schemas") if isinstance(components, dict) else None
    schemas = named if isinstance(named, dict) else {}
    for at, schema in iter_document_schemas(document.data):
        for value, target in read_mapping(schema).items():
            component = read_component({"$ref": target}) or (target, ())
            if component[0] not in schemas or component[1]:
                message = f"the discriminator mapping names {target!r}, which is not a schema of components"
                yield error(message, document.locate((*at, "discriminator", "mapping", value)))


def _check_reference(data: JSON, at: Pointer, reference: JSON) -> str | None:
    if not isinstance(reference, str):
        return f"the $ref must be a string such as '#/components/schemas/Name', not {reference!r}"
    if not reference.startswith("#"):
        return f"the $ref {reference!r} points outside of the document, which is not supported"
    seen = {reference}
    target = reference
    while len(seen) <= _LONGEST:
        try:
            node = _get(data, target)
        except LookupError:
            return f"the $ref {reference!r} points to nothing; correct it, or add its target"
        if not (isinstance(node, dict) and isinstance(node.get("$ref"), str)):
            return _check_kind(at, reference, target, node)
        target = node["$ref"]
        if target in seen:
            return f"the $ref {reference!r} refers to itself; point it at a definition"
        seen.add(target)
    return f"the $ref {reference!r} follows a chain of more than {_LONGEST} references; shorten it"


def _check_kind(at: Pointer, reference: str, target: str, node: JSON) -> str | None:
    if not _SCHEMAS.isdisjoint(at):
        *parents, last = split_reference(target)
        return (
            None
            if last == "schema" or not _SCHEMAS.isdisjoint(parents)
            else f"the $ref {reference!r} does not point to a schema"
        )
    *_, above, name, _ref = ("", "", *at)
    wanted = _NEEDED.get(str(name if name == "requestBody" else above))
    if wanted is None:
        return None
    kind, needed = wanted
    missing = [key for key in needed if not isinstance(node, dict) or key not in node]
    return (
        f"the $ref {reference!r} does not point to a {kind}: its target has no {missing[0]!r}"
        if missing
        else None
    )


def _get(data: JSON, reference: str) -> Any:
    """Return the target of `reference`; raise `LookupError` if there is none or `reference` is not a pointer."""
    if not reference.startswith("#/"):
        raise LookupError(reference)
    node = data
    for part in split_reference(reference):
        if isinstance(node, dict):
            node = node[part]
        elif isinstance(node, list) and str(part).isdigit():
            node = node[int(part)]
        else:
            raise LookupError(reference)
    return node


def iter_references(node: JSON, at: Pointer = (), *, names: bool = False) -> Iterator[tuple[Pointer, JSON]]:
    """Yield every $ref below `node`. `names` says that the keys of `node` are names, not keywords."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from iter_references(item, (*at, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            here = (*at, key)
            if names:
                yield from iter_references(value, here)
            elif key == "$ref":
                yield here, value
            elif key not in DATA and not key.startswith("x-"):
                yield from iter_references(value, here, names=key in _MAPS)
