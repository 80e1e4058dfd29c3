"""Reads the owner of an API for the catalog, from `info.x-backstage`: `{owner, lifecycle, system}`, each optional."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..document.diagnostics import Diagnostic, warning
from ..document.load import Document

_KEYS: Final = ("owner", "lifecycle", "system")


@dataclass(frozen=True, slots=True)
class Ownership:
    """The catalog fields that OpenAPI does not have. `system` is empty if the API belongs to none."""

    owner: str = "unknown"
    lifecycle: str = "production"
    system: str = ""


def read_ownership(document: Document) -> tuple[Ownership, tuple[Diagnostic, ...]]:
    """Return the content of `x-backstage`, and a warning for each part that is ignored."""
    extension = document.data["info"].get("x-backstage", {})
    at = ("info", "x-backstage")
    if not isinstance(extension, dict):
        return Ownership(), (warning("x-backstage must be an object; it is ignored", document.locate(at)),)
    found: dict[str, str] = {}
    warnings = []
    for key, value in extension.items():
        if key not in _KEYS:
            problem = f"x-backstage has the unknown key {key!r}; known keys are {', '.join(_KEYS)}"
        elif not isinstance(value, str) or not value.strip():
            problem = f"the {key} of x-backstage must be a non-empty string"
        else:
            found[key] = value.strip()
            continue
        warnings.append(warning(f"{problem}; it is ignored", document.locate((*at, key))))
    return Ownership(**found), tuple(warnings)
