"""Lists every mutant."""

from __future__ import annotations

from . import (
    access,
    answers,
    conditions,
    filters,
    given,
    isolation,
    listing,
    lives,
    narrow_filters,
    narrow_overviews,
    narrow_pages,
    narrow_runs,
    ordering,
    overview_searches,
    overviews,
    present,
    runs,
    secrecy,
    stopping,
    subtle_answers,
    subtle_searches,
)
from .mutant import Mutant, read_mutant


def list_mutants() -> list[Mutant]:
    """Return all mutants, module by module."""
    modules = (
        listing,
        ordering,
        filters,
        conditions,
        overview_searches,
        overviews,
        runs,
        given,
        stopping,
        lives,
        present,
        answers,
        access,
        isolation,
        secrecy,
        subtle_answers,
        subtle_searches,
        narrow_pages,
        narrow_filters,
        narrow_overviews,
        narrow_runs,
    )
    found = [read_mutant(value) for module in modules for value in vars(module).values()]
    return [mutant for mutant in found if mutant is not None]
