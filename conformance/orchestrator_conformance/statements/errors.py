"""What is refused."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ABORT, EXECUTE, ONE, OVERVIEW, RETRIGGER

ERRORS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-ERR-ID-01",
        "errors",
        "errors",
        f"{OVERVIEW}/responses",
        "An unknown workflow has no overview, source or input schema: the answer is an error.",
    ),
    must(
        "ORC-ERR-ID-02",
        "errors",
        "errors",
        f"{ONE}/responses",
        "An unknown instance cannot be read: the answer is an error.",
    ),
    must(
        "ORC-ERR-RUN-01",
        "errors",
        "errors",
        f"{EXECUTE}/responses",
        "Executing an unknown workflow is an error, and starts nothing.",
        reasoning=(
            "The error is said outright. It answers no id, so a run that came of it could neither be found "
            "nor ended."
        ),
    ),
    must(
        "ORC-ERR-RUN-02",
        "errors",
        "errors",
        f"{EXECUTE}/responses",
        "A request to execute that is refused starts nothing.",
        reasoning="A refusal answers no id, so a run that came of it could neither be found nor ended.",
    ),
    must(
        "ORC-ERR-RUN-05",
        "errors",
        "errors",
        EXECUTE,
        "Executing a workflow whose service is down is an error.",
    ),
    should(
        "ORC-ERR-RUN-04",
        "errors",
        "errors",
        f"{RETRIGGER}/responses",
        "Retriggering an unknown instance is an error.",
        reasoning="The document has an error for it. A success misleads, but nothing is lost by it, hence SHOULD.",
    ),
    should(
        "ORC-ERR-RUN-03",
        "errors",
        "errors",
        f"{ABORT}/responses",
        "Aborting an unknown instance is an error.",
        reasoning=(
            "The document has an error for it. Whoever is told of a success is misled, but nothing is lost by "
            "it, hence SHOULD."
        ),
    ),
)
