"""Reads which modules of its own package a module imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Import:
    """A module that is imported, and the line; one that is not certain may be a name in the package's `__init__`."""

    module: str
    line: int
    is_certain: bool


def find_imports(source: str) -> Iterator[Import]:
    """Yield what `source` imports from its own package, wherever that stands; raise `SyntaxError`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=None, level=1, names=names):
                yield from (Import(each.name, node.lineno, is_certain=False) for each in names)
            case ast.ImportFrom(module=str(module), level=1):
                yield Import(module.partition(".")[0], node.lineno, is_certain=True)
            case _:
                pass
