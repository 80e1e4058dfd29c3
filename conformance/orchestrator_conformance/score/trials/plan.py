"""Selects the trials of a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from ...contract.requirements import is_of_operation
from ...mutants.automatic.equivalent import ALLOWED, EQUIVALENT, UNDECIDED
from ..parts import Part
from ..rows.families import FAMILIES, family_of
from .masked_plan import plan_masked
from .trials import Trial
from .variants import variants_of

# The seed of all mutants, and of Schemathesis.
_SEED: Final = 1

# Faults in the refusals of an operation show only with generated requests. The other checks need none.
_EXAMPLES_FOR_OPERATIONS: Final = 3

# Per operation and kind of request, with each seed: five seeds try five times as many.
_EXAMPLES_FOR_CONFORMING: Final = 5

_FAST_OF_A_FAMILY: Final = 1
_FAST_AUTOMATIC: Final = 12
_FAST_SETS: Final = 8

T = TypeVar("T")


def plan_trials(parts: Collection[Part], seeds: int, *, is_fast: bool) -> list[Trial]:
    """Return the trials of `parts`, the long ones first; the same for the same variants.

    A conforming variant is tried with `seeds` seeds. If `is_fast`, a fixed sample of the mutants is tried, some of each
    family.
    """
    hand_made = _choose_hand_made() if is_fast else list(variants_of("hand-made"))
    planned = {
        "conforming": _plan_conforming(seeds),
        "peer": _plan_peer(hand_made),
        "hand-made": _plan_hand_made(hand_made),
        "masked": plan_masked(_SEED, is_fast=is_fast),
        "sets": _plan_sets(list(variants_of("set")), is_fast=is_fast),
        "automatic": _plan_automatic(_choose_automatic() if is_fast else list(variants_of("automatic"))),
    }
    return [trial for part, trials in planned.items() if part in parts for trial in trials]


def _plan_conforming(seeds: int) -> list[Trial]:
    return [
        Trial("conforming", "conforming", name, seed, _EXAMPLES_FOR_CONFORMING)
        for name in variants_of("conforming")
        for seed in range(seeds)
    ]


def _plan_peer(hand_made: Iterable[str]) -> list[Trial]:
    return [
        Trial("peer", "reference", "reference", _SEED),
        *(Trial("peer", "hand-made", name, _SEED) for name in hand_made),
        *(Trial("peer", "conforming", name, _SEED) for name in variants_of("conforming")),
    ]


def _plan_hand_made(names: Iterable[str]) -> list[Trial]:
    requirement_ids = {name: each.requirement_id for name, each in variants_of("hand-made").items()}
    return [
        Trial(
            "hand-made",
            "hand-made",
            name,
            _SEED,
            _EXAMPLES_FOR_OPERATIONS if is_of_operation(requirement_ids[name]) else 0,
        )
        for name in names
    ]


def _plan_automatic(names: Iterable[str]) -> list[Trial]:
    return [Trial("automatic", "automatic", name, _SEED) for name in names]


def _plan_sets(names: Sequence[str], *, is_fast: bool) -> list[Trial]:
    chosen = _spread(names, _FAST_SETS) if is_fast else names
    return [Trial("sets", "set", name, _SEED) for name in chosen]


def _choose_hand_made() -> list[str]:
    by_family: dict[str, list[str]] = {family: [] for family in FAMILIES}
    for name, variant in variants_of("hand-made").items():
        by_family[family_of(variant.requirement_id)].append(name)
    return [name for names in by_family.values() for name in _spread(names, _FAST_OF_A_FAMILY)]


def _choose_automatic() -> list[str]:
    triaged = {*EQUIVALENT, *ALLOWED, *UNDECIDED}
    return list(_spread([name for name in variants_of("automatic") if name not in triaged], _FAST_AUTOMATIC))


def _spread(items: Sequence[T], count: int) -> Iterator[T]:
    """Yield `count` evenly spaced items, starting with the first; all items if there are fewer."""
    chosen: Iterable[int] = range(len(items))
    if len(items) > count:
        chosen = (number * len(items) // count for number in range(count))
    for number in chosen:
        yield items[number]
