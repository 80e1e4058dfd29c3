"""Converts defaults to the type of their field. datamodel-code-generator leaves a date as a JSON string."""

from __future__ import annotations

import ast
import datetime
import ipaddress
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final

from .source_edits import replace_parts

# For each type, the function that parses a string, and the equivalent expression with `{}` for the string.
_READERS: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "AwareDatetime": (datetime.datetime.fromisoformat, "_datetime.datetime.fromisoformat({})"),
    "datetime": (datetime.datetime.fromisoformat, "_datetime.datetime.fromisoformat({})"),
    "date": (datetime.date.fromisoformat, "_datetime.date.fromisoformat({})"),
    "time": (datetime.time.fromisoformat, "_datetime.time.fromisoformat({})"),
    "UUID": (uuid.UUID, "_uuid.UUID({})"),
    "IPv4Address": (ipaddress.IPv4Address, "_ipaddress.IPv4Address({})"),
    "IPv6Address": (ipaddress.IPv6Address, "_ipaddress.IPv6Address({})"),
}
_MAY_BE_TYPED: Final = re.compile(rf"^    \w+: .*\b(?:{'|'.join(_READERS)})\w*.* = ['\"]", re.MULTILINE)
_MODULES: Final = ("datetime", "ipaddress", "uuid")


def type_defaults(source: str) -> str:
    """Return `source`, a module of models, with each default as a value of the type of its field.

    A default that cannot be parsed becomes `None`.
    """
    if not _MAY_BE_TYPED.search(source):
        return source  # the usual case; parsing a large module is slow
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    written = [(value, _write(str(value.value), kind)) for value, kind in _find(tree, imported)]
    changed = replace_parts(source, written)
    used = "".join(text for _, text in written)
    needed = "".join(f"import {name} as _{name}\n" for name in _MODULES if f"_{name}." in used)
    future = "from __future__ import annotations\n"
    return changed.replace(future, future + needed, 1) if future in changed else needed + changed


def _write(default: str, kind: str) -> str:
    read, expression = _READERS[kind]
    try:
        read(default)
    except ValueError:
        return "None"
    return expression.format(repr(default))


def _find(tree: ast.Module, imported: dict[str, str]) -> Iterator[tuple[ast.Constant, str]]:
    """Yield each string default of a field that is not a string, and the name of the type."""
    for node in tree.body:
        for field in node.body if isinstance(node, ast.ClassDef) else ():
            match field:
                case ast.AnnAssign(annotation=annotation, value=ast.Constant(value=str()) as value):
                    kinds = [imported.get(name, name) for name in _list_types(annotation)]
                    known = [kind for kind in kinds if kind in _READERS]
                    if known and "str" not in kinds and value.lineno == value.end_lineno:
                        yield value, known[0]
                case _:
                    pass


def _list_types(annotation: ast.expr) -> Iterator[str]:
    """Yield the names of the types in a union annotation."""
    match annotation:
        case ast.Name(id=name):
            yield name
        case ast.BinOp(left=left, right=right):
            yield from _list_types(left)
            yield from _list_types(right)
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            yield from _list_types(inner)
        case _:
            pass
