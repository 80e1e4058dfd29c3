"""The sets of mutants, and the findings that the suite reports on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..trials.sets import SEPARATOR
from ..trials.trials import Judgement
from ..trials.variants import Variant

# By how many findings a set may differ from its number of mutants.
_TOLERANCE = 1


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set of mutants that do not interact: its mutants with the requirements that they break, and the findings.

    Each finding is the ids of its requirements.
    """

    mutants: Mapping[str, str]
    findings: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """The names of the mutants."""
        return ", ".join(self.mutants)

    @property
    def is_met(self) -> bool:
        """Whether there is one finding for each mutant, plus or minus one."""
        return abs(len(self.findings) - len(self.mutants)) <= _TOLERANCE

    @property
    def is_exact(self) -> bool:
        """Whether there are as many findings as mutants."""
        return len(self.findings) == len(self.mutants)

    @property
    def merged(self) -> tuple[tuple[str, ...], ...]:
        """The mutants whose requirements are in one finding, for each such finding."""
        groups = (
            tuple(name for name, id_ in self.mutants.items() if id_ in finding) for finding in self.findings
        )
        return tuple(group for group in groups if len(group) > 1)

    @property
    def split(self) -> tuple[str, ...]:
        """The first requirement of each finding that is beyond one for each mutant."""
        own = set(self.mutants.values())
        return tuple(finding[0] for finding in self.findings if own.isdisjoint(finding))

    @property
    def missing(self) -> tuple[str, ...]:
        """The mutants whose requirements are in no finding."""
        found = {id_ for finding in self.findings for id_ in finding}
        return tuple(name for name, id_ in self.mutants.items() if id_ not in found)


def tally_sets(judged: Iterable[Judgement], mutants: Mapping[str, Variant]) -> tuple[SetRow, ...]:
    """Return a row for each set whose trial finished, in the order of their names."""
    made = sorted((each for each in judged if not each.problem), key=lambda each: each.trial.name)
    return tuple(
        SetRow(
            {name: mutants[name].requirement_id for name in each.trial.name.split(SEPARATOR)}, each.findings
        )
        for each in made
    )


def rate_sets(rows: Iterable[SetRow]) -> float:
    """Return the share of the sets with as many findings as mutants, plus or minus one; 1 if there are none."""
    met = [row.is_met for row in rows]
    return sum(met) / len(met) if met else 1.0
