"""A starter implementation of the server stubs: written once, then compared with the document."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Decorators of public methods that are not handlers.
_NON_HANDLERS: Final = ("property", "cached_property", "staticmethod", "classmethod", "setter", "overload")


@dataclass(frozen=True, slots=True)
class Starter:
    """The source of a starter module, and the operationId of each handler by method name."""

    text: str
    handlers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnknownHandler:
    """A handler that matches no operation: its name, its class and its line."""

    name: str
    owner: str
    line: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The operationIds that have no handler in a module, and the handlers that match no operation."""

    missing: tuple[str, ...]
    unknown: tuple[UnknownHandler, ...]


def compare_handlers(source: str, handlers: Mapping[str, str]) -> Comparison:
    """Compare the handlers in the module `source` with `handlers`. Raise `SyntaxError`. Nothing is imported.

    A handler is a public method of a handler class: a class with `Handlers` in the name of a base, with a handler class
    of the same module as base, or with a method named after an operation. Properties, static methods and class methods
    are not handlers. A method that matches no operation is not reported if the module itself uses it.
    """
    module = ast.parse(source)
    used = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    found: set[str] = set()
    unknown: list[UnknownHandler] = []
    for owner in _find_handler_classes(module, handlers):
        for name, line in _find_methods(owner):
            found.add(name)
            if name not in handlers and name not in used:
                unknown.append(UnknownHandler(name, owner.name, line))
        found |= _find_assigned(owner)
    missing = tuple(operation_id for name, operation_id in handlers.items() if name not in found)
    return Comparison(missing, tuple(unknown))


def describe_comparison(comparison: Comparison, path: Path, handlers: Mapping[str, str]) -> list[str]:
    """Return a message for each difference between the module at `path` and the document."""
    names = {operation_id: name for name, operation_id in handlers.items()}
    return [
        *(
            f"{path}: the operation {each} has no handler; add the method {names[each]}"
            for each in comparison.missing
        ),
        *(
            f"{path}:{each.line}: {each.owner}.{each.name} matches no operation; rename it, remove it, "
            "or start its name with an underscore"
            for each in comparison.unknown
        ),
    ]


def _find_handler_classes(module: ast.Module, names: Collection[str]) -> list[ast.ClassDef]:
    classes = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    owners: list[ast.ClassDef] = []
    known: set[str] = set()
    # A class may come before its base, which is in another scope, so repeat until no class is found.
    while fresh := [each for each in classes if each not in owners and _is_handler_class(each, known, names)]:
        owners += fresh
        known |= {each.name for each in fresh}
    return [each for each in classes if each in owners]


def _is_handler_class(node: ast.ClassDef, known: Collection[str], names: Collection[str]) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    return (
        any("Handlers" in base or base in known for base in bases)
        or any(name in names for name, _ in _find_methods(node))
        or any(name in names for name in _find_assigned(node))
    )


def _find_methods(owner: ast.ClassDef) -> Iterator[tuple[str, int]]:
    for node in owner.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            decorators = {ast.unparse(each).rpartition(".")[2] for each in node.decorator_list}
            if decorators.isdisjoint(_NON_HANDLERS):
                yield node.name, node.lineno


def _find_assigned(owner: ast.ClassDef) -> set[str]:
    """Return the names that the class assigns. They can be handlers, but are never reported as unknown."""
    return {
        target.id
        for node in owner.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
