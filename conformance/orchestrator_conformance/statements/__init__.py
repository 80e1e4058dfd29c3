"""The requirements on behaviour that follow from the v2 contract, one module per topic.

`STATEMENTS` maps each requirement id to its `Requirement`, and `iter_requirements` adds the requirements that follow by
rule from the operations of a document. `kinds.py` has the functions that build a row (`must`, `should`), and
`places.py` the JSON pointers into the document. Questions that the document leaves open are not requirements: see
`ambiguities/`.
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

# Grouped by topic, because several modules may contribute to one topic.
STATEMENTS: Final = {
    requirement.id: requirement for requirement in sorted(_ALL, key=lambda each: _TOPICS.index(each.topic))
}


def iter_requirements(contract: Contract) -> Iterator[Requirement]:
    """Yield every requirement in a stable order, starting with those that follow from the document's operations."""
    for operation in contract.operations.values():
        for aspect in aspects_of(operation):
            yield requirement_of(operation, aspect)
    yield from STATEMENTS.values()
