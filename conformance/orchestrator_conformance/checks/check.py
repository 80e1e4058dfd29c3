"""The type of a check, and the decorator that makes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..contract.requirements import Requirement
from ..session.session import Session
from ..statements import STATEMENTS


@dataclass(frozen=True, slots=True)
class Check:
    """A function that decides one requirement."""

    requirement: Requirement
    run: Callable[[Session], None]


def check(requirement_id: str) -> Callable[[Callable[[Session], None]], Check]:
    """Return a decorator that makes a function the check of a requirement; raise `KeyError` for an unknown id."""
    requirement = STATEMENTS[requirement_id]
    return lambda function: Check(requirement, function)
