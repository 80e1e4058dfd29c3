"""Who sees what of whose runs, beyond the plain lists: "a caller sees only the instances that the caller started".

Whether an overview tells of runs that the caller may not see is left open: its last run is the workflow's.
"""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must
from .places import ALL, RETRIGGER, STATUSES, TOTAL

ISOLATION: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-ISO-04",
        "access",
        "isolation",
        TOTAL,
        "totalCount, where it is sent, counts what the caller may see, and nothing beside it.",
    ),
    must(
        "ORC-ISO-05",
        "access",
        "isolation",
        ALL,
        "What one user starts is found by no filter and in no order of another's who lacks the right to see it.",
    ),
    must(
        "ORC-ISO-06",
        "access",
        "isolation",
        RETRIGGER,
        "What one user starts cannot be retriggered by another who lacks the right.",
    ),
    must(
        "ORC-ISO-07",
        "access",
        "isolation",
        ALL,
        "A user sees what they started themselves, also without the right to see all.",
    ),
    must("ORC-ISO-08", "access", "instances", STATUSES, "The statuses are the same for every caller."),
)
