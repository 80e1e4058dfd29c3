"""Finds and applies small edits of the syntax tree of a module, as tools for mutation testing do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from .tree_operators import OPERATORS, Change, Scope

_UNTOUCHED_FIELDS: Final = frozenset({"annotation", "returns", "decorator_list"})
_LOG_METHODS: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to `tree`, its operator and its position; `scope` names the enclosing classes and functions."""

    operator: str
    scope: str
    line: int
    column: int
    change: Change
    tree: ast.Module


def list_edits(source: str, names: Mapping[str, object] | None = None) -> list[Edit]:
    """Return every edit of a module, by position.

    Annotations, decorators, docstrings, f-strings, `raise` statements, log calls and `TYPE_CHECKING` blocks are not
    edited. `names` are the names that the module binds; they show which keyword arguments of a call are required, and
    required ones are not dropped.
    """
    tree = ast.parse(source)
    found = [
        Edit(operator, ".".join(scope.path), *_position(change.old), change, tree)
        for operator, scope, change in _visit(tree, Scope(source, names or {}))
    ]
    return sorted(found, key=lambda edit: (edit.line, edit.column))


def apply_edit(edit: Edit) -> ast.Module:
    """Return a copy of the tree with the edit."""
    tree, old, new = deepcopy((edit.tree, edit.change.old, edit.change.new))
    ast.copy_location(new, old)
    _Replacer(old, new).visit(tree)
    return ast.fix_missing_locations(tree)


class _Replacer(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _visit(node: ast.AST, scope: Scope) -> Iterator[tuple[str, Scope, Change]]:
    if _is_untouched(node):
        return
    for operator in OPERATORS:
        for change in operator(node, scope):
            yield operator.__name__, scope, change
    inner = scope
    if isinstance(node, ast.ClassDef):
        inner = replace(scope, path=(*scope.path, node.name))
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner = replace(scope, path=(*scope.path, node.name), function=node)
    for field, value in ast.iter_fields(node):
        if field not in _UNTOUCHED_FIELDS:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _visit(child, inner)


def _position(node: ast.AST) -> tuple[int, int]:
    match node:
        case ast.expr() | ast.stmt():
            return node.lineno, node.col_offset
        case _:
            raise TypeError(f"{type(node).__name__} has no position in the source")


def _is_untouched(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.JoinedStr():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=method))):
            return method in _LOG_METHODS
        case _:
            return False
