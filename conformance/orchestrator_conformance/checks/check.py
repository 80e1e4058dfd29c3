"""What a check is: a function that decides one requirement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..contract.requirements import Requirement
from ..session.session import Session
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
