"""What the v2 contract promises about behaviour: one requirement a row, a file for each topic.

What the document leaves open is no requirement: see `ambiguities/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..contract import Contract
from ..requirements import Requirement, aspects_of, requirement_of
from .access import ACCESS
from .errors import ERRORS
from .filters import FILTERS
from .lifecycle import LIFECYCLE
from .listing import LISTING
from .overviews import OVERVIEWS
from .paging import PAGING
from .sorting import SORTING

STATEMENTS: Final = {
    requirement.id: requirement
    for topic in (LISTING, PAGING, SORTING, FILTERS, OVERVIEWS, LIFECYCLE, ERRORS, ACCESS)
    for requirement in topic
}


def iter_requirements(contract: Contract) -> Iterator[Requirement]:
    """Yield every requirement, those of the document's operations first, in a stable order."""
    for operation in contract.operations.values():
        for aspect in aspects_of(operation):
            yield requirement_of(operation, aspect)
    yield from STATEMENTS.values()
