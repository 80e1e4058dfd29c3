"""The targets that the suite has to meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .parts import Part
from .rows.set_rows import rate_sets
from .score import Score

AUTOMATIC_RATE: Final = 0.9
MASKED_RATE: Final = 0.95
SETS_RATE: Final = 0.9

_OTHERS: Final[dict[Part, str]] = {
    "masked": "with base faults",
    "sets": "of sets of mutants",
    "conforming": "of conforming variants",
    "peer": "with Schemathesis",
}


def find_shortfalls(score: Score) -> list[str]:
    """Return a sentence for each target that the score misses."""
    return [
        *_find_survivors(score),
        *_find_unjustified(score),
        *_find_masked(score),
        *_find_merged(score),
        *_find_false_alarms(score),
        *_find_unfinished(score),
    ]


def _find_survivors(score: Score) -> Iterator[str]:
    survivors = sum(not row.is_killed for row in score.mutants)
    if "hand-made" in score.parts and survivors:
        yield f"Surviving hand-made mutants: {survivors} of {len(score.mutants)}."
    if score.automatic is not None and score.automatic.rate < AUTOMATIC_RATE:
        yield f"Killed automatic mutants: {score.automatic.rate:.1%}, fewer than {AUTOMATIC_RATE:.0%}."


def _find_merged(score: Score) -> Iterator[str]:
    rate = rate_sets(score.sets)
    if rate < SETS_RATE:
        yield (
            f"Sets of mutants with one finding for each, plus or minus one: {rate:.1%}, fewer than {SETS_RATE:.0%}."
        )


def _find_unjustified(score: Score) -> Iterator[str]:
    # A sample of the mutants may not include the mutant that a requirement kills alone.
    unjustified = sum(row.standing == "neither" for row in score.requirements)
    if unjustified and not score.is_fast:
        yield (
            "Requirements that kill no mutant alone and have no justification: "
            f"{unjustified} of {len(score.requirements)}."
        )


def _find_masked(score: Score) -> Iterator[str]:
    for name, rate in _list_masked_rates(score):
        if rate < MASKED_RATE:
            yield f"Kills that survive {name}: {rate:.1%}, fewer than {MASKED_RATE:.0%}."
    for row in score.masked:
        if row.findings not in (None, 1):
            yield f"Findings of {row.name} alone: {row.findings}, not 1."


def _list_masked_rates(score: Score) -> list[tuple[str, float]]:
    if not score.is_fast:
        return [(row.name, row.rate) for row in score.masked]
    # The sample has too few mutants to judge each base fault alone.
    counting = sum(row.counting for row in score.masked)
    return [("the base faults", sum(row.survived for row in score.masked) / counting)] if counting else []


def _find_false_alarms(score: Score) -> Iterator[str]:
    if score.alarms:
        yield f"False alarms on conforming backends: {score.alarms}."


def _find_unfinished(score: Score) -> Iterator[str]:
    # An unfinished trial of a mutant counts as a survivor. Without this check, one of a conforming variant would count
    # as free of false alarms, and one with Schemathesis as a mutant that it misses.
    for part, of in _OTHERS.items():
        unfinished = sum(trouble.part == part and not trouble.is_made for trouble in score.troubles)
        if unfinished:
            yield f"Unfinished trials {of}: {unfinished}."
