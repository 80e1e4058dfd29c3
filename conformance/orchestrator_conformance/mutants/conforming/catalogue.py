"""Lists the conforming variants."""

from __future__ import annotations

from . import data, errors, gateways, optionals, precision, running, searching, shapes, timing, users
from .variant import ConformingVariant, read_variant


def list_conforming() -> list[ConformingVariant]:
    """Return all conforming variants, module by module."""
    modules = (errors, shapes, optionals, searching, running, timing, precision, gateways, data, users)
    found = [read_variant(value) for module in modules for value in vars(module).values()]
    return [variant for variant in found if variant is not None]
