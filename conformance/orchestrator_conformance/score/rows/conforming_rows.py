"""The results of the suite and of Schemathesis on conforming variants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..trials.trials import Judgement
from ..trials.variants import Variant


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A requirement that fails on a conforming variant, or whose check crashes."""

    seed: int
    requirement_id: str


@dataclass(frozen=True, slots=True)
class ConformingRow:
    """A conforming variant: the number of seeds that it was tried with, and the false alarms.

    `undecided` is the highest number of inconclusive requirements with one seed. `by_peer` lists the failures that
    Schemathesis reports; it is None if Schemathesis was not run.
    """

    name: str
    says: str
    seeds: int
    alarms: tuple[FalseAlarm, ...]
    undecided: int
    by_peer: tuple[str, ...] | None


def tally_conforming(
    judged: Iterable[Judgement], by_peer: Mapping[str, tuple[str, ...]], variants: Mapping[str, Variant]
) -> tuple[ConformingRow, ...]:
    """Return a row for each conforming variant that the suite or Schemathesis tried, in the order of `variants`."""
    by_name: dict[str, list[Judgement]] = {}
    for each in judged:
        by_name.setdefault(each.trial.name, []).append(each)
    tried = {*by_name, *by_peer}
    return tuple(
        _row(variant, by_name.get(name, []), by_peer.get(name))
        for name, variant in variants.items()
        if name in tried
    )


def _row(variant: Variant, judged: list[Judgement], by_peer: tuple[str, ...] | None) -> ConformingRow:
    made = [each for each in judged if not each.problem]
    ordered = sorted(made, key=lambda each: each.trial.seed)
    return ConformingRow(
        name=variant.name,
        says=variant.says,
        seeds=len(made),
        alarms=tuple(
            FalseAlarm(each.trial.seed, id_) for each in ordered for id_ in (*each.failed, *each.errors)
        ),
        undecided=max((len(each.undecided) for each in made), default=0),
        by_peer=by_peer,
    )
