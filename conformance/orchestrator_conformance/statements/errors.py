"""Requirements on requests that are answered with an error."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ABORT, EXECUTE, FIELD_FILTER, LOGS, OF_WORKFLOW, ONE, OVERVIEW, PING, RETRIGGER, SCHEMA

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
    must(
        "ORC-ERR-ID-03",
        "errors",
        "errors",
        f"{OF_WORKFLOW}/responses",
        "A request for the instances of an unknown workflow is answered with an error or an empty list.",
    ),
    must(
        "ORC-ERR-ID-04",
        "errors",
        "errors",
        f"{OVERVIEW}/responses",
        "An id that only resembles that of an existing workflow or instance is answered with an error.",
        reasoning=(
            "An id names one workflow or instance. A part of an id, an id with a suffix, and a wildcard name none, so "
            "the answer is the error for an unknown id."
        ),
    ),
    must(
        "ORC-ERR-ID-05",
        "errors",
        "ping",
        f"{PING}/responses",
        "Pinging the service of an unknown workflow is answered with an error.",
    ),
    must(
        "ORC-ERR-ID-06",
        "errors",
        "logs",
        f"{LOGS}/responses",
        "A request for the log of an unknown instance is answered with an error.",
    ),
    should(
        "ORC-ERR-ID-07",
        "errors",
        "input-schema",
        f"{SCHEMA}/responses",
        "A request for the inputs of an unknown instance is answered with an error.",
        reasoning=(
            "The document has an error for this case. A success without `data` misleads the caller, but nothing is "
            "lost by it, hence SHOULD."
        ),
    ),
    must(
        "ORC-ERR-ID-08",
        "errors",
        "input-schema",
        f"{SCHEMA}/responses",
        "A request for the inputs of an instance under the id of an unknown workflow is answered with an error.",
    ),
    should(
        "ORC-ERR-PART-01",
        "errors",
        "operations",
        f"{EXECUTE}/requestBody",
        "A request without a body is answered with an error if the operation requires a body.",
        reasoning=(
            "The document says that such a request may be rejected, not that it must be. Accepting it hides a mistake "
            "from the caller, hence SHOULD."
        ),
    ),
    should(
        "ORC-ERR-PART-02",
        "errors",
        "operations",
        FIELD_FILTER,
        "A request whose body does not have a required field, at any depth, is answered with an error.",
        reasoning=(
            "The document says that such a request may be rejected, not that it must be. A filter without its value "
            "that is accepted returns a list which the caller did not ask for."
        ),
    ),
    must(
        "ORC-ERR-RUN-06",
        "errors",
        "errors",
        f"{EXECUTE}/responses",
        "An execution that is answered with an error starts no run. The reason for the error makes no difference.",
        reasoning="An error contains no id, so a run that it started could neither be found nor ended.",
    ),
)
