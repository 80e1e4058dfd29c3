"""Every operation, from the client method to the handler and back, with validation on both sides."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from orchestrator_v2 import AsyncClient, Client, models
from orchestrator_v2.server import Handlers

from .support.calling import AppTransport, CannedHandlers, call_async
from .support.document import OPERATIONS

OVERVIEW = models.WorkflowOverviewDTO(
    workflow_id="greet",
    format=models.WorkflowFormatDTO.YAML,
    last_run_status=models.ProcessInstanceStatusDTO.ERROR,
    workflow_run_stats=models.WorkflowRunStatsDTO(success_ratio=0.5, total_count=4),
)
OVERVIEW_SENT = {
    "workflowId": "greet",
    "format": "yaml",
    "lastRunStatus": "ERROR",
    "workflowRunStats": {"successRatio": 0.5, "totalCount": 4},
}
INSTANCE = models.ProcessInstanceDTO(
    id="i-1",
    process_id="greet",
    nodes=[models.NodeInstanceDTO(typename="Step", id="n-1")],
    workflowdata=models.WorkflowDataDTO.model_validate({"result": {"message": "done"}, "name": "Ada"}),
)
INSTANCE_SENT = {
    "id": "i-1",
    "processId": "greet",
    "nodes": [{"__typename": "Step", "id": "n-1"}],
    "workflowdata": {"result": {"message": "done"}, "name": "Ada"},
}
SEARCH = models.SearchRequest(
    filters=models.FieldFilter(field="state", operator="IN", value=["ACTIVE", "ERROR"]),
    pagination_info=models.PaginationInfoDTO(page_size=2, order_by="start"),
)
SEARCH_SENT = {
    "filters": {"field": "state", "operator": "IN", "value": ["ACTIVE", "ERROR"]},
    "paginationInfo": {"pageSize": 2, "orderBy": "start"},
}
TOKENS = [models.AuthToken(provider="github", token="t")]
TOKENS_SENT = [{"provider": "github", "token": "t"}]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call: its arguments, request and response on the wire, and its return value."""

    method: str
    arguments: dict[str, Any]
    request_line: str
    sent: Any
    answer: Any
    answered: Any


