"""The content of the listing: the requirements of a document, and the questions that it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract
from ..contract.requirements import Requirement
from ..statements import iter_requirements
from ..statements.ambiguities import AMBIGUITIES, Ambiguity

# The heading of each topic.
TITLES: Final = {
    "operations": "Operations, derived from the document",
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
    """Return all requirements and ambiguities of a document."""
    return Catalogue(tuple(iter_requirements(contract)), tuple(AMBIGUITIES.values()))


def select(catalogue: Catalogue, ids: Sequence[str]) -> Catalogue:
    """Return the requirements and ambiguities with the given `ids`, in that order.

    Raise `CannotRun` for an unknown id.
    """
    requirements = {each.id: each for each in catalogue.requirements}
    ambiguities = {each.id: each for each in catalogue.ambiguities}
    if unknown := [each for each in ids if each not in requirements and each not in ambiguities]:
        raise CannotRun(
            f"no requirement or question has the id {unknown[0]!r}: run `orchestrator-conformance list` for the ids of "
            "the requirements, and `orchestrator-conformance list --open` for those of the questions"
        )
    return Catalogue(
        tuple(requirements[each] for each in ids if each in requirements),
        tuple(ambiguities[each] for each in ids if each in ambiguities),
    )
