"""What is listed: the requirements of a document, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract
from ..contract.requirements import Requirement
from ..statements import iter_requirements
from ..statements.ambiguities import AMBIGUITIES, Ambiguity

# What a topic is called in a heading.
TITLES: Final = {
    "operations": "Operations, by rule from the document",
    "listing": "Lists of instances, and instances",
    "paging": "Paging",
    "sorting": "Sorting",
    "filters": "Filters",
    "overviews": "Workflows",
    "lifecycle": "Runs",
    "errors": "Errors",
    "access": "Access",
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Requirements and ambiguities, each in a stable order."""

    requirements: tuple[Requirement, ...]
    ambiguities: tuple[Ambiguity, ...]


def read_catalogue(contract: Contract) -> Catalogue:
    """Return everything that there is for a document."""
    return Catalogue(tuple(iter_requirements(contract)), tuple(AMBIGUITIES.values()))


def select(catalogue: Catalogue, ids: Sequence[str]) -> Catalogue:
    """Return what has one of the `ids`, in their order; raise `CannotRun` for one that nothing has."""
    requirements = {each.id: each for each in catalogue.requirements}
    ambiguities = {each.id: each for each in catalogue.ambiguities}
    if unknown := [each for each in ids if each not in requirements and each not in ambiguities]:
        raise CannotRun(
            f"no requirement or question is called {unknown[0]!r}: see orchestrator-conformance list, and list --open"
        )
    return Catalogue(
        tuple(requirements[each] for each in ids if each in requirements),
        tuple(ambiguities[each] for each in ids if each in ambiguities),
    )
