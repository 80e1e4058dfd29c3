"""What may be said of workflows, and how requests are refused."""

from __future__ import annotations

from typing import Final

from ..places import ENTITY, INFO, OF_WORKFLOW, ONE, OVERVIEW_SHOWN, STATISTICS
from .ambiguity import Ambiguity

WORKFLOWS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-49",
        ENTITY,
        "Which overviews are there for an entity when the request has neither field?",
        ("None.", "All.", "It is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-50",
        ENTITY,
        "What becomes of an id among annotationWorkflowIds that no workflow has?",
        ("It is passed over.", "The request is refused."),
        "The document says that the workflows named are listed, and nothing of those that are not there.",
    ),
    Ambiguity(
        "ORC-OPEN-51",
        ENTITY,
        "Does the reference of an entity tell capitals from small letters?",
        ("It does.", "It does not, as in the catalogue."),
        "The document gives the form of a reference and says nothing of case.",
    ),
    Ambiguity(
        "ORC-OPEN-52",
        STATISTICS,
        "Do runs that the caller may not see count in the figures of an overview, and for an entity?",
        ("They do: they are those of everybody.", "They do not: they are those of the caller."),
        (
            "The document says that a list is silent about what the caller may not see; a figure names no run, and "
            "neither does the overview of a workflow that ran."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-53",
        f"{OVERVIEW_SHOWN}/properties/lastTriggeredMs",
        "What is lastTriggeredMs where the workflow never ran?",
        ("Absent.", "0."),
        "The document says of lastRunId that it is absent, and of this field nothing.",
    ),
    Ambiguity(
        "ORC-OPEN-54",
        f"{OVERVIEW_SHOWN}/properties/workflowRunStats",
        "Are statistics and availability sent?",
        ("They are.", "They are not, or in one of the operations only."),
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
        "Which month does runsLastMonth mean?",
        ("The last thirty days.", "The calendar's last month.", "The calendar's month so far."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-57",
        f"{STATISTICS}/properties/successRatio",
        "Which successRatio stands for all?",
        ("1.", "100."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-58",
        f"{STATISTICS}/properties/errorCount",
        "Which runs does errorCount count?",
        ("Those that are in ERROR now.", "Those that ever were.", "Those that were aborted too."),
        "The document says `failed`, and a run that failed can run on and complete.",
    ),
    Ambiguity(
        "ORC-OPEN-59",
        OF_WORKFLOW,
        "What is the list of the instances of a workflow that there is not?",
        ("Empty.", "An error."),
        "The document says that it may be either.",
    ),
    Ambiguity(
        "ORC-OPEN-60",
        INFO,
        "Does a deployment demand a token, and of what kind?",
        ("A bearer token, of a user or a service.", "Some other credential.", "None."),
        "No security scheme is declared; the description says what is usual.",
    ),
    Ambiguity(
        "ORC-OPEN-61",
        INFO,
        "With which status is a request refused?",
        ("500, with an `ErrorResponse`.", "A 4xx that fits, with a body of any shape."),
        (
            "Operations answer 500, and a deployment may refuse before the operation sees the request: 400, "
            "401, 403, 404 and 413 are named."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-62",
        f"{ONE}/responses",
        "How is a run refused that the caller may not see?",
        ("As one that there is not.", "With 403, which tells that there is one."),
        "The document has one error for both, and 403 for a caller without the right.",
    ),
)
