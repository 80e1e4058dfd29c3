"""Writes the arguments of methods: path parameters, the body, then keyword-only arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from ...api.ir import Operation, Parameter, Scalar
from ...api.python_names import Arguments
from .annotations import annotate

# An argument and its description.
Described: TypeAlias = tuple[str, str]

_TIMEOUT: Final = "timeout: Timeout | None = None"


def describe(parameters: Iterable[Parameter], arguments: Arguments) -> list[Described]:
    """Return the argument of each of `parameters`, with the description from the document."""
    return [(arguments[each.place, each.name], each.description) for each in parameters]


def write_arguments(
    operation: Operation, arguments: Arguments, classes: Mapping[str, str], *, is_client: bool
) -> str:
    """Return the arguments after `self`. Client methods have no defaults from the document, but a timeout."""
    written = write_path_arguments(operation, arguments, classes)
    if operation.body is not None:
        annotation = annotate(operation.body.content.type, classes)
        written.append(
            f"body: {annotation}" if operation.body.required else f"body: {annotation} | None = None"
        )
    return join(written, write_keywords(operation, arguments, classes, is_client=is_client))


def join(positional: list[str], by_keyword: list[str]) -> str:
    """Return positional and keyword-only arguments as the text that follows `self`."""
    return "".join(f", {each}" for each in [*positional, *(["*"] if by_keyword else []), *by_keyword])


def write_path_arguments(operation: Operation, arguments: Arguments, classes: Mapping[str, str]) -> list[str]:
    """Return an argument for each path parameter."""
    return [
        f"{arguments[each.place, each.name]}: {annotate(each.type, classes)}"
        for each in operation.parameters
        if each.place == "path"
    ]


def write_keywords(
    operation: Operation, arguments: Arguments, classes: Mapping[str, str], *, is_client: bool
) -> list[str]:
    """Return the keyword-only arguments, required ones first."""
    by_keyword = [each for each in operation.parameters if each.place != "path"]
    written = [
        _write_keyword(each, arguments[each.place, each.name], classes, is_client=is_client)
        for each in sorted(by_keyword, key=lambda each: not each.required)
    ]
    return [*written, _TIMEOUT] if is_client else written


def _write_keyword(parameter: Parameter, name: str, classes: Mapping[str, str], *, is_client: bool) -> str:
    annotation = annotate(parameter.type, classes)
    if parameter.required:
        return f"{name}: {annotation}"
    if not is_client and isinstance(parameter.default, str | int | float | bool):
        # The stubs always pass a value, so the default is only informative. Write it only for scalars.
        is_plain = isinstance(parameter.type, Scalar)
        return f"{name}: {annotation} = {parameter.default!r}" if is_plain else f"{name}: {annotation}"
    return f"{name}: {annotation} | None = None"
