"""Lists every check, in the order in which they run."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from . import (
    Check,
    access,
    agreement,
    at_once,
    combinations,
    conditions,
    dates,
    definitions,
    errors,
    executing,
    filters,
    following,
    inputs,
    isolation,
    last_runs,
    lasting,
    listing,
    lives,
    overviews,
    paging,
    secrecy,
    sorting,
    steadiness,
    stopping,
)

# Reading comes first: what the suite starts itself is then not in the way.
_TOPICS: Final[tuple[ModuleType, ...]] = (
    listing,
    paging,
    sorting,
    filters,
    dates,
    conditions,
    combinations,
    overviews,
    definitions,
    last_runs,
    errors,
    executing,
    inputs,
    at_once,
    stopping,
    lives,
    agreement,
    following,
    steadiness,
    access,
    isolation,
    secrecy,
    lasting,
)


def list_checks() -> list[Check]:
    """Return all checks, topic by topic, each module's in the order in which they stand there."""
    return [value for module in _TOPICS for value in vars(module).values() if isinstance(value, Check)]
