"""Who sees what of whose runs, beyond the plain lists: "a caller sees only the instances that the caller started".

An overview that names a run shows it; whether its figures count the runs of everybody is left open.
"""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import ALL, INSTANCE, LAST_RUN, RETRIGGER, STATUSES, TOTAL

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
    must(
        "ORC-ISO-09",
        "access",
        "isolation",
        LAST_RUN,
        "The latest run of an overview is one that the caller may see.",
        reasoning="A caller sees only the instances that the caller started, and a list is silent about the rest. An "
        "overview that names another's run tells that there is one, when it began and how it fares.",
    ),
    must(
        "ORC-ISO-10",
        "access",
        "isolation",
        f"{INSTANCE}/properties/initiatorEntity",
        "The initiatorEntity of a run is of the user who started it: two users have two.",
    ),
    must("ORC-ISO-08", "access", "instances", STATUSES, "The statuses are the same for every caller."),
)
