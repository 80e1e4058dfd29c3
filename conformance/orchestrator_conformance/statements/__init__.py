"""What the v2 contract promises about behaviour: one requirement a row, a file for each topic.

What the document leaves open is no requirement: see `ambiguities/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..contract.contract import Contract
from ..contract.requirements import Requirement, aspects_of, requirement_of
from .access import ACCESS
from .errors import ERRORS
from .filters import FILTERS
from .inputs import INPUTS
from .isolation import ISOLATION
from .lifecycle import LIFECYCLE
from .listing import LISTING
from .live_runs import LIVE_RUNS
from .overviews import OVERVIEWS
from .paging import PAGING
from .secrecy import SECRECY
from .sorting import SORTING

_ALL: Final = (
    *LISTING,
    *PAGING,
    *SORTING,
    *FILTERS,
    *OVERVIEWS,
    *LIFECYCLE,
    *LIVE_RUNS,
    *INPUTS,
    *ERRORS,
    *ACCESS,
    *ISOLATION,
    *SECRECY,
)
_TOPICS: Final = list(dict.fromkeys(requirement.topic for requirement in _ALL))

# Those of a topic stand together, whichever file they are in.
STATEMENTS: Final = {
    requirement.id: requirement for requirement in sorted(_ALL, key=lambda each: _TOPICS.index(each.topic))
}


def iter_requirements(contract: Contract) -> Iterator[Requirement]:
    """Yield every requirement, those of the document's operations first, in a stable order."""
    for operation in contract.operations.values():
        for aspect in aspects_of(operation):
            yield requirement_of(operation, aspect)
    yield from STATEMENTS.values()
