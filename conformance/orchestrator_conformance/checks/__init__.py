"""The behaviour checks, by topic. Each names the one requirement that it decides.

A check returns where the requirement holds, and raises `Failed`, `Undecided` or `NotApplicable` where it does not,
cannot be told, or does not apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..requirements import Requirement
from ..session import Session
from ..statements import STATEMENTS


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the requirement it decides, and how."""

    requirement: Requirement
    run: Callable[[Session], None]


def check(requirement_id: str) -> Callable[[Callable[[Session], None]], Check]:
    """Make a function the check of a requirement; raises `KeyError` for an id that does not exist."""
    requirement = STATEMENTS[requirement_id]
    return lambda function: Check(requirement, function)
