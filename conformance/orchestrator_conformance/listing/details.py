"""One requirement in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..contract.contract import Contract
from ..contract.requirements import Requirement
from .location import locate
from .text import wrap

# As wide as what stands before a row's text.
_INDENT: Final = 13


def write_details(
    requirement: Requirement, contract: Contract, variants: Sequence[tuple[str, str]], width: int | None
) -> str:
    """Return all that there is to say of a requirement.

    `variants` are the misbehaving backends that are known to break it, each with what it does.
    """
    rows = [
        ("level", requirement.level),
        ("feature", requirement.feature),
        ("topic", requirement.topic),
        ("document", requirement.pointer),
        ("place", _find_place(requirement, contract)),
        ("follows", requirement.reasoning or "as it stands there"),
        *(("broken by", f"{name}: {said}") for name, said in variants),
    ]
    lines = wrap(f"{requirement.id}  {requirement.sentence}", width, 4, first=0)
    for name, said in rows:
        lines += wrap(f"{name:11}{said}", width, _INDENT, first=2)
    return "\n".join([*lines, ""])


def _find_place(requirement: Requirement, contract: Contract) -> str:
    if not contract.resolves(requirement.pointer):
        return f"{contract.source} has nothing there"
    line, column = locate(contract.text, requirement.pointer)
    return f"{contract.source}:{line}:{column}"
