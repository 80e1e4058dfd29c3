"""How the stubs handle the results and exceptions of handlers."""

from __future__ import annotations

import logging
from typing import Any, cast

import httpx
import pytest
from orchestrator_v2 import models
from orchestrator_v2._media import InvalidValue
from orchestrator_v2.server import Answer, Handlers, HTTPError, create_app
from starlette.exceptions import HTTPException

from ..support.calling import CannedHandlers, send_request
from ..support.document import OPERATIONS
from ..support.server_answers import LOGGER, OVERVIEW, change, read_message

LINES = {
    "get_workflow_overview_by_id": "GET /v2/workflows/w/overview",
    "get_workflow_source_by_id": "GET /v2/workflows/w/source",
    "get_workflow_input_schema_by_id": "GET /v2/workflows/w/inputSchema",
    "ping_workflow_service_by_id": "GET /v2/workflows/w/pingWorkflowService",
    "get_instances": "POST /v2/workflows/instances",
    "get_instance_by_id": "GET /v2/workflows/instances/i",
    "get_workflow_log_by_id": "GET /v2/workflows/instances/i/logs",
    "get_workflow_statuses": "GET /v2/workflows/instances/statuses",
    "abort_workflow": "DELETE /v2/workflows/instances/i/abort",
}


def call_handler(method: str, result: object) -> httpx.Response:
    """Return the response if the handler `method` returns `result`, or raises it."""
    return send_request(CannedHandlers(**{method: result}).app(), *LINES[method].split(" "))


def operation_id_of(method: str) -> str:
    """Return the operationId of the handler `method`."""
    return next(each for each in OPERATIONS if each.lower() == method.replace("_", ""))


