"""Open questions on workflows and on the refusal of requests."""

from __future__ import annotations

from typing import Final

from ..places import ENTITY, INFO, OF_WORKFLOW, ONE, OVERVIEW_SCHEMA, STATISTICS
from .ambiguity import Ambiguity

WORKFLOWS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-49",
        ENTITY,
        "Which overviews are returned for an entity when the request has neither field?",
        ("None.", "All.", "The request is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-50",
        ENTITY,
        "What happens if annotationWorkflowIds contains an id that belongs to no workflow?",
        ("It is skipped.", "The request is refused."),
        "The document says that the named workflows are listed, and does not mention ids without a workflow.",
    ),
    Ambiguity(
        "ORC-OPEN-51",
        ENTITY,
        "Are entity references case-sensitive?",
        ("Yes.", "No, as in the catalogue."),
        "The document gives the format of a reference and does not mention case.",
    ),
    Ambiguity(
        "ORC-OPEN-52",
        STATISTICS,
        (
            "Do the statistics of an overview, and the overviews for an entity, take into account runs that the "
            "caller may not see?"
        ),
        ("Yes: they cover the runs of everybody.", "No: they cover the runs of the caller."),
        (
            "The document says that a list does not mention what the caller may not see. A count names no "
            "run, and neither does the overview of a workflow that ran."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-53",
        f"{OVERVIEW_SCHEMA}/properties/lastTriggeredMs",
        "What is lastTriggeredMs if the workflow never ran?",
        ("Absent.", "0."),
        "The document says that lastRunId is absent in this case, and does not mention this field.",
    ),
    Ambiguity(
        "ORC-OPEN-54",
        f"{OVERVIEW_SCHEMA}/properties/workflowRunStats",
        "Are statistics and availability sent?",
        ("Yes.", "No, or only by one of the operations."),
        "The document says that a backend need not send them.",
    ),
    Ambiguity(
        "ORC-OPEN-55",
        f"{STATISTICS}/properties/averageTimeToComplete",
        "In which unit is averageTimeToComplete?",
        ("Milliseconds.", "Seconds."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-56",
        f"{STATISTICS}/properties/runsLastMonth",
        "Which period does runsLastMonth cover?",
        ("The last thirty days.", "The previous calendar month.", "The current calendar month so far."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-57",
        f"{STATISTICS}/properties/successRatio",
        "Which successRatio means that all runs succeeded?",
        ("1.", "100."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-58",
        f"{STATISTICS}/properties/errorCount",
        "Which runs does errorCount count?",
        ("Runs that are in ERROR now.", "Runs that were ever in ERROR.", "Aborted runs too."),
        "The document says `failed`, and a run that failed can continue and complete.",
    ),
    Ambiguity(
        "ORC-OPEN-59",
        OF_WORKFLOW,
        "What does a request for the instances of a workflow that does not exist return?",
        ("An empty list.", "An error."),
        "The document says that it may be either.",
    ),
    Ambiguity(
        "ORC-OPEN-60",
        INFO,
        "Does a deployment require a token, and of what kind?",
        ("A bearer token, of a user or a service.", "Another credential.", "None."),
        "The document declares no security scheme, and the description says what is usual.",
    ),
    Ambiguity(
        "ORC-OPEN-61",
        INFO,
        "Which status does a refused request return?",
        ("500, with an `ErrorResponse`.", "A suitable 4xx, with a body of any shape."),
        (
            "Operations answer 500, and a deployment may refuse a request before the operation sees it, "
            "with 400, 401, 403, 404 or 413."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-62",
        f"{ONE}/responses",
        "How is a request refused for a run that the caller may not see?",
        ("As if the run did not exist.", "With 403, which reveals that the run exists."),
        "The document has one error for both cases, and 403 for a caller without the permission.",
    ),
)
