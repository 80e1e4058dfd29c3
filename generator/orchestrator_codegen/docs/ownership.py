"""Reads who owns an API, for the catalog: `x-backstage: {owner, lifecycle, system}` below `info`, each optional."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..document.diagnostics import Diagnostic, warning
from ..document.load import Document

_KEYS: Final = ("owner", "lifecycle", "system")


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a catalog wants to know beyond the document; `system` is empty where it belongs to none."""

    owner: str = "unknown"
    lifecycle: str = "production"
    system: str = ""


def read_ownership(document: Document) -> tuple[Ownership, tuple[Diagnostic, ...]]:
    """Return what `x-backstage` says, and a warning for each part of it that says nothing."""
    said = document.data["info"].get("x-backstage", {})
    at = ("info", "x-backstage")
    if not isinstance(said, dict):
        return Ownership(), (warning("x-backstage is no object; it is left out", document.locate(at)),)
    found: dict[str, str] = {}
    warnings = []
    for key, value in said.items():
        if key not in _KEYS:
            problem = f"x-backstage has no {key!r}, but {', '.join(_KEYS)}"
        elif not isinstance(value, str) or not value.strip():
            problem = f"the {key} of x-backstage is no text"
        else:
            found[key] = value.strip()
            continue
        warnings.append(warning(f"{problem}; it is left out", document.locate((*at, key))))
    return Ownership(**found), tuple(warnings)
