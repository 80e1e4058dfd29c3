"""Computes the view that the template of response headers renders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...api.ir import Api, Operation
from ...api.python_names import name_classes, name_properties
from ..docstrings import quote_docstring
from .annotations import annotate

# Names that the generated classes use for something else.
_TAKEN = ("read", "models")


@dataclass(frozen=True, slots=True)
class HeadersView:
    """The class for the response headers of an operation: name, docstring, and pairs of field and type."""

    name: str
    docstring: str
    fields: tuple[tuple[str, str], ...]


def name_headers(operation: Operation) -> dict[str, str]:
    """Return the field name of each response header of `operation`, by header name in lower case."""
    spelled: dict[str, str] = {}
    for response in operation.responses:
        for header in response.headers:
            spelled.setdefault(header.name.lower(), header.name)
    names = name_properties(spelled.values(), _TAKEN)
    return {lower: names[name] for lower, name in spelled.items()}


def name_header_classes(api: Api) -> dict[str, str]:
    """Return the name of the headers class of each operation with response headers, by operationId."""
    ids = [each.id for each in api.operations if any(answer.headers for answer in each.responses)]
    names = name_classes(f"{each[:1].upper()}{each[1:]}Headers" for each in ids)
    return dict(zip(ids, names.values(), strict=True))


def view_headers(api: Api, classes: Mapping[str, str]) -> Iterator[HeadersView]:
    """Yield the view of each operation with response headers."""
    named = name_header_classes(api)
    for operation in api.operations:
        if operation.id in named:
            docstring = quote_docstring(f"The documented response headers of {operation.id}.")
            yield HeadersView(named[operation.id], docstring, tuple(_view_fields(operation, classes)))


def _view_fields(operation: Operation, classes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    types: dict[str, dict[str, None]] = {}
    for response in operation.responses:
        for header in response.headers:
            types.setdefault(header.name.lower(), {})[annotate(header.type, classes)] = None
    for lower, name in name_headers(operation).items():
        yield name, " | ".join([*types[lower], "None"])
