"""Selects the trials of the part `masked`: each base fault, each mutant, and each base fault with each mutant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...contract.requirements import is_of_operation
from .trials import Trial
from .variants import variants_of

_PART: Final = "masked"
_FAST_MUTANTS: Final = 5
# One in so many base faults is tried with all requirements.
_FAST_WHOLE: Final = 27


def plan_masked(seed: int, *, is_fast: bool) -> list[Trial]:
    """Return the trials of the part `masked`, the long ones first.

    Only mutants of requirements on behaviour are tried, each with the requirement that it breaks. If `is_fast`, a fixed
    sample of the mutants is tried with all base faults.
    """
    mutants = _list_mutants()
    if is_fast:
        step = len(mutants) // _FAST_MUTANTS
        mutants = mutants[::step][:_FAST_MUTANTS]
    wanted = tuple(dict.fromkeys(requirement_id for _, requirement_id in mutants))
    return [*_plan_bases(seed, wanted, is_fast=is_fast), *_plan_pairs(seed, mutants)]


def _list_mutants() -> list[tuple[str, str]]:
    return [
        (name, each.requirement_id)
        for name, each in variants_of("hand-made").items()
        if not is_of_operation(each.requirement_id)
    ]


def _plan_bases(seed: int, wanted: tuple[str, ...], *, is_fast: bool) -> Iterator[Trial]:
    for number, base in enumerate(variants_of("base")):
        is_whole = not is_fast or number % _FAST_WHOLE == 0
        yield Trial(_PART, "base", base, seed, only=() if is_whole else wanted)


def _plan_pairs(seed: int, mutants: Sequence[tuple[str, str]]) -> Iterator[Trial]:
    for base in ("", *variants_of("base")):
        for name, requirement_id in mutants:
            yield Trial(_PART, "hand-made", name, seed, base=base, only=(requirement_id,))
