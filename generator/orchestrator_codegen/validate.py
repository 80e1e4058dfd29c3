"""Says why a document cannot be generated from, each reason with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .diagnostics import BrokenDocument, Diagnostic, error
from .load import JSON, Document, Pointer

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_SHOWN: Final = 300

# Keys below which data stands, and keys whose own keys are names.
_DATA: Final = frozenset({"example", "examples", "value", "default", "enum", "const"})
_MAPS: Final = frozenset(
    {"properties", "patternProperties", "$defs", "schemas", "paths", "responses", "parameters", "headers"}
)


def validate(document: Document) -> None:
    """Raise `BrokenDocument` with every problem of `document`, which must be OpenAPI 3.0 or 3.1."""
    problems = [*_check_kind(document)] or [*_check_references(document)] or [*_check_structure(document)]
    problems += [] if problems else [*_check_operation_ids(document)]
    if problems:
        raise BrokenDocument(problems)


def _check_kind(document: Document) -> Iterator[Diagnostic]:
    data = document.data
    if not isinstance(data, dict):
        yield error("not an OpenAPI document: expected a mapping at the top", document.locate())
    elif "openapi" not in data:
        hint = " (Swagger 2.0: convert it to OpenAPI 3 first)" if "swagger" in data else ""
        yield error(f"not an OpenAPI document: the key 'openapi' is missing{hint}", document.locate())
    elif not str(data["openapi"]).startswith(("3.0.", "3.1.")):
        yield error(
            f"OpenAPI {data['openapi']} is not supported: expected 3.0 or 3.1", document.locate(("openapi",))
        )


def _check_references(document: Document) -> Iterator[Diagnostic]:
    for at, reference in _iter_references(document.data, ()):
        if not reference.startswith("#"):
            message = (
                f"the $ref {reference!r} leads out of the document; only references inside are supported"
            )
            yield error(message, document.locate(at))
        elif not _resolves(document.data, reference):
            yield error(f"the $ref {reference!r} leads nowhere", document.locate(at))


def _check_structure(document: Document) -> Iterator[Diagnostic]:
    # Here and not above: the import costs more than the rest of the generator's own.
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    is_31 = document.data["openapi"].startswith("3.1.")
    validator = (OpenAPIV31SpecValidator if is_31 else OpenAPIV30SpecValidator)(document.data)
    for problem in validator.iter_errors():
        if "operationId" in problem.message and "unique" in problem.message:
            continue  # `_check_operation_ids` says it with a place
        message = problem.message if len(problem.message) <= _SHOWN else problem.message[:_SHOWN] + "..."
        yield error(message, document.locate(tuple(problem.absolute_path)))


def _check_operation_ids(document: Document) -> Iterator[Diagnostic]:
    first: dict[str, Pointer] = {}
    for path, item in (document.data.get("paths") or {}).items():
        for method in METHODS:
            at: Pointer = ("paths", path, method)
            if method not in item:
                continue
            operation_id = item[method].get("operationId")
            if not operation_id:
                message = (
                    f"{method.upper()} {path} has no operationId; add one: it names the generated method"
                )
                yield error(message, document.locate(at))
            elif operation_id in first:
                line = document.locate((*first[operation_id], "operationId")).line
                message = f"the operationId {operation_id!r} stands already in line {line}; rename one"
                yield error(message, document.locate((*at, "operationId")))
            else:
                first[operation_id] = at


def _iter_references(node: JSON, at: Pointer, *, names: bool = False) -> Iterator[tuple[Pointer, str]]:
    """Yield every $ref below `node`; `names` says that its keys are the document's own names, not keywords."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _iter_references(item, (*at, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            here = (*at, key)
            if names:
                yield from _iter_references(value, here)
            elif key == "$ref" and isinstance(value, str):
                yield here, value
            elif key not in _DATA and not key.startswith("x-"):
                yield from _iter_references(value, here, names=key in _MAPS)


def _resolves(data: JSON, reference: str) -> bool:
    node = data
    for part in split_reference(reference):
        if isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, list) and part.isdigit() and int(part) < len(node):
            node = node[int(part)]
        else:
            return False
    return True


def split_reference(reference: str) -> list[str]:
    """Return the parts of a local JSON pointer such as `#/components/schemas/Pet`, unescaped."""
    parts = reference.removeprefix("#").split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]
