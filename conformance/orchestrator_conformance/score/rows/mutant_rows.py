"""The results of each hand-made mutant, and of each family of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ..parts import Part
from ..trials.trials import Judgement
from ..trials.variants import Variant
from .families import FAMILIES, Family, family_of

DOCUMENT_TOPIC: Final = "operations"

Column = Literal["killed", "caught", "by document", "by behaviour", "Schemathesis"]


@dataclass(frozen=True, slots=True)
class MutantRow:
    """A hand-made mutant, and what catches it.

    `by_document` lists the failed requirements that are derived from the operations of the document, `by_behaviour` the
    other failed ones, and `by_peer` the failures that Schemathesis reports on it but not on the reference backend. Each
    is None if the trial was not requested or did not finish.
    """

    name: str
    requirement_id: str
    says: str
    by_document: tuple[str, ...] | None = None
    by_behaviour: tuple[str, ...] | None = None
    by_peer: tuple[str, ...] | None = None

    @property
    def family(self) -> Family:
        """The family of the requirement that it breaks."""
        return family_of(self.requirement_id)

    @property
    def failed(self) -> tuple[str, ...]:
        """All failed requirements."""
        return (*(self.by_document or ()), *(self.by_behaviour or ()))

    @property
    def is_killed(self) -> bool:
        """Whether the requirement that it breaks fails."""
        return self.requirement_id in self.failed


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """The number of mutants in a family, of killed ones, and of those that each kind of check catches."""

    family: str
    mutants: int
    killed: int
    caught: int
    by_document: int
    by_behaviour: int
    by_peer: int

    def count(self, column: Column) -> int:
        """Return the count in a column."""
        counts: dict[Column, int] = {
            "killed": self.killed,
            "caught": self.caught,
            "by document": self.by_document,
            "by behaviour": self.by_behaviour,
            "Schemathesis": self.by_peer,
        }
        return counts[column]


def tally_mutants(
    judged: Iterable[Judgement],
    by_peer: Mapping[str, tuple[str, ...]],
    variants: Mapping[str, Variant],
    topics: Mapping[str, str],
) -> tuple[MutantRow, ...]:
    """Return a row for each mutant that the suite or Schemathesis tried, in the order of `variants`."""
    failed: dict[str, tuple[str, ...] | None] = {
        each.trial.name: None if each.problem else each.failed for each in judged
    }
    tried = {*failed, *by_peer}
    return tuple(
        _row(variant, failed.get(name), by_peer.get(name), topics)
        for name, variant in variants.items()
        if name in tried
    )


def _row(
    variant: Variant,
    failed: tuple[str, ...] | None,
    by_peer: tuple[str, ...] | None,
    topics: Mapping[str, str],
) -> MutantRow:
    row = MutantRow(variant.name, variant.requirement_id, variant.says, by_peer=by_peer)
    if failed is None:
        return row
    by_document = tuple(each for each in failed if topics[each] == DOCUMENT_TOPIC)
    by_behaviour = tuple(each for each in failed if topics[each] != DOCUMENT_TOPIC)
    return MutantRow(row.name, row.requirement_id, row.says, by_document, by_behaviour, by_peer)


def tally_families(rows: Iterable[MutantRow]) -> tuple[FamilyRow, ...]:
    """Return a row for each family that has tried mutants."""
    listed = list(rows)
    by_family = ([row for row in listed if row.family == family] for family in FAMILIES)
    return tuple(count_family(rows[0].family, rows) for rows in by_family if rows)


def count_family(name: str, rows: Iterable[MutantRow]) -> FamilyRow:
    """Return one row, called `name`, that counts all of `rows`."""
    listed = list(rows)
    return FamilyRow(
        family=name,
        mutants=len(listed),
        killed=sum(row.is_killed for row in listed),
        caught=sum(bool(row.failed) for row in listed),
        by_document=sum(bool(row.by_document) for row in listed),
        by_behaviour=sum(bool(row.by_behaviour) for row in listed),
        by_peer=sum(bool(row.by_peer) for row in listed),
    )


def choose_columns(parts: Iterable[Part]) -> tuple[Column, ...]:
    """Return the columns that have figures if `parts` were tried."""
    columns: dict[Part, tuple[Column, ...]] = {
        "hand-made": ("killed", "caught", "by document", "by behaviour"),
        "peer": ("Schemathesis",),
    }
    return tuple(column for part in parts for column in columns.get(part, ()))
