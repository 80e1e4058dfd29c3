"""What is said of workflows."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ALL_OVERVIEWS, COMBINATION, ENTITY, ORDER_BY, OVERVIEW, PING, SCHEMA, SOURCE

OVERVIEWS: Final[tuple[Requirement, ...]] = (
    must("ORC-WF-LIST-01", "overviews", "overviews", ALL_OVERVIEWS, "No workflow is listed twice."),
    must(
        "ORC-WF-LIST-02",
        "overviews",
        "overviews",
        OVERVIEW,
        "A listed overview, read by its workflowId, is the same workflow.",
        reasoning="Both are the overview of one workflow, and what they take from its definition is the same.",
    ),
    must(
        "ORC-WF-PAGE-01",
        "overviews",
        "overview-paging",
        ALL_OVERVIEWS,
        "Pages of overviews partition the list.",
        reasoning=(
            "The overviews come a page at a time, and the offset counts items of the whole list: nothing can "
            "be missing, or come twice."
        ),
    ),
    must(
        "ORC-WF-FILT-01",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "EQ on the definition's id lists that workflow alone.",
        reasoning=(
            "Filters name fields of the definition, and EQ is the same there as elsewhere. An id is that of "
            "one workflow."
        ),
    ),
    must(
        "ORC-WF-SORT-01",
        "overviews",
        "overview-sorting",
        ORDER_BY,
        "orderBy id sorts overviews by their workflowId.",
        reasoning="The id of the definition is what an overview shows as workflowId.",
    ),
    must(
        "ORC-WF-SRC-01",
        "overviews",
        "overviews",
        SOURCE,
        "The source is a workflow definition whose id is the workflowId, in the overview's format.",
    ),
    must("ORC-WF-SCHEMA-01", "overviews", "overviews", SCHEMA, "The input schema is a JSON Schema."),
    must(
        "ORC-WF-SCHEMA-02",
        "overviews",
        "input-schema",
        SCHEMA,
        "With an instanceId, data holds the inputs of that run.",
    ),
    must(
        "ORC-WF-PING-01",
        "overviews",
        "ping",
        PING,
        "ping of a workflow says true where its overview says available, and does not where it says unavailable.",
        reasoning=(
            "isAvailable says whether the service answers, and ping answers true when it does: they speak of "
            "one thing. A ping of a service that is down is a 500."
        ),
    ),
    must(
        "ORC-WF-ENTITY-01",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews of the annotationWorkflowIds are those of the workflows named, and no others.",
        reasoning="Where no targetEntity is given, nothing is added to the workflows that are named.",
    ),
    must(
        "ORC-WF-ENTITY-02",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews for a targetEntity are those of the workflows that ran for it.",
        reasoning="Where no workflow is named, only those that ran for the entity are left.",
    ),
    must(
        "ORC-WF-LAST-01",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is a run of that workflow, and its status that run's state.",
        reasoning="The overview is that of one workflow, and its fields on the latest run speak of one run.",
    ),
    should(
        "ORC-WF-STATS-01",
        "overviews",
        "statistics",
        "/components/schemas/WorkflowRunStatsDTO",
        "The run statistics count the runs that the lists show.",
        reasoning=(
            "The counts are of the runs, and the runs are what the lists show. A backend may count now and "
            "then only, or runs that the caller may not see, hence SHOULD."
        ),
    ),
    must(
        "ORC-WF-FILT-02",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "IN on the definition's id lists the workflows of all the ids.",
        reasoning="Filters name fields of the definition, and IN is the same there as elsewhere.",
    ),
    must(
        "ORC-WF-FILT-04",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "EQ on the definition's version lists the workflows of that version.",
    ),
    must(
        "ORC-WF-FILT-05",
        "overviews",
        "overview-filters",
        COMBINATION,
        "AND, OR and NOT join filters on overviews too.",
    ),
    must(
        "ORC-WF-FILT-03",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "LIKE on the definition's name lists the workflows whose name fits.",
        reasoning=(
            "Filters name fields of the definition, and LIKE is the same there as elsewhere. Of names that "
            "differ in case alone nothing is asked."
        ),
    ),
    must(
        "ORC-WF-SORT-02",
        "overviews",
        "overview-sorting",
        ORDER_BY,
        "orderBy name sorts overviews by their name.",
    ),
    must(
        "ORC-WF-ENTITY-03",
        "overviews",
        "entity-overviews",
        ENTITY,
        "With both fields, the overviews are those of the workflows named and of those that ran for the entity.",
    ),
    must(
        "ORC-WF-ENTITY-05",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews for an entity are answered without a body, and with an empty one.",
        reasoning="Both fields are optional, and so is the body: what is answered is left open, that it is is not.",
    ),
    must(
        "ORC-WF-LAST-02",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is the one of the workflow's instances that started last.",
        reasoning=(
            "The field beside it says when the latest run started: the latest is the one that started last."
        ),
    ),
    must(
        "ORC-WF-LAST-03",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastTriggeredMs",
        "lastTriggeredMs is the start of the last run, in milliseconds.",
    ),
)
