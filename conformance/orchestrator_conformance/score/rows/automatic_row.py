"""What came of the automatic mutants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...mutants.automatic.equivalent import ALLOWED, EQUIVALENT, UNDECIDED
from ..trials.trials import Judgement


@dataclass(frozen=True, slots=True)
class Triage:
    """Which automatic mutants need not be killed, by name."""

    equivalent: frozenset[str] = frozenset(EQUIVALENT)
    allowed: frozenset[str] = frozenset(ALLOWED)
    undecided: frozenset[str] = frozenset(UNDECIDED)

    def __contains__(self, name: str) -> bool:
        return name in self.equivalent or name in self.allowed or name in self.undecided


@dataclass(frozen=True, slots=True)
class AutomaticRow:
    """How many mutants were made, and what became of them; each is counted once.

    `survivors` were not killed and should have been. `disproved` are triaged ones that a requirement failed all the
    same, so that either the triage or the requirement is wrong: each with the requirement.
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
        """The part that was killed of those that were built and are not triaged; 1 where there are none."""
        counting = self.killed + len(self.survivors)
        return self.killed / counting if counting else 1.0


def tally_automatic(judged: Iterable[Judgement], triage: Triage) -> AutomaticRow | None:
    """Return what came of the automatic mutants, or None where none was tried."""
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
