"""Who sees what of whose runs, beyond the plain lists: "a caller sees only the instances that the caller started"."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must, should
from .places import ALL, ALL_OVERVIEWS, RETRIGGER, STATUSES, TOTAL

ISOLATION: Final[tuple[Requirement, ...]] = (
    # The document has the latest run of the workflow there, whoever started it: no more than a SHOULD.
    should(
        "ORC-ISO-04",
        "access",
        "isolation",
        ALL_OVERVIEWS,
        "An overview does not name what another user started, to one who lacks the right to see it.",
    ),
    must(
        "ORC-ISO-05",
        "access",
        "isolation",
        TOTAL,
        "totalCount, where it is sent, counts what the caller may see, and nothing beside it.",
    ),
    must(
        "ORC-ISO-06",
        "access",
        "isolation",
        ALL,
        "What one user starts is found by no filter and in no order of another's who lacks the right to see it.",
    ),
    must(
        "ORC-ISO-07",
        "access",
        "isolation",
        RETRIGGER,
        "What one user starts cannot be retriggered by another who lacks the right.",
    ),
    must(
        "ORC-ISO-08",
        "access",
        "isolation",
        ALL,
        "A user sees what they started themselves, also without the right to see all.",
    ),
    must("ORC-ISO-09", "access", "instances", STATUSES, "The statuses are the same for every caller."),
)
