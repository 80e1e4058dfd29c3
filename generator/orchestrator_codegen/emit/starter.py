"""A starter implementation of the server stubs: written once, and compared with the document ever after."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# What makes a public method something other than a handler.
_NO_HANDLERS: Final = ("property", "cached_property", "staticmethod", "classmethod", "setter", "overload")


@dataclass(frozen=True, slots=True)
class Starter:
    """The text of a module to start from, and the operationId that each handler's name stands for."""

    text: str
    handlers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stray:
    """A handler that no operation has, and the line in which it stands."""

    name: str
    owner: str
    line: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a module lacks, as operationIds, and what it has that the document lacks."""

    missing: tuple[str, ...]
    stray: tuple[Stray, ...]


def compare_handlers(source: str, handlers: Mapping[str, str]) -> Comparison:
    """Compare the handlers in the module `source` with `handlers`; raise `SyntaxError`. Nothing is imported.

    A handler is a public method of a class whose bases mention `Handlers`, directly or by way of a class of the same
    module, or that has a method named after some operation. Properties, static and class methods are none, and neither
    is a method without an operation that the module itself uses: that is a part of some handler.
    """
    module = ast.parse(source)
    used = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    found: set[str] = set()
    stray: list[Stray] = []
    for owner in _find_owners(module, handlers):
        for name, line in _find_methods(owner):
            found.add(name)
            if name not in handlers and name not in used:
                stray.append(Stray(name, owner.name, line))
        found |= _find_assigned(owner)
    missing = tuple(operation_id for name, operation_id in handlers.items() if name not in found)
    return Comparison(missing, tuple(stray))


def describe_comparison(comparison: Comparison, path: Path, handlers: Mapping[str, str]) -> list[str]:
    """Return a line for each difference between the module at `path` and the document."""
    names = {operation_id: name for name, operation_id in handlers.items()}
    return [
        *(
            f"{path}: the operation {each} has no handler; add the method {names[each]}"
            for each in comparison.missing
        ),
        *(
            f"{path}:{each.line}: {each.owner}.{each.name} matches no operation; rename it, remove it, "
            "or start its name with an underscore"
            for each in comparison.stray
        ),
    ]


def _find_owners(module: ast.Module, names: Collection[str]) -> list[ast.ClassDef]:
    classes = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    owners: list[ast.ClassDef] = []
    known: set[str] = set()
    # A class may stand before the one that it inherits from, in another scope: look until nothing is new.
    while fresh := [each for each in classes if each not in owners and _is_owner(each, known, names)]:
        owners += fresh
        known |= {each.name for each in fresh}
    return [each for each in classes if each in owners]


def _is_owner(node: ast.ClassDef, known: Collection[str], names: Collection[str]) -> bool:
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
            if decorators.isdisjoint(_NO_HANDLERS):
                yield node.name, node.lineno


def _find_assigned(owner: ast.ClassDef) -> set[str]:
    """Return the names that are assigned in the class: an assigned handler is one, but nothing assigned is stray."""
    return {
        target.id
        for node in owner.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
