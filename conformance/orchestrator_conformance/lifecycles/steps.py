"""The steps that can be performed on runs, as data, so that a sequence can be repeated and shrunk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Found = TypeVar("Found")

Verb = Literal["start", "abort", "retrigger", "read", "wait"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `number`, modulo the number of choices, selects the workflow to start or the run to act on."""

    verb: Verb
    number: int


def shrink(
    steps: Sequence[Step], found: Found, try_again: Callable[[Sequence[Step]], Found | None], most: int
) -> tuple[Sequence[Step], Found]:
    """Remove each step, last first, without which `try_again` still finds a failure; make at most `most` attempts.

    Returns the remaining steps and the last failure.
    """
    position = len(steps) - 1
    for _ in range(most):
        if position < 0 or len(steps) < 2:
            break
        fewer = [*steps[:position], *steps[position + 1 :]]
        again = try_again(fewer)
        if again is not None:
            steps, found = fewer, again
        position -= 1
    return steps, found
