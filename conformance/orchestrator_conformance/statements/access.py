"""Who may do what.

The document declares no security scheme. Where a backend demands a token all the same, one operation that does not is a
hole; and where it keeps the runs of its users apart, one path that does not is one too.
"""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import INFO

ACCESS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-AUTH-01",
        "access",
        "authentication",
        INFO,
        "A backend that demands a token refuses every operation without one.",
        reasoning=(
            "No security scheme is declared, so whether a token is demanded is left open. Where it is, an "
            "operation that does not ask is a way round all the others."
        ),
    ),
    must(
        "ORC-AUTH-02",
        "access",
        "authentication",
        INFO,
        "A backend that demands a token refuses every operation with a token that it did not give.",
        reasoning=(
            "A token stands for a user or a service that it was given to. One that anybody can make up stands "
            "for nobody."
        ),
    ),
    must(
        "ORC-ISO-01",
        "access",
        "isolation",
        INFO,
        "What one user starts is in no list of another's who lacks the right to see it.",
    ),
    must(
        "ORC-ISO-02",
        "access",
        "isolation",
        INFO,
        "What one user starts, another who lacks the right cannot read: neither the instance, nor its log or inputs.",
        reasoning=(
            "The log and the inputs of a run tell of it as the run itself does, so whoever may not see the "
            "run may not see them."
        ),
    ),
    must(
        "ORC-ISO-03",
        "access",
        "isolation",
        INFO,
        "What one user starts cannot be aborted by another who lacks the right.",
        reasoning="What a caller may not see is not there for them, so there is nothing that they could end.",
    ),
)
