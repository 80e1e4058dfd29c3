"""What the suite is held to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .parts import Part
from .score import Score

AUTOMATIC_RATE: Final = 0.9

_OTHERS: Final[dict[Part, str]] = {"conforming": "of conforming variants", "peer": "of Schemathesis"}


def find_shortfalls(score: Score) -> list[str]:
    """Return in what the score falls short of the bar, each in a sentence; empty where it holds."""
    return [*_find_survivors(score), *_find_idle(score), *_find_alarms(score), *_find_gaps(score)]


def _find_survivors(score: Score) -> Iterator[str]:
    survivors = sum(not row.is_killed for row in score.mutants)
    if "hand-made" in score.parts and survivors:
        yield f"Hand-made mutants that survive: {survivors} of {len(score.mutants)}."
    if score.automatic is not None and score.automatic.rate < AUTOMATIC_RATE:
        yield f"Automatic mutants that are killed: {score.automatic.rate:.1%}, which is under {AUTOMATIC_RATE:.0%}."


def _find_idle(score: Score) -> Iterator[str]:
    # A part of the mutants says nothing of a requirement whose mutant is not among them.
    idle = sum(row.standing == "neither" for row in score.requirements)
    if idle and not score.is_fast:
        yield (
            "Requirements that kill no mutant alone, and are not justified: "
            f"{idle} of {len(score.requirements)}."
        )


def _find_alarms(score: Score) -> Iterator[str]:
    if score.alarms:
        yield f"Alarms on backends that conform: {score.alarms}."


def _find_gaps(score: Score) -> Iterator[str]:
    # A mutant that was not tried to the end survives; a conforming variant would be quiet, and the peer blind.
    for part, of in _OTHERS.items():
        gaps = sum(trouble.part == part and not trouble.is_made for trouble in score.troubles)
        if gaps:
            yield f"Trials {of} that were not made to the end: {gaps}."
