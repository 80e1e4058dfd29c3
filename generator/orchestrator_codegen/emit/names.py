"""Chooses Python names for what a document names: valid, unique, and the same on every run."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Iterable
from typing import Final

_TAKEN_METHODS: Final = frozenset({"close", "aclose"})
_TAKEN_CLASSES: Final = frozenset(
    {"Model", "Annotated", "Any", "Field", "Literal", "Union", "ConfigDict", "Enum", "StrEnum"}
)


def snake_case(name: str) -> str:
    """Return `name` in snake_case: `getHTTPServerById` gives `get_http_server_by_id`."""
    words = re.sub(r"([A-Z]+)([A-Z][a-z])|([a-z0-9])([A-Z])", r"\1\3_\2\4", name)
    return re.sub(r"\W+|_+", "_", words).strip("_").lower()


def name_class(name: str) -> str:
    """Return `name` as a class name; one that is valid already stays as it is."""
    words = re.split(r"\W+|_+", name) if not name.isidentifier() or "_" in name else [name]
    joined = "".join(word[:1].upper() + word[1:] for word in words if word)
    return joined if joined[:1].isalpha() else f"Schema{joined}"


def name_argument(name: str) -> str:
    """Return `name` as the name of a function's argument."""
    snake = snake_case(name)
    if not snake or snake[0].isdigit():
        snake = f"value_{snake}".rstrip("_")
    clashes = (
        keyword.iskeyword(snake)
        or snake in ("self", "body")
        or snake in vars(builtins).keys() - {"id", "format", "filter"}
    )
    return f"{snake}_" if clashes else snake


def name_methods(operation_ids: Iterable[str]) -> dict[str, str]:
    """Return a method name for each operationId; ids that would share one get a trailing underscore more."""
    return _assign(operation_ids, name_argument, _TAKEN_METHODS)


def name_classes(schemas: Iterable[str]) -> dict[str, str]:
    """Return a class name for each schema; schemas that would share one get a trailing underscore more."""
    return _assign(schemas, name_class, _TAKEN_CLASSES)


def name_arguments(parameters: Iterable[str]) -> dict[str, str]:
    """Return an argument name for each parameter of one operation."""
    return _assign(parameters, name_argument, frozenset())


def _assign(names: Iterable[str], rename: Callable[[str], str], taken: frozenset[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    used = set(taken)
    # A name that needs no change keeps it, whoever comes first.
    for name in sorted(names, key=lambda each: rename(each) != each):
        candidate = rename(name)
        while candidate in used:
            candidate += "_"
        used.add(candidate)
        chosen[name] = candidate
    return chosen


def constant(method_name: str) -> str:
    """Return the constant that holds the operation called `method_name`."""
    return method_name.upper()
