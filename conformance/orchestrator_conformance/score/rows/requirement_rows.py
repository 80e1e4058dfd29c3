"""The mutants that each requirement kills, and those that no other requirement kills."""

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
    """A requirement with the hand-made mutants that it kills, and those of them that no other requirement kills.

    `justification` is the reason to keep it although it kills no mutant alone, or empty.
    """

    id: str
    kills: tuple[str, ...]
    kills_alone: tuple[str, ...]
    justification: str = ""

    @property
    def standing(self) -> Standing:
        """The reason to keep it, or "neither" if there is none."""
        if self.kills_alone:
            return "kills alone"
        return "justified" if self.justification else "neither"

    @property
    def is_stale(self) -> bool:
        """Whether its justification is not needed, because it kills a mutant alone."""
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