def list_errors(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Return the log records of the stubs above the level WARNING, which missing handlers have."""
    return [record for record in caplog.records if record.name == LOGGER and record.levelno > logging.WARNING]


# The handler, its result, and a part of the log message besides the operationId.
INVALID: list[tuple[str, Any, str]] = [
    ("get_workflow_overview_by_id", None, "object"),
    ("get_workflow_overview_by_id", {"workflowId": "w", "format": "yaml"}, "WorkflowOverviewDTO"),
    ("get_workflow_overview_by_id", models.ErrorResponse(message="no"), "got ErrorResponse"),
    ("get_workflow_overview_by_id", models.WorkflowOverviewDTO.model_construct(workflow_id="w"), "format"),
    ("get_workflow_overview_by_id", change(OVERVIEW, format="xml"), "format"),
    ("get_workflow_overview_by_id", change(OVERVIEW, workflow_id=""), "workflowId"),
    ("get_workflow_overview_by_id", change(OVERVIEW, workflow_id=None), "workflowId"),
    ("get_workflow_overview_by_id", change(OVERVIEW, last_triggered_ms=-1), "lastTriggeredMs"),
    ("get_workflow_overview_by_id", change(OVERVIEW, last_triggered_ms=float("nan")), "lastTriggeredMs"),
    ("get_instances", [], "ProcessInstanceListResultDTO"),
    ("get_instances", change(models.ProcessInstanceListResultDTO(), items=[OVERVIEW]), "items.0.processId"),
    ("get_instance_by_id", models.ProcessInstanceDTO.model_construct(id="i", process_id="p"), "nodes"),
    ("get_workflow_statuses", None, "value"),
    ("get_workflow_statuses", [{"key": "Active"}], "WorkflowRunStatusDTO"),
    ("get_workflow_log_by_id", models.WorkflowLogsResponse(logs=[object()]), "value"),
    ("get_workflow_log_by_id", models.WorkflowLogsResponse(logs=[float("nan")]), ""),
    ("ping_workflow_service_by_id", "true", "bool"),
    ("ping_workflow_service_by_id", 1, "bool"),
    ("get_workflow_source_by_id", b"id: w", "expected str"),
    ("get_workflow_source_by_id", None, "expected str"),
    ("get_workflow_source_by_id", "\ud800", ""),
    ("abort_workflow", True, "expected str"),
]


@pytest.mark.parametrize(("method", "result", "named"), INVALID)
def test_an_invalid_result_is_a_logged_500(
    method: str, result: object, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = call_handler(method, result)
    assert response.status_code == 500
    assert read_message(response) == "the response of the backend does not match the OpenAPI document"
    (record,) = list_errors(caplog)
    assert record.getMessage().startswith(f"{operation_id_of(method)}: ")
    assert named in record.getMessage()


@pytest.mark.parametrize(
    "failure",
    [
        RuntimeError("dsn=postgres://user:hunter2@db"),
        KeyError("hunter2"),
        NotImplementedError("hunter2"),
        TimeoutError("hunter2"),
        # The stubs raise this for an invalid request; from a handler it is still a 500.
        InvalidValue("hunter2"),
        HTTPException(404, "hunter2"),
        ExceptionGroup("hunter2", [ValueError("hunter2")]),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_an_unexpected_exception_is_a_logged_500(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    response = call_handler("get_instances", failure)
    assert response.status_code == 500
    assert read_message(response) == "internal server error"
    (record,) = list_errors(caplog)
    assert record.getMessage() == "getInstances: the handler failed"
    assert record.exc_info is not None
    assert record.exc_info[1] is failure


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "no such workflow"),
        (400, ""),
        (403, 'only "Grüße" may\n東'),
        (409, "it is finished"),
        (500, "index is down"),
        (599, "no"),
    ],
)
def test_an_http_error_keeps_its_status_and_message(
    status: int, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = call_handler("abort_workflow", HTTPError(status, message))
    assert response.status_code == status
    assert read_message(response) == message
    assert list_errors(caplog) == []


@pytest.mark.parametrize("status", [0, 200, 302, 399, 600])
def test_an_http_error_requires_an_error_status(status: int) -> None:
    with pytest.raises(ValueError, match=f"400 to 599, got {status}"):
        HTTPError(status, "no")


class Pinging(Handlers):
    """Implements one operation."""

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return True


class Sourcing(Pinging):
    """Implements one more operation, and delegates a third to the protocol."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        return f"id: {workflow_id}"

    def abort_workflow(self, instance_id: str) -> Answer[str]:
        return super().abort_workflow(instance_id)


class Ducks:
    """Implements one operation without inheriting from `Handlers`."""

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("handlers", "implemented"),
    [
        (Pinging(), {"pingWorkflowServiceById"}),
        (Sourcing(), {"pingWorkflowServiceById", "getWorkflowSourceById", "abortWorkflow"}),
        (cast("Handlers", Ducks()), {"pingWorkflowServiceById"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_one_warning_names_the_operations_without_a_handler(
    handlers: Handlers, implemented: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    create_app(handlers)
    (record,) = caplog.records
    assert (record.name, record.levelno) == (LOGGER, logging.WARNING)
    introduction, _, named = record.getMessage().partition(": ")
    assert "501" in introduction
    assert set(named.split(", ")) == set(OPERATIONS) - implemented


@pytest.mark.parametrize("method", LINES)
def test_an_operation_without_a_handler_answers_501(method: str, caplog: pytest.LogCaptureFixture) -> None:
    response = send_request(create_app(Sourcing()), *LINES[method].split(" "))
    if method in ("ping_workflow_service_by_id", "get_workflow_source_by_id"):
        assert response.status_code == 200
    else:
        assert response.status_code == 501
        assert read_message(response) == f"{operation_id_of(method)} is not implemented"
    assert list_errors(caplog) == []


def test_an_invalid_request_without_a_handler_is_a_400() -> None:
    assert send_request(create_app(Sourcing()), "POST", "/v2/workflows/w/execute").status_code == 400


def test_no_warning_if_every_operation_has_a_handler(caplog: pytest.LogCaptureFixture) -> None:
    names = [name for name in dir(Handlers) if not name.startswith("_")]
    assert len(names) == len(OPERATIONS)
    app = CannedHandlers(**dict.fromkeys(names)).app()
    assert send_request(app, "GET", "/openapi.json").status_code == 200
    assert caplog.records == []
