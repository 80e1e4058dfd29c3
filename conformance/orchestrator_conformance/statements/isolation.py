"""Requirements on the isolation of users in counts, filters, retriggers and overviews.

They follow from "a caller sees only the instances that the caller started". An overview that names a run shows that
run. Whether its statistics count the runs of all users is left open.
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
        "If `totalCount` is sent, it counts the instances that the caller may see, and no others.",
    ),
    must(
        "ORC-ISO-05",
        "access",
        "isolation",
        ALL,
        (
            "No filter or sort order shows a run that one user started to another user who has no right to see "
            "it."
        ),
    ),
    must(
        "ORC-ISO-06",
        "access",
        "isolation",
        RETRIGGER,
        "A run that one user started cannot be retriggered by another user who has no right to see it.",
    ),
    must(
        "ORC-ISO-07",
        "access",
        "isolation",
        ALL,
        "A user sees the runs that this user started, even without the right to see all runs.",
    ),
    must(
        "ORC-ISO-09",
        "access",
        "isolation",
        LAST_RUN,
        "The latest run that an overview names is a run that the caller may see.",
        reasoning=(
            "A caller sees only the instances that the caller started, and a list does not mention the "
            "others. An overview that names another user's run reveals that it exists, when it started and "
            "what state it is in."
        ),
    ),
    must(
        "ORC-ISO-10",
        "access",
        "isolation",
        f"{INSTANCE}/properties/initiatorEntity",
        "The `initiatorEntity` of a run identifies the user who started it, so it differs between two users.",
    ),
    must("ORC-ISO-08", "access", "instances", STATUSES, "The statuses are the same for every caller."),
)