EXCHANGES = [
    Exchange(
        "get_workflows_overview",
        {"body": SEARCH},
        "POST /v2/workflows/overview",
        SEARCH_SENT,
        models.WorkflowOverviewListResultDTO(
            overviews=[OVERVIEW], pagination_info=models.PaginationInfoDTO(page_size=2, offset=0)
        ),
        {"overviews": [OVERVIEW_SENT], "paginationInfo": {"pageSize": 2, "offset": 0}},
    ),
    Exchange(
        "get_workflows_overview_for_entity",
        {
            "body": models.GetWorkflowsOverviewForEntityRequest(
                target_entity="component:default/a", annotation_workflow_ids=["greet"]
            )
        },
        "POST /v2/workflows/overview/entity",
        {"targetEntity": "component:default/a", "annotationWorkflowIds": ["greet"]},
        models.WorkflowOverviewListResultDTO(overviews=[]),
        {"overviews": []},
    ),
    Exchange(
        "get_workflow_overview_by_id",
        {"workflow_id": "greet"},
        "GET /v2/workflows/greet/overview",
        None,
        OVERVIEW,
        OVERVIEW_SENT,
    ),
    Exchange(
        "get_workflow_source_by_id",
        {"workflow_id": "greet"},
        "GET /v2/workflows/greet/source",
        None,
        "id: greet\nname: Gr\u00fc\u00dfe\n",
        "id: greet\nname: Gr\u00fc\u00dfe\n",
    ),
    Exchange(
        "get_workflow_input_schema_by_id",
        {"workflow_id": "greet", "instance_id": "i 1"},
        "GET /v2/workflows/greet/inputSchema?instanceId=i%201",
        None,
        models.InputSchemaResponseDTO(input_schema={"type": "object"}, data={"name": None}),
        {"inputSchema": {"type": "object"}, "data": {"name": None}},
    ),
    Exchange(
        "ping_workflow_service_by_id",
        {"workflow_id": "greet"},
        "GET /v2/workflows/greet/pingWorkflowService",
        None,
        True,
        True,
    ),
    Exchange(
        "get_instances",
        {"body": None},
        "POST /v2/workflows/instances",
        None,
        models.ProcessInstanceListResultDTO(items=[INSTANCE], total_count=1),
        {"items": [INSTANCE_SENT], "totalCount": 1},
    ),
    Exchange(
        "get_workflow_instances",
        {"workflow_id": "greet", "body": SEARCH},
        "POST /v2/workflows/greet/instances",
        SEARCH_SENT,
        models.ProcessInstanceListResultDTO(items=[], pagination_info=models.PaginationInfoDTO()),
        {"items": [], "paginationInfo": {}},
    ),
    Exchange(
        "get_instance_by_id",
        {"instance_id": "i-1"},
        "GET /v2/workflows/instances/i-1",
        None,
        INSTANCE,
        INSTANCE_SENT,
    ),
    Exchange(
        "get_workflow_log_by_id",
        {"instance_id": "i-1", "rawlog": True},
        "GET /v2/workflows/instances/i-1/logs?rawlog=true",
        None,
        models.WorkflowLogsResponse(instance_id="i-1", logs=["a line", {"level": "INFO"}, None]),
        {"instanceId": "i-1", "logs": ["a line", {"level": "INFO"}, None]},
    ),
    Exchange(
        "get_workflow_statuses",
        {},
        "GET /v2/workflows/instances/statuses",
        None,
        [models.WorkflowRunStatusDTO(key="Active", value="ACTIVE")],
        [{"key": "Active", "value": "ACTIVE"}],
    ),
    Exchange(
        "execute_workflow",
        {
            "workflow_id": "greet",
            "body": models.ExecuteWorkflowRequestDTO(input_data={"name": "Ada"}, auth_tokens=TOKENS),
        },
        "POST /v2/workflows/greet/execute",
        {"inputData": {"name": "Ada"}, "authTokens": TOKENS_SENT},
        models.ExecuteWorkflowResponseDTO(id="i-2"),
        {"id": "i-2"},
    ),
    Exchange(
        "retrigger_instance",
        {
            "workflow_id": "greet",
            "instance_id": "i-1",
            "body": models.RetriggerInstanceRequestDTO(auth_tokens=TOKENS),
        },
        "POST /v2/workflows/greet/i-1/retrigger",
        {"authTokens": TOKENS_SENT},
        {"anything": [1, None]},
        {"anything": [1, None]},
    ),
    Exchange(
        "abort_workflow",
        {"instance_id": "i-1"},
        "DELETE /v2/workflows/instances/i-1/abort",
        None,
        "aborted",
        "aborted",
    ),
]


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.method)
def test_a_call_round_trips(exchange: Exchange) -> None:
    canned = CannedHandlers(**{exchange.method: exchange.answer})
    tap = AppTransport(canned.app("/base"))
    answer = call_async(tap, exchange.method, exchange.arguments, base_url="http://backend.test/base")
    assert answer == exchange.answer
    assert canned.calls == [(exchange.method, exchange.arguments)]
    request = tap.response.request
    assert f"{request.method} {request.url.raw_path.decode()}" == exchange.request_line.replace(
        "/v2", "/base/v2"
    )
    assert (json.loads(request.content) if request.content else None) == exchange.sent
    assert tap.read_answer() == exchange.answered


def test_every_operation_is_a_method_of_both_clients_and_of_the_handlers() -> None:
    expected = {re.sub(r"(?=[A-Z])", "_", operation_id).lower() for operation_id in OPERATIONS}
    assert len(expected) == 14
    assert {exchange.method for exchange in EXCHANGES} == expected
    more = {
        "iter_instances",
        "iter_workflow_instances",
        "iter_workflows_overview",
        "wait_for_instance",
        "with_raw_response",
    }
    for owner, own in ((Client, {"close", *more}), (AsyncClient, {"aclose", *more}), (Handlers, set[str]())):
        functions = inspect.getmembers(owner, inspect.isfunction)
        assert {name for name, _ in functions if not name.startswith("_")} - own == expected


@pytest.mark.parametrize("method", [exchange.method for exchange in EXCHANGES])
def test_both_clients_and_the_handler_have_the_same_signature(method: str) -> None:
    client, async_client, handler = (
        inspect.signature(getattr(owner, method)) for owner in (Client, AsyncClient, Handlers)
    )
    assert client == async_client
    # The handler has no timeout. Only names are compared, because it receives the document's defaults.
    assert [name for name in client.parameters if name != "timeout"] == list(handler.parameters)
    assert handler.return_annotation == f"Answer[{client.return_annotation}]"
