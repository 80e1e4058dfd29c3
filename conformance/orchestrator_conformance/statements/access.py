"""Who may do what.

The document declares no security scheme. Where a backend demands a token all the same, one operation that does not is a
hole; and where it keeps the runs of its users apart, one path that does not is one too.
"""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must
from .places import ABORT, ALL, ONE

ACCESS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-AUTH-01",
        "access",
        "authentication",
        "/paths",
        "A backend that demands a token refuses every operation without one.",
    ),
    must(
        "ORC-AUTH-02",
        "access",
        "authentication",
        "/paths",
        "A backend that demands a token refuses every operation with a token that it did not give.",
    ),
    must(
        "ORC-ISO-01",
        "access",
        "isolation",
        ALL,
        "What one user starts is in no list of another's who lacks the right to see it.",
    ),
    must(
        "ORC-ISO-02",
        "access",
        "isolation",
        ONE,
        "What one user starts, another who lacks the right cannot read: neither the instance, nor its log or inputs.",
    ),
    must(
        "ORC-ISO-03",
        "access",
        "isolation",
        ABORT,
        "What one user starts cannot be aborted by another who lacks the right.",
    ),
)
