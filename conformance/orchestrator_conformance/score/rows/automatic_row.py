"""The results of the automatic mutants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...mutants.automatic.equivalent import ALLOWED, EQUIVALENT, UNDECIDED
from ..trials.trials import Judgement


@dataclass(frozen=True, slots=True)
class Triage:
    """The names of the automatic mutants that do not have to be killed."""

    equivalent: frozenset[str] = frozenset(EQUIVALENT)
    allowed: frozenset[str] = frozenset(ALLOWED)
    undecided: frozenset[str] = frozenset(UNDECIDED)

    def __contains__(self, name: str) -> bool:
        return name in self.equivalent or name in self.allowed or name in self.undecided


@dataclass(frozen=True, slots=True)
class AutomaticRow:
    """The number of automatic mutants by result; each is counted once.

    `made` is the total and `not_built` counts those that do not start. `survivors` should have been killed. `disproved`
    are triaged mutants with the requirement that fails on each: either the triage or the requirement is wrong.
    """

    made: int
    not_built: int
    equivalent: int
    allowed: int
    undecided: int
    killed: int
    survivors: tuple[str, ...]
    disproved: tuple[tuple[str, str], ...]

    @property
    def rate(self) -> float:
        """The share of killed mutants among those that start and are not triaged; 1 if there are none."""
        counting = self.killed + len(self.survivors)
        return self.killed / counting if counting else 1.0


def tally_automatic(judged: Iterable[Judgement], triage: Triage) -> AutomaticRow | None:
    """Return the results of the automatic mutants, or None if none was tried."""
    listed = list(judged)
    if not listed:
        return None
    built = [each for each in listed if each.is_built]
    names = {each.trial.name for each in built}
    counting = [each for each in built if each.trial.name not in triage]
    return AutomaticRow(
        made=len(listed),
        not_built=len(listed) - len(built),
        equivalent=len(names & triage.equivalent),
        allowed=len(names & triage.allowed),
        undecided=len(names & triage.undecided),
        killed=sum(bool(each.failed) for each in counting),
        survivors=tuple(each.trial.name for each in counting if not each.failed),
        disproved=tuple(
            (each.trial.name, each.failed[0]) for each in built if each.failed and each.trial.name in triage
        ),
    )
