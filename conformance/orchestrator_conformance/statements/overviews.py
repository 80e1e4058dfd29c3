"""What is said of workflows."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must, should
from .places import ALL_OVERVIEWS, ENTITY, OVERVIEW, PING, SCHEMA, SOURCE

OVERVIEWS: Final[tuple[Requirement, ...]] = (
    must("ORC-WF-LIST-01", "overviews", "overviews", ALL_OVERVIEWS, "No workflow is listed twice."),
    must(
        "ORC-WF-LIST-02",
        "overviews",
        "overviews",
        OVERVIEW,
        "A listed overview, read by its workflowId, is the same workflow.",
    ),
    must("ORC-WF-PAGE-01", "overviews", "overviews", ALL_OVERVIEWS, "Pages of overviews partition the list."),
    must(
        "ORC-WF-FILT-01",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
        "EQ on the definition's id lists that workflow alone.",
    ),
    must(
        "ORC-WF-SORT-01",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
        "orderBy id sorts overviews by their workflowId.",
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
    ),
    must(
        "ORC-WF-ENTITY-01",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews of the annotationWorkflowIds are those of the workflows named, and no others.",
    ),
    must(
        "ORC-WF-ENTITY-02",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews for a targetEntity are those of the workflows that ran for it.",
    ),
    must(
        "ORC-WF-LAST-01",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is a run of that workflow, and its status that run's state.",
    ),
    should(
        "ORC-WF-STATS-01",
        "overviews",
        "statistics",
        "/components/schemas/WorkflowRunStatsDTO",
        "The run statistics count the runs that the lists show.",
    ),
    must(
        "ORC-WF-FILT-02",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
        "IN on the definition's id lists the workflows of all the ids.",
    ),
    must(
        "ORC-WF-FILT-03",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
        "LIKE on the definition's name lists the workflows whose name fits.",
    ),
    must(
        "ORC-WF-SORT-02",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
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
        "ORC-WF-LAST-02",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is the one of the workflow's instances that started last.",
    ),
    must(
        "ORC-WF-LAST-03",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastTriggeredMs",
        "lastTriggeredMs is the start of the last run, in milliseconds.",
    ),
)
