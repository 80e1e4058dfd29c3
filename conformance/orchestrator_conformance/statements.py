"""What the v2 contract promises about behaviour: one requirement a row, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .contract import Contract
from .requirements import Requirement, Topic, aspects_of, requirement_of

_ALL: Final = "/paths/~1v2~1workflows~1instances/post"
_OF_WORKFLOW: Final = "/paths/~1v2~1workflows~1{workflowId}~1instances/post"
_ONE: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}/get"
_LOGS: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}~1logs/get"
_STATUSES: Final = "/paths/~1v2~1workflows~1instances~1statuses/get"
_ABORT: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}~1abort/delete"
_EXECUTE: Final = "/paths/~1v2~1workflows~1{workflowId}~1execute/post"
_RETRIGGER: Final = "/paths/~1v2~1workflows~1{workflowId}~1{instanceId}~1retrigger/post"
_OVERVIEWS: Final = "/paths/~1v2~1workflows~1overview/post"
_OVERVIEW: Final = "/paths/~1v2~1workflows~1{workflowId}~1overview/get"
_ENTITY: Final = "/paths/~1v2~1workflows~1overview~1entity/post"
_SOURCE: Final = "/paths/~1v2~1workflows~1{workflowId}~1source/get"
_SCHEMA: Final = "/paths/~1v2~1workflows~1{workflowId}~1inputSchema/get"
_PING: Final = "/paths/~1v2~1workflows~1{workflowId}~1pingWorkflowService/get"
_PAGE_SIZE: Final = "/components/schemas/PaginationInfoDTO/properties/pageSize"
_OFFSET: Final = "/components/schemas/PaginationInfoDTO/properties/offset"
_ORDER_BY: Final = "/components/schemas/PaginationInfoDTO/properties/orderBy"
_DIRECTION: Final = "/components/schemas/PaginationInfoDTO/properties/orderDirection"
_OPERATOR: Final = "/components/schemas/FieldFilter/properties/operator"
_LOGIC: Final = "/components/schemas/LogicalFilter/properties/operator"
_NESTED: Final = "/components/schemas/NestedFilter"
_INSTANCE: Final = "/components/schemas/ProcessInstanceDTO"
_TOTAL: Final = "/components/schemas/ProcessInstanceListResultDTO/properties/totalCount"


def _must(id_: str, topic: Topic, feature: str, pointer: str, sentence: str) -> Requirement:
    return Requirement(id_, "MUST", topic, feature, pointer, sentence)


def _should(id_: str, topic: Topic, feature: str, pointer: str, sentence: str) -> Requirement:
    return Requirement(id_, "SHOULD", topic, feature, pointer, sentence)


_STATEMENTS: Final[tuple[Requirement, ...]] = (
    _must(
        "ORC-INST-LIST-01",
        "listing",
        "instances",
        _ALL,
        "The list without a body, and with an empty one, is the list of all instances.",
    ),
    _must("ORC-INST-LIST-02", "listing", "instances", _ALL, "No instance is listed twice."),
    _must(
        "ORC-INST-LIST-03",
        "listing",
        "instances",
        _ONE,
        "A listed instance, read by its id, is the same instance.",
    ),
    _must(
        "ORC-INST-LIST-04",
        "listing",
        "instances",
        _OF_WORKFLOW,
        "The instances of a workflow are those of all instances whose processId is its id.",
    ),
    _must(
        "ORC-INST-STATE-01",
        "listing",
        "instances",
        f"{_INSTANCE}/properties/end",
        "An instance that is COMPLETED or ABORTED has an end.",
    ),
    _must(
        "ORC-INST-TIME-01",
        "listing",
        "instances",
        f"{_INSTANCE}/properties/start",
        "Time-stamps of an instance are ISO 8601 with a zone, and its end is not before its start.",
    ),
    _must(
        "ORC-INST-STATUS-01",
        "listing",
        "instances",
        _STATUSES,
        "The statuses are the six states of an instance, each once.",
    ),
    _must(
        "ORC-INST-LOG-01", "listing", "logs", _LOGS, "The log of an instance says that it is that instance's."
    ),
    _must(
        "ORC-INST-PAGE-01",
        "paging",
        "paging",
        _OFFSET,
        "Pages that follow each other partition the list, in its order.",
    ),
    _must("ORC-INST-PAGE-02", "paging", "paging", _OFFSET, "offset counts items, not pages."),
    _must(
        "ORC-INST-PAGE-03",
        "paging",
        "paging",
        _PAGE_SIZE,
        "A page holds at most pageSize items, and exactly as many while there are more.",
    ),
    _must("ORC-INST-PAGE-04", "paging", "paging", _PAGE_SIZE, "A pageSize of 0 is an empty page."),
    _must(
        "ORC-INST-PAGE-05",
        "paging",
        "paging",
        f"{_ALL}/responses/200",
        "The paginationInfo of an answer, where it is not empty, echoes pageSize and offset.",
    ),
    _must(
        "ORC-INST-PAGE-06",
        "paging",
        "paging",
        _OF_WORKFLOW,
        "Pages of one workflow's instances partition that list.",
    ),
    _should("ORC-INST-PAGE-07", "paging", "paging", _OFFSET, "An offset past the end is an empty page."),
    _must(
        "ORC-INST-COUNT-01",
        "paging",
        "totalCount",
        _TOTAL,
        "totalCount, where it is sent, is the number of instances in the list, whatever the page.",
    ),
    _must(
        "ORC-INST-COUNT-02",
        "paging",
        "totalCount",
        _TOTAL,
        "totalCount, where it is sent, counts what matches the filter.",
    ),
    _must(
        "ORC-INST-SORT-01",
        "sorting",
        "sorting",
        _ALL,
        "Without orderBy, instances come in order of their start.",
    ),
    _must(
        "ORC-INST-SORT-02", "sorting", "sorting", _ORDER_BY, "orderBy start with ASC is ascending by start."
    ),
    _must("ORC-INST-SORT-03", "sorting", "sorting", _DIRECTION, "orderDirection DESC is descending."),
    _must(
        "ORC-INST-SORT-04",
        "sorting",
        "sorting",
        _DIRECTION,
        "The direction is ASC unless orderDirection says otherwise.",
    ),
    _must("ORC-INST-SORT-05", "sorting", "sorting", _ORDER_BY, "orderBy processId sorts by that field."),
    _must(
        "ORC-INST-SORT-06",
        "sorting",
        "sorting",
        _ORDER_BY,
        "orderBy end sorts the ended instances by their end.",
    ),
    _must(
        "ORC-FILT-EQ-01",
        "filters",
        "filter EQ",
        _OPERATOR,
        "EQ on a text field lists the instances whose field is that value.",
    ),
    _must(
        "ORC-FILT-EQ-02", "filters", "filter EQ", _OPERATOR, "EQ on state lists the instances in that state."
    ),
    _must("ORC-FILT-EQ-03", "filters", "filter EQ", _OPERATOR, "EQ on id lists that instance alone."),
    _must(
        "ORC-FILT-EQ-04",
        "filters",
        "filter EQ",
        _OPERATOR,
        "EQ on a date lists the instances of that instant.",
    ),
    _must(
        "ORC-FILT-EQ-05",
        "filters",
        "filter EQ",
        _OPERATOR,
        "The value of a filter is data, whatever characters it holds.",
    ),
    _must(
        "ORC-FILT-IN-01",
        "filters",
        "filter IN",
        _OPERATOR,
        "IN on state lists the instances in any of the states.",
    ),
    _must(
        "ORC-FILT-IN-02", "filters", "filter IN", _OPERATOR, "IN on id lists the instances of all the ids."
    ),
    _must(
        "ORC-FILT-IN-03",
        "filters",
        "filter IN",
        _OPERATOR,
        "IN on a text field lists the instances whose field is any of the values.",
    ),
    _must("ORC-FILT-LIKE-01", "filters", "filter LIKE", _OPERATOR, "LIKE takes * for any run of characters."),
    _must("ORC-FILT-LIKE-02", "filters", "filter LIKE", _OPERATOR, "LIKE takes % for any run of characters."),
    _must(
        "ORC-FILT-NULL-01",
        "filters",
        "filter IS_NULL",
        _OPERATOR,
        "IS_NULL true lists the instances without the field, IS_NULL false those with it.",
    ),
    _must(
        "ORC-FILT-DATE-01",
        "filters",
        "filter GT, GTE",
        _OPERATOR,
        "GTE on a date includes the instant itself, GT does not.",
    ),
    _must(
        "ORC-FILT-DATE-02",
        "filters",
        "filter LT, LTE",
        _OPERATOR,
        "LTE on a date includes the instant itself, LT does not.",
    ),
    _must(
        "ORC-FILT-DATE-03", "filters", "filter BETWEEN", _OPERATOR, "BETWEEN on a date includes both ends."
    ),
    _must(
        "ORC-FILT-AND-01",
        "filters",
        "logical filters",
        _LOGIC,
        "AND lists what every one of its filters lists.",
    ),
    _must("ORC-FILT-AND-02", "filters", "logical filters", _LOGIC, "AND takes several filters on one field."),
    _must("ORC-FILT-OR-01", "filters", "logical filters", _LOGIC, "OR lists what any of its filters lists."),
    _must(
        "ORC-FILT-NOT-01", "filters", "logical filters", _LOGIC, "NOT lists what its filter does not list."
    ),
    _must("ORC-FILT-TREE-01", "filters", "logical filters", _LOGIC, "Logical filters nest in each other."),
    _must(
        "ORC-FILT-NEST-01",
        "filters",
        "nested filters",
        _NESTED,
        "A nested filter on variables reaches the initiatorEntity.",
    ),
    _must(
        "ORC-FILT-NEST-02",
        "filters",
        "nested filters",
        _NESTED,
        "A nested filter on variables reaches the targetEntity.",
    ),
    _must(
        "ORC-FILT-NEST-03",
        "filters",
        "nested filters",
        _NESTED,
        "A nested filter on variables reaches an input by two steps, through workflowdata.",
    ),
    _must(
        "ORC-FILT-FLOW-01",
        "filters",
        "filter EQ",
        _OF_WORKFLOW,
        "A filter on one workflow's instances lists only instances of that workflow.",
    ),
    _must("ORC-WF-LIST-01", "overviews", "overviews", _OVERVIEWS, "No workflow is listed twice."),
    _must(
        "ORC-WF-LIST-02",
        "overviews",
        "overviews",
        _OVERVIEW,
        "A listed overview, read by its workflowId, is the same workflow.",
    ),
    _must("ORC-WF-PAGE-01", "overviews", "overviews", _OVERVIEWS, "Pages of overviews partition the list."),
    _must(
        "ORC-WF-FILT-01",
        "overviews",
        "overviews",
        _OVERVIEWS,
        "EQ on the definition's id lists that workflow alone.",
    ),
    _must(
        "ORC-WF-SORT-01",
        "overviews",
        "overviews",
        _OVERVIEWS,
        "orderBy id sorts overviews by their workflowId.",
    ),
    _must(
        "ORC-WF-SRC-01",
        "overviews",
        "overviews",
        _SOURCE,
        "The source is a workflow definition whose id is the workflowId, in the overview's format.",
    ),
    _must("ORC-WF-SCHEMA-01", "overviews", "overviews", _SCHEMA, "The input schema is a JSON Schema."),
    _must(
        "ORC-WF-SCHEMA-02",
        "overviews",
        "input schema",
        _SCHEMA,
        "With an instanceId, data holds the inputs of that run.",
    ),
    _must(
        "ORC-WF-PING-01",
        "overviews",
        "ping",
        _PING,
        "ping of a workflow says true where its overview says available, and does not where it says unavailable.",
    ),
    _must(
        "ORC-WF-ENTITY-01",
        "overviews",
        "entity overviews",
        _ENTITY,
        "The overviews of the annotationWorkflowIds are those of the workflows named, and no others.",
    ),
    _must(
        "ORC-WF-ENTITY-02",
        "overviews",
        "entity overviews",
        _ENTITY,
        "The overviews for a targetEntity are those of the workflows that ran for it.",
    ),
    _must(
        "ORC-WF-LAST-01",
        "overviews",
        "statistics",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunId",
        "The last run of an overview is a run of that workflow, and its status that run's state.",
    ),
    _should(
        "ORC-WF-STATS-01",
        "overviews",
        "statistics",
        "/components/schemas/WorkflowRunStatsDTO",
        "The run statistics count the runs that the lists show.",
    ),
    _must(
        "ORC-RUN-EXEC-01",
        "lifecycle",
        "execution",
        _EXECUTE,
        "Every execution answers an id of its own, which no instance had before.",
    ),
    _must(
        "ORC-RUN-EXEC-02",
        "lifecycle",
        "execution",
        _EXECUTE,
        "A started instance can be read by its id, and is listed.",
    ),
    _must(
        "ORC-RUN-EXEC-03",
        "lifecycle",
        "execution",
        _EXECUTE,
        "A started instance is a run of the workflow that was executed.",
    ),
    _must(
        "ORC-RUN-EXEC-04",
        "lifecycle",
        "execution",
        _EXECUTE,
        "A started instance shows the inputs that it was given.",
    ),
    _must(
        "ORC-RUN-EXEC-05",
        "lifecycle",
        "execution",
        _EXECUTE,
        "A started instance shows the targetEntity that it was started for.",
    ),
    _must(
        "ORC-RUN-ABORT-01",
        "lifecycle",
        "abort",
        _ABORT,
        "An unfinished instance that is aborted becomes ABORTED, and has an end.",
    ),
    _must("ORC-RUN-ABORT-02", "lifecycle", "abort", _ABORT, "An abort changes no other instance."),
    _must(
        "ORC-RUN-ABORT-03",
        "lifecycle",
        "abort",
        _ABORT,
        "An abort of a finished instance does not change it.",
    ),
    _must(
        "ORC-RUN-RETRY-01",
        "lifecycle",
        "retrigger",
        _RETRIGGER,
        "An instance in ERROR that is retriggered runs on.",
    ),
    _must("ORC-RUN-RETRY-02", "lifecycle", "retrigger", _RETRIGGER, "A retrigger changes no other instance."),
    _must("ORC-RUN-READ-01", "lifecycle", "instances", _ONE, "Reading changes nothing."),
    _must(
        "ORC-ERR-ID-01",
        "errors",
        "errors",
        _OVERVIEW,
        "An unknown workflow has no overview, source or input schema: the answer is an error.",
    ),
    _must(
        "ORC-ERR-ID-02",
        "errors",
        "errors",
        _ONE,
        "An unknown instance cannot be read: the answer is an error.",
    ),
    _must(
        "ORC-ERR-RUN-01",
        "errors",
        "errors",
        _EXECUTE,
        "Executing an unknown workflow is an error, and starts nothing.",
    ),
    _must(
        "ORC-ERR-RUN-02",
        "errors",
        "errors",
        _EXECUTE,
        "A request to execute that is refused starts nothing.",
    ),
    _should("ORC-ERR-RUN-03", "errors", "errors", _ABORT, "Aborting an unknown instance is an error."),
)

STATEMENTS: Final = {requirement.id: requirement for requirement in _STATEMENTS}


def iter_requirements(contract: Contract) -> Iterator[Requirement]:
    """Yield every requirement, those of the document's operations first, in a stable order."""
    for operation in contract.operations.values():
        for aspect in aspects_of(operation):
            yield requirement_of(operation, aspect)
    yield from STATEMENTS.values()
