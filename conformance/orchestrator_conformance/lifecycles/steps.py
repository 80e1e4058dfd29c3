"""What can be done to runs, as data: it can be done again, and with a part left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Found = TypeVar("Found")

Verb = Literal["start", "abort", "retrigger", "read", "wait"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `number` picks the workflow to start, or else the run, whatever there is to pick from."""

    verb: Verb
    number: int


def shrink(
    steps: Sequence[Step], found: Found, try_again: Callable[[Sequence[Step]], Found | None], most: int
) -> tuple[Sequence[Step], Found]:
    """Return fewer steps that come to the like of `found`, and what; leave one out after the other, `most` times."""
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
