"""What the suite, and Schemathesis, say of backends that conform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..trials.trials import Judgement
from ..trials.variants import Variant


@dataclass(frozen=True, slots=True)
class Alarm:
    """A requirement that failed on a backend that conforms, or was not told because the suite itself failed."""

    seed: int
    requirement_id: str


@dataclass(frozen=True, slots=True)
class ConformingRow:
    """A conforming variant: how many seeds it was tried with, and what was raised.

    `undecided` is the most requirements that were left open with one seed, for want of data. `by_peer` is what
    Schemathesis fails, None where it was not tried.
    """

    name: str
    says: str
    seeds: int
    alarms: tuple[Alarm, ...]
    undecided: int
    by_peer: tuple[str, ...] | None


def tally_conforming(
    judged: Iterable[Judgement], by_peer: Mapping[str, tuple[str, ...]], variants: Mapping[str, Variant]
) -> tuple[ConformingRow, ...]:
    """Return a row for each conforming variant that was tried by either, in the order of `variants`."""
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
        alarms=tuple(Alarm(each.trial.seed, id_) for each in ordered for id_ in (*each.failed, *each.errors)),
        undecided=max((len(each.undecided) for each in made), default=0),
        by_peer=by_peer,
    )
