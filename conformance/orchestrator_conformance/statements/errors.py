"""What is refused."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must, should
from .places import ABORT, EXECUTE, ONE, OVERVIEW

ERRORS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-ERR-ID-01",
        "errors",
        "errors",
        OVERVIEW,
        "An unknown workflow has no overview, source or input schema: the answer is an error.",
    ),
    must(
        "ORC-ERR-ID-02",
        "errors",
        "errors",
        ONE,
        "An unknown instance cannot be read: the answer is an error.",
    ),
    must(
        "ORC-ERR-RUN-01",
        "errors",
        "errors",
        EXECUTE,
        "Executing an unknown workflow is an error, and starts nothing.",
    ),
    must(
        "ORC-ERR-RUN-02",
        "errors",
        "errors",
        EXECUTE,
        "A request to execute that is refused starts nothing.",
    ),
    should("ORC-ERR-RUN-03", "errors", "errors", ABORT, "Aborting an unknown instance is an error."),
)
