"""The details of one requirement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..contract.contract import Contract
from ..contract.requirements import Requirement
from .location import locate
from .text import wrap

# The width of the row label and the indentation before it.
_INDENT: Final = 13


def write_details(
    requirement: Requirement, contract: Contract, variants: Sequence[tuple[str, str]], width: int | None
) -> str:
    """Return the details of a requirement, one row per property.

    `variants` are the names and descriptions of the misbehaving backends that are known to break it.
    """
    rows = [
        ("level", requirement.level),
        ("feature", requirement.feature),
        ("topic", requirement.topic),
        ("document", requirement.pointer),
        ("place", _find_place(requirement, contract)),
        ("reason", requirement.reasoning or "the document states it"),
        *(("broken by", f"{name}: {description}") for name, description in variants),
    ]
    lines = wrap(f"{requirement.id}  {requirement.sentence}", width, 4, first=0)
    for name, value in rows:
        lines += wrap(f"{name:11}{value}", width, _INDENT, first=2)
    return "\n".join([*lines, ""])


def _find_place(requirement: Requirement, contract: Contract) -> str:
    if not contract.resolves(requirement.pointer):
        return f"{contract.source} has nothing at this pointer"
    line, column = locate(contract.text, requirement.pointer)
    return f"{contract.source}:{line}:{column}"
