"""Has properties that are the same in snake_case told apart as arguments are: by a trailing underscore."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....api.python_names import name_argument, snake_case
from .source_edits import replace_parts

_COUNTED: Final = re.compile(r"(.+)_\d+")
_MAY_BE_COUNTED: Final = re.compile(r"^    \w+_\d+: .*alias", re.MULTILINE)


def name_twins(source: str) -> str:
    """Return `source`, the fields of whose classes datamodel-code-generator has counted, without its numbers.

    The property that is called like the field has its name. Where a discriminator names one, they stay as they are.
    """
    if not _MAY_BE_COUNTED.search(source):
        return source  # as a rule: to parse a large module takes its time
    told = re.findall(r"""discriminator=["'](\w+)["']""", source)
    renamed: list[tuple[ast.expr, str]] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            fields = {target.id: (target, alias) for target, alias in _iter_fields(node)}
            for name, twins in _find_twins(fields).items():
                if not {name, *twins} & {*told}:
                    renamed += [(fields[old][0], new) for old, new in _choose(name, twins, fields).items()]
    return replace_parts(source, renamed)


def _find_twins(fields: dict[str, tuple[ast.Name, str]]) -> dict[str, list[str]]:
    """Return the fields that were counted, by the name that they would have alone."""
    twins: dict[str, list[str]] = {}
    for field, (_, alias) in fields.items():
        counted = _COUNTED.fullmatch(field)
        if counted and counted[1] in fields and counted[1] in (snake_case(alias), name_argument(alias)):
            twins.setdefault(counted[1], []).append(field)
    return twins


def _choose(name: str, twins: list[str], fields: dict[str, tuple[ast.Name, str]]) -> dict[str, str]:
    """Return the new name of each field that was called or counted after `name`."""
    ordered = sorted([name, *twins], key=lambda each: fields[each][1] not in ("", name))
    taken = fields.keys() - {name, *twins}
    chosen: dict[str, str] = {}
    for each in ordered:
        new = name
        while new in taken:
            new += "_"
        taken.add(new)
        chosen[each] = new
    return chosen


def _iter_fields(node: ast.ClassDef) -> Iterator[tuple[ast.Name, str]]:
    """Yield each field of a class, with its name on the wire where that is another."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield each.target, _find_alias(each)


def _find_alias(field: ast.AnnAssign) -> str:
    for part in ast.walk(field):
        if isinstance(part, ast.keyword) and part.arg == "alias" and isinstance(part.value, ast.Constant):
            return str(part.value.value)
    return ""
