"""The places in the document that statements follow, as JSON pointers."""

from __future__ import annotations

from typing import Final

ALL: Final = "/paths/~1v2~1workflows~1instances/post"
OF_WORKFLOW: Final = "/paths/~1v2~1workflows~1{workflowId}~1instances/post"
ONE: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}/get"
LOGS: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}~1logs/get"
STATUSES: Final = "/paths/~1v2~1workflows~1instances~1statuses/get"
ABORT: Final = "/paths/~1v2~1workflows~1instances~1{instanceId}~1abort/delete"
EXECUTE: Final = "/paths/~1v2~1workflows~1{workflowId}~1execute/post"
RETRIGGER: Final = "/paths/~1v2~1workflows~1{workflowId}~1{instanceId}~1retrigger/post"
ALL_OVERVIEWS: Final = "/paths/~1v2~1workflows~1overview/post"
OVERVIEW: Final = "/paths/~1v2~1workflows~1{workflowId}~1overview/get"
ENTITY: Final = "/paths/~1v2~1workflows~1overview~1entity/post"
SOURCE: Final = "/paths/~1v2~1workflows~1{workflowId}~1source/get"
SCHEMA: Final = "/paths/~1v2~1workflows~1{workflowId}~1inputSchema/get"
PING: Final = "/paths/~1v2~1workflows~1{workflowId}~1pingWorkflowService/get"
PAGE_SIZE: Final = "/components/schemas/PaginationInfoDTO/properties/pageSize"
OFFSET: Final = "/components/schemas/PaginationInfoDTO/properties/offset"
ORDER_BY: Final = "/components/schemas/PaginationInfoDTO/properties/orderBy"
DIRECTION: Final = "/components/schemas/PaginationInfoDTO/properties/orderDirection"
OPERATOR: Final = "/components/schemas/FieldFilter/properties/operator"
LOGIC: Final = "/components/schemas/LogicalFilter/properties/operator"
NESTED: Final = "/components/schemas/NestedFilter"
INSTANCE: Final = "/components/schemas/ProcessInstanceDTO"
TOTAL: Final = "/components/schemas/ProcessInstanceListResultDTO/properties/totalCount"
