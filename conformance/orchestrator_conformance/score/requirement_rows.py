"""What each requirement is good for: the mutants that it fails, and those that nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .mutant_rows import MutantRow


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement with the hand-made mutants that it fails, and those of them that no other requirement fails."""

    id: str
    kills: tuple[str, ...]
    kills_alone: tuple[str, ...]


def tally_requirements(ids: Iterable[str], mutants: Iterable[MutantRow]) -> tuple[RequirementRow, ...]:
    """Return a row for each requirement, in the order of `ids`."""
    failed = {row.name: row.failed for row in mutants}
    kills: dict[str, list[str]] = {id_: [] for id_ in ids}
    for name, failing in failed.items():
        for id_ in failing:
            kills[id_].append(name)
    alone = Counter({name: len(failing) for name, failing in failed.items()})
    return tuple(
        RequirementRow(id_, tuple(names), tuple(name for name in names if alone[name] == 1))
        for id_, names in kills.items()
    )
