"""Which trials a score takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from ..mutants.equivalent import ALLOWED, EQUIVALENT, UNDECIDED
from .families import FAMILIES, family_of
from .parts import Part
from .trials import Trial
from .variants import variants_of

# The seed of all mutants, and of Schemathesis.
SEED: Final = 1

_FAST_OF_A_FAMILY: Final = 2
_FAST_AUTOMATIC: Final = 16

T = TypeVar("T")


def plan_trials(parts: Collection[Part], seeds: int, *, is_fast: bool) -> list[Trial]:
    """Return the trials of those parts, the long ones first; always the same for the same variants.

    A conforming variant is tried with `seeds` seeds. Where it is fast, a fixed part of the mutants is tried, some
    of every family.
    """
    hand_made = _choose_hand_made() if is_fast else list(variants_of("hand-made"))
    automatic = _choose_automatic() if is_fast else list(variants_of("automatic"))
    conforming = list(variants_of("conforming"))
    planned = {
        "conforming": [
            Trial("conforming", "conforming", name, seed) for seed in range(seeds) for name in conforming
        ],
        "peer": [
            Trial("peer", "reference", "reference", SEED),
            *(Trial("peer", "hand-made", name, SEED) for name in hand_made),
            *(Trial("peer", "conforming", name, SEED) for name in conforming),
        ],
        "hand-made": [Trial("hand-made", "hand-made", name, SEED) for name in hand_made],
        "automatic": [Trial("automatic", "automatic", name, SEED) for name in automatic],
    }
    return [trial for part, trials in planned.items() if part in parts for trial in trials]


def _choose_hand_made() -> list[str]:
    by_family: dict[str, list[str]] = {family: [] for family in FAMILIES}
    for name, variant in variants_of("hand-made").items():
        by_family[family_of(variant.requirement_id)].append(name)
    return [name for names in by_family.values() for name in _spread(names, _FAST_OF_A_FAMILY)]


def _choose_automatic() -> list[str]:
    triaged = {*EQUIVALENT, *ALLOWED, *UNDECIDED}
    return list(_spread([name for name in variants_of("automatic") if name not in triaged], _FAST_AUTOMATIC))


def _spread(items: Sequence[T], count: int) -> Iterator[T]:
    """Yield `count` of the items, from the first on and equally far apart; all where there are fewer."""
    chosen: Iterable[int] = range(len(items))
    if len(items) > count:
        chosen = (number * len(items) // count for number in range(count))
    for number in chosen:
        yield items[number]
