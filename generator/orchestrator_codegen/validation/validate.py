"""Reports every reason why code cannot be generated from a document, with its location."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..api.extensions.filter_extension import check_filters
from ..document.diagnostics import BrokenDocument, Diagnostic, error
from ..document.load import Document, Pointer
from ..document.operation_walk import iter_operations
from ..document.references import check_references, follow
from .composition import check_composition
from .repair import UnfitDefault
from .screening import is_plainly_sound


def validate(document: Document) -> tuple[UnfitDefault, ...]:
    """Raise `BrokenDocument` with every problem of `document`, which must be OpenAPI 3.0 or 3.1.

    Returns the defaults that do not match their schemas, which JSON Schema allows.
    """
    unfit: list[UnfitDefault] = []
    for check in _CHECKS:
        found = list(dict.fromkeys(check(document)))
        if problems := [each for each in found if isinstance(each, Diagnostic)]:
            raise BrokenDocument(problems)
        unfit += [each for each in found if isinstance(each, UnfitDefault)]
    return tuple(unfit)


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


def _check_structure(document: Document) -> Iterator[Diagnostic | UnfitDefault]:
    if not is_plainly_sound(document):
        # Imported here, because this import is slower than all modules of the generator together.
        from .structure import check_structure

        yield from check_structure(document)


def _check_operation_ids(document: Document) -> Iterator[Diagnostic]:
    first: dict[str, Pointer] = {}
    for _, method, item_at in iter_operations(document.data):
        at = (*item_at, method)
        operation_id = follow(document.data, at)[1].get("operationId")
        if not operation_id:
            continue  # it gets one later
        if first.get(operation_id, at) != at:  # two paths may share a path item
            line = document.locate((*first[operation_id], "operationId")).line
            message = f"the operationId {operation_id!r} is a duplicate of the one in line {line}; rename one"
            yield error(message, document.locate((*at, "operationId")))
        else:
            first[operation_id] = at


# Each check relies on the checks before it.
_CHECKS: Final = (
    _check_kind,
    check_references,
    check_composition,
    _check_structure,
    _check_operation_ids,
    check_filters,
)
