"""What each requirement is good for: the mutants that it fails, and those that nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .justified import Justifications
from .mutant_rows import MutantRow

Standing = Literal["kills alone", "justified", "neither"]


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement with the hand-made mutants that it fails, and those of them that no other requirement fails.

    `justification` is why it stays should it kill nothing alone, empty where nobody says.
    """

    id: str
    kills: tuple[str, ...]
    kills_alone: tuple[str, ...]
    justification: str = ""

    @property
    def standing(self) -> Standing:
        """What it stays for."""
        if self.kills_alone:
            return "kills alone"
        return "justified" if self.justification else "neither"

    @property
    def is_stale(self) -> bool:
        """Whether it is justified in vain: it kills a mutant alone."""
        return bool(self.kills_alone and self.justification)


def tally_requirements(
    ids: Iterable[str], mutants: Iterable[MutantRow], justifications: Justifications
) -> tuple[RequirementRow, ...]:
    """Return a row for each requirement, in the order of `ids`."""
    failed = {row.name: row.failed for row in mutants}
    kills: dict[str, list[str]] = {id_: [] for id_ in ids}
    for name, failing in failed.items():
        for id_ in failing:
            kills[id_].append(name)
    alone = Counter({name: len(failing) for name, failing in failed.items()})
    kills_alone = {id_: tuple(name for name in names if alone[name] == 1) for id_, names in kills.items()}
    killing_alone = [id_ for id_, names in kills_alone.items() if names]
    return tuple(
        RequirementRow(id_, tuple(names), kills_alone[id_], justifications.find(id_, killing_alone))
        for id_, names in kills.items()
    )
