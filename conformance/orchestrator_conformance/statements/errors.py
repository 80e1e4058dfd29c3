"""Requirements on requests that are answered with an error."""

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
        (
            "A request for the overview, the source or the input schema of an unknown workflow is answered "
            "with an error."
        ),
    ),
    must(
        "ORC-ERR-ID-02",
        "errors",
        "errors",
        f"{ONE}/responses",
        "Reading an unknown instance is answered with an error.",
    ),
    must(
        "ORC-ERR-RUN-01",
        "errors",
        "errors",
        f"{EXECUTE}/responses",
        "Executing an unknown workflow is answered with an error and starts nothing.",
        reasoning=(
            "The document states that the answer is an error. An error contains no id, so a run that it "
            "started could neither be found nor ended."
        ),
    ),
    must(
        "ORC-ERR-RUN-02",
        "errors",
        "errors",
        f"{EXECUTE}/responses",
        "A refused request to execute a workflow starts nothing.",
        reasoning="A refusal contains no id, so a run that it started could neither be found nor ended.",
    ),
    must(
        "ORC-ERR-RUN-05",
        "errors",
        "errors",
        EXECUTE,
        "Executing a workflow whose service is down is answered with an error.",
    ),
    should(
        "ORC-ERR-RUN-04",
        "errors",
        "errors",
        f"{RETRIGGER}/responses",
        "Retriggering an unknown instance is answered with an error.",
        reasoning=(
            "The document has an error for this case. A success misleads the caller, but nothing is lost by "
            "it, hence SHOULD."
        ),
    ),
    should(
        "ORC-ERR-RUN-03",
        "errors",
        "errors",
        f"{ABORT}/responses",
        "Aborting an unknown instance is answered with an error.",
        reasoning=(
            "The document has an error for this case. A success misleads the caller, but nothing is lost by "
            "it, hence SHOULD."
        ),
    ),
)
