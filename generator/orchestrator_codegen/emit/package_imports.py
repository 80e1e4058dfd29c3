"""Finds the relative imports of a module, and drops private modules that nothing imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Import:
    """An imported module and its line. If `is_certain` is false, it may be a name that `__init__` defines instead."""

    module: str
    line: int
    is_certain: bool


def find_imports(source: str) -> Iterator[Import]:
    """Yield the imports of `source` from its own package, at any depth. Raise `SyntaxError`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=None, level=1, names=names):
                yield from (Import(each.name, node.lineno, is_certain=False) for each in names)
            case ast.ImportFrom(module=str(module), level=1):
                yield Import(module.partition(".")[0], node.lineno, is_certain=True)
            case _:
                pass


def drop_unreachable(files: Mapping[str, str]) -> dict[str, str]:
    """Return `files` without the private modules that no public module imports, directly or indirectly.

    Remove unused imports first: templates import modules that only some documents need.
    """
    reached, waiting = set[str](), {name for name in files if _is_public(name)}
    while waiting:
        reached |= waiting
        imported = {f"{each.module}.py" for name in waiting for each in find_imports(files[name])}
        waiting = (imported & files.keys()) - reached
    return {name: text for name, text in files.items() if name in reached or not name.endswith(".py")}


def _is_public(name: str) -> bool:
    return name.endswith(".py") and (not name.startswith("_") or name == "__init__.py")
