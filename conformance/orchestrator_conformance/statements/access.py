"""Requirements on authentication, on the isolation of users, and on access to what lists show.

The document declares no security scheme. If a backend requires a token anyway, an operation that works without one is a
security hole. If a backend isolates the runs of its users, an operation that does not is a security hole too.
"""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import ALL_OVERVIEWS, INFO, ONE

ACCESS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-AUTH-01",
        "access",
        "authentication",
        INFO,
        "A backend that requires a token refuses every operation without one.",
        reasoning=(
            "The document declares no security scheme, so whether a token is required is left open. If one is "
            "required, an operation that works without it bypasses the protection of all the others."
        ),
    ),
    must(
        "ORC-AUTH-02",
        "access",
        "authentication",
        INFO,
        "A backend that requires a token refuses every operation with a token that it did not issue.",
        reasoning=(
            "A token identifies the user or the service that it was issued to. A token that anybody can make up "
            "identifies nobody."
        ),
    ),
    must(
        "ORC-ISO-01",
        "access",
        "isolation",
        INFO,
        "A run that one user started is in no list of another user who has no right to see it.",
    ),
    must(
        "ORC-ISO-02",
        "access",
        "isolation",
        INFO,
        (
            "A run that one user started cannot be read by another user who has no right to see it: neither "
            "the instance, nor its log or inputs."
        ),
        reasoning=(
            "The log and the inputs of a run reveal as much as the instance itself, so a caller who may not "
            "see the run may not see them."
        ),
    ),
    must(
        "ORC-ISO-03",
        "access",
        "isolation",
        INFO,
        "A run that one user started cannot be aborted by another user who has no right to see it.",
        reasoning="A run that a caller may not see does not exist for that caller, so there is nothing to abort.",
    ),
    must(
        "ORC-LIST-READ-01",
        "access",
        "instances",
        ONE,
        "A caller can read every instance by its id that a list shows to them.",
        reasoning=(
            "A list shows what the caller may see, and the same permission allows to read one instance. A refusal "
            "contradicts the list."
        ),
    ),
    must(
        "ORC-LIST-READ-02",
        "access",
        "overviews",
        ALL_OVERVIEWS,
        (
            "A caller can request the overview, the source and the input schema of every workflow that a list "
            "shows to them."
        ),
        reasoning=(
            "A list shows what the caller may see, and the same permission allows every read operation. Only the "
            "input schema of a workflow whose service is down may be unavailable."
        ),
    ),
)
