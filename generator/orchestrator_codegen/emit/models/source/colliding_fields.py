"""Renames fields whose names collide in snake_case. They get trailing underscores, as arguments do, not numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....api.python_names import name_argument, snake_case
from .source_edits import replace_parts

_COUNTED: Final = re.compile(r"(.+)_\d+")
_MAY_BE_COUNTED: Final = re.compile(r"^    \w+_\d+: .*alias", re.MULTILINE)


def rename_colliding_fields(source: str) -> str:
    """Return `source`, a module of models, with the numbers in colliding field names replaced by underscores.

    A property with the same name as the field keeps it. If a discriminator uses one of the names, all are unchanged.
    """
    if not _MAY_BE_COUNTED.search(source):
        return source  # the usual case; parsing a large module is slow
    discriminators = re.findall(r"""discriminator=["'](\w+)["']""", source)
    renamed: list[tuple[ast.expr, str]] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            fields = {target.id: (target, alias) for target, alias in _iter_fields(node)}
            for name, colliding in _find_collisions(fields).items():
                if not {name, *colliding} & {*discriminators}:
                    renamed += [
                        (fields[old][0], new) for old, new in _choose_names(name, colliding, fields).items()
                    ]
    return replace_parts(source, renamed)


def _find_collisions(fields: dict[str, tuple[ast.Name, str]]) -> dict[str, list[str]]:
    """Return the numbered fields, by the name without number."""
    colliding: dict[str, list[str]] = {}
    for field, (_, alias) in fields.items():
        counted = _COUNTED.fullmatch(field)
        if counted and counted[1] in fields and counted[1] in (snake_case(alias), name_argument(alias)):
            colliding.setdefault(counted[1], []).append(field)
    return colliding


def _choose_names(name: str, colliding: list[str], fields: dict[str, tuple[ast.Name, str]]) -> dict[str, str]:
    """Return the new name of the field `name` and of each of its numbered variants `colliding`."""
    ordered = sorted([name, *colliding], key=lambda each: fields[each][1] not in ("", name))
    taken = fields.keys() - {name, *colliding}
    chosen: dict[str, str] = {}
    for each in ordered:
        new = name
        while new in taken:
            new += "_"
        taken.add(new)
        chosen[each] = new
    return chosen


def _iter_fields(node: ast.ClassDef) -> Iterator[tuple[ast.Name, str]]:
    """Yield each field of a class with its alias, the name on the wire, or "" if it has none."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield each.target, _find_alias(each)


def _find_alias(field: ast.AnnAssign) -> str:
    for part in ast.walk(field):
        if isinstance(part, ast.keyword) and part.arg == "alias" and isinstance(part.value, ast.Constant):
            return str(part.value.value)
    return ""
