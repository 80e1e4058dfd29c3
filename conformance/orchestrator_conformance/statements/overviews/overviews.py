"""Requirements on the overviews, the source, the input schema and the ping of each workflow."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from ..kinds import must, should
from ..places import (
    ALL_OVERVIEWS,
    COMBINATION,
    ENTITY,
    ORDER_BY,
    OVERVIEW,
    PAGE,
    PAGE_SIZE,
    PING,
    SCHEMA,
    SOURCE,
)

OVERVIEWS: Final[tuple[Requirement, ...]] = (
    must("ORC-WF-LIST-01", "overviews", "overviews", ALL_OVERVIEWS, "No workflow is listed twice."),
    must(
        "ORC-WF-LIST-02",
        "overviews",
        "overviews",
        OVERVIEW,
        "Reading a listed overview by its `workflowId` returns the overview of the same workflow.",
        reasoning=(
            "Both are the overview of one workflow, and the fields that come from its definition are the "
            "same in both."
        ),
    ),
    must(
        "ORC-WF-PAGE-01",
        "overviews",
        "overview-paging",
        ALL_OVERVIEWS,
        "Pages of overviews partition the list.",
        reasoning=(
            "Overviews are returned in pages, and `offset` counts items of the whole list. No overview can "
            "be missing or listed twice."
        ),
    ),
    must(
        "ORC-WF-FILT-01",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "EQ on the definition's `id` lists the workflow with that id, and no other.",
        reasoning=(
            "Filters name fields of the definition, and EQ has the same meaning there as elsewhere. An id "
            "belongs to one workflow."
        ),
    ),
    must(
        "ORC-WF-SORT-01",
        "overviews",
        "overview-sorting",
        ORDER_BY,
        "`orderBy` with `id` sorts overviews by their `workflowId`.",
        reasoning="An overview shows the id of the definition as `workflowId`.",
    ),
    must(
        "ORC-WF-SRC-01",
        "overviews",
        "overviews",
        SOURCE,
        (
            "The source is a workflow definition whose `id` is the `workflowId`, in the `format` that the "
            "overview names."
        ),
    ),
    must("ORC-WF-SCHEMA-01", "overviews", "overviews", SCHEMA, "The input schema is a JSON Schema."),
    must(
        "ORC-WF-SCHEMA-02",
        "overviews",
        "input-schema",
        SCHEMA,
        "With an `instanceId`, `data` holds the inputs of that run.",
    ),
    must(
        "ORC-WF-PING-01",
        "overviews",
        "ping",
        PING,
        (
            "A ping of a workflow answers true if its overview says that it is available, and does not "
            "answer true if its overview says that it is unavailable."
        ),
        reasoning=(
            "The field `isAvailable` says whether the service answers, and ping answers true if it does, so "
            "the two agree. A ping of a service that is down is a 500."
        ),
    ),
    must(
        "ORC-WF-ENTITY-01",
        "overviews",
        "entity-overviews",
        ENTITY,
        (
            "A request with `annotationWorkflowIds` alone returns the overviews of the named workflows, and "
            "no others."
        ),
        reasoning="Without a `targetEntity`, nothing is added to the named workflows.",
    ),
    must(
        "ORC-WF-ENTITY-02",
        "overviews",
        "entity-overviews",
        ENTITY,
        "A request with a `targetEntity` alone returns the overviews of the workflows that ran for it.",
        reasoning="If no workflow is named, only the workflows that ran for the entity remain.",
    ),
    must(
        "ORC-WF-LAST-01",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is a run of that workflow, and its status is the state of that run.",
        reasoning="The overview is about one workflow, and its fields on the latest run are about one run.",
    ),
    should(
        "ORC-WF-STATS-01",
        "overviews",
        "statistics",
        "/components/schemas/WorkflowRunStatsDTO",
        "The run statistics count the runs that the lists show.",
        reasoning=(
            "The statistics count runs, and the lists show the runs. A backend may update its counts only "
            "from time to time, or count runs that the caller may not see, hence SHOULD."
        ),
    ),
    must(
        "ORC-WF-FILT-02",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "IN on the definition's `id` lists the workflows with any of the given ids.",
        reasoning="Filters name fields of the definition, and IN has the same meaning there as elsewhere.",
    ),
    must(
        "ORC-WF-FILT-04",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "EQ on the definition's `version` lists the workflows with that version.",
    ),
    must(
        "ORC-WF-FILT-05",
        "overviews",
        "overview-filters",
        COMBINATION,
        "AND, OR and NOT also combine filters on overviews.",
    ),
    must(
        "ORC-WF-FILT-03",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "LIKE on the definition's `name` lists the workflows whose name matches the pattern.",
        reasoning=(
            "Filters name fields of the definition, and LIKE has the same meaning there as elsewhere. "
            "Nothing is required of names that differ only in case."
        ),
    ),
    must(
        "ORC-WF-SORT-02",
        "overviews",
        "overview-sorting",
        ORDER_BY,
        "`orderBy` with `name` sorts overviews by their `name`.",
    ),
    must(
        "ORC-WF-ENTITY-03",
        "overviews",
        "entity-overviews",
        ENTITY,
        (
            "A request with both fields returns the overviews of the named workflows and of the workflows "
            "that ran for the entity."
        ),
    ),
    must(
        "ORC-WF-ENTITY-05",
        "overviews",
        "entity-overviews",
        ENTITY,
        "A request for the overviews for an entity is answered both without a body and with an empty one.",
        reasoning=(
            "Both fields are optional, and so is the body. The content of the answer is left open, but the "
            "request is answered."
        ),
    ),
    must(
        "ORC-WF-LAST-02",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is the instance of the workflow that started last.",
        reasoning=(
            "The neighbouring field `lastTriggeredMs` says when the latest run started, so the latest run "
            "is the one that started last."
        ),
    ),
    must(
        "ORC-WF-LAST-03",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastTriggeredMs",
        "`lastTriggeredMs` is the start of the last run, in milliseconds.",
    ),
    must(
        "ORC-WF-PAGE-02",
        "overviews",
        "overview-paging",
        PAGE,
        "Without a `pageSize`, a list of overviews is complete, with and without a filter or an order.",
        reasoning=(
            "There is no default for `pageSize`. A client that requests no page would miss the workflows that are "
            "left out."
        ),
    ),
    must(
        "ORC-WF-PAGE-03",
        "overviews",
        "overview-paging",
        ALL_OVERVIEWS,
        "Pages of overviews partition the list without an order too, and a page past the end is empty.",
        reasoning=(
            "The order without `orderBy` is left open, but it must be the same for every page, or some workflows "
            "would be on two pages and others on none."
        ),
    ),
    must(
        "ORC-WF-PAGE-04",
        "overviews",
        "overview-paging",
        PAGE_SIZE,
        "A `pageSize` of 0 returns an empty page of overviews.",
    ),
    must(
        "ORC-WF-PAGE-05",
        "overviews",
        "overview-paging",
        PAGE,
        "If the `paginationInfo` of a list of overviews is not empty, it echoes `pageSize` and `offset`.",
    ),
    must(
        "ORC-WF-FILT-06",
        "overviews",
        "overview-filters",
        ALL_OVERVIEWS,
        "EQ and IN on `id`, `name` and `version` of the definition compare exactly: every character counts.",
        reasoning=(
            "EQ means that the field is equal to the value, and a text is equal to no other text. Case and "
            "whitespace at the ends count too."
        ),
    ),
)
