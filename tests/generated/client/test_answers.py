"""How the clients handle a response: as a value, an `ApiError` or a `DecodeError`."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from orchestrator_v2 import ApiError, ClientError, DecodeError, TransportError, WaitTimeout, models

from ..support.calling import Call, Wire, both_clients

GET = ("get_workflow_overview_by_id", {"workflow_id": "greet"})
OVERVIEW = {"workflowId": "greet", "format": "yaml"}
URL = "http://backend.test/api/orchestrator/v2/workflows/greet/overview"
HTML = "<html><body>\n  <h1>Sign in</h1>\n</body></html>"

# Status, body, the message of the typed error or None, and a part of the exception's message.
REFUSALS: list[tuple[int, Any, str | None, str]] = [
    (500, {"message": "index is down"}, "index is down", "index is down"),
    (500, {"message": "no", "additionalInfo": "timeout", "trace": 1}, "no", "no"),
    (503, {"message": "later"}, "later", "later"),
    (404, {"message": "no such workflow"}, "no such workflow", "no such workflow"),
    (400, {"err": [{"path": "/body", "message": "must be object"}]}, None, "must be object"),
    (401, {"err": "token has expired"}, None, "token has expired"),
    (
        403,
        {
            "error": {"name": "NotAllowedError", "message": "Unauthorized"},
            "request": {"method": "GET", "url": "/v2/workflows/greet/overview"},
            "response": {"statusCode": 403},
        },
        None,
        "NotAllowedError",
    ),
    (500, {"message": 5}, None, '{"message":5}'),
    (500, [], None, "[]"),
    (500, None, None, "null"),
    (500, b"", None, "Internal Server Error"),
    (502, HTML.encode(), None, "<html><body> <h1>Sign in</h1> </body></html>"),
    (413, b"\xff\xfe", None, "\ufffd\ufffd"),
    (302, b"", None, "Found"),
    (204, b"", None, "No Content"),
    (201, OVERVIEW, None, "greet"),
    (304, b"", None, "Not Modified"),
    (599, b"", None, "no body"),
]


@both_clients
@pytest.mark.parametrize(("status", "body", "message", "expected"), REFUSALS)
def test_any_response_but_a_documented_success_is_an_api_error(
    call: Call, status: int, body: Any, message: str | None, expected: str
) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
    with pytest.raises(ApiError) as raised:
        call(Wire(status, content=raw), *GET)
    error = raised.value
    assert (error.status, error.method, error.url) == (status, "GET", URL)
    assert (error.operation_id, error.body) == ("getWorkflowOverviewById", raw)
    assert isinstance(error.response, httpx.Response)
    assert (error.error and error.error.message) == message
    assert str(error).startswith(f"getWorkflowOverviewById: GET {URL} answered {status}: ")
    assert expected in str(error)


@both_clients
def test_a_typed_error_keeps_unknown_fields(call: Call) -> None:
    with pytest.raises(ApiError) as raised:
        call(Wire(500, json={"message": "no", "additionalInfo": "why", "trace": 7}), *GET)
    assert isinstance(raised.value.error, models.ErrorResponse)
    assert raised.value.error.additional_info == "why"
    assert raised.value.error.model_extra == {"trace": 7}


@both_clients
def test_a_long_body_is_truncated_in_the_message_only(call: Call) -> None:
    with pytest.raises(ApiError) as raised:
        call(Wire(502, text="x" * 10_000), *GET)
    assert len(str(raised.value)) < 500
    assert raised.value.body == b"x" * 10_000


JSON = "application/json"
MISFITS: list[tuple[str, bytes, str]] = [
    (JSON, b"", "EOF"),
    (JSON, b"{", "EOF"),
    (JSON, b"[]", "object"),
    (JSON, b"null", "object"),
    (JSON, b'{"workflowId": "greet"}', "format: Field required"),
    (JSON, b'{"workflowId": "", "format": "yaml"}', "workflowId: "),
    (JSON, b'{"workflowId": "greet", "format": 5}', "format: "),
    (JSON, b'{"workflowId": 5, "format": "yaml"}', "workflowId: Input should be a valid string"),
    (JSON, b'{"workflow_id": "greet", "format": "yaml"}', "workflowId: Field required"),
    (JSON, b'{"workflowId": "greet", "format": "yaml", "lastTriggeredMs": "5"}', "lastTriggeredMs"),
    (JSON, b'{"workflowId": "greet", "format": "yaml", "availability": []}', "availability: "),
    ("text/html", HTML.encode(), "expected content type application/json, got text/html"),
    ("", b'{"workflowId": "greet", "format": "yaml"}', "expected content type application/json, got "),
]


@both_clients
@pytest.mark.parametrize(("content_type", "body", "reason"), MISFITS)
def test_an_invalid_success_body_is_a_decode_error(
    call: Call, content_type: str, body: bytes, reason: str
) -> None:
    with pytest.raises(DecodeError) as raised:
        call(Wire(200, content=body, headers={"Content-Type": content_type}), *GET)
    assert reason in raised.value.reason
    assert reason in str(raised.value)
    assert (raised.value.status, raised.value.url, raised.value.body) == (200, URL, body)


@both_clients
@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8", "Application/JSON"])
def test_a_media_type_may_have_parameters(call: Call, content_type: str) -> None:
    content = json.dumps(OVERVIEW).encode()
    overview = call(Wire(200, content=content, headers={"Content-Type": content_type}), *GET)
    assert overview.workflow_id == "greet"


@both_clients
@pytest.mark.parametrize(
    ("method", "arguments", "answer", "value"),
    [
        ("get_workflow_source_by_id", {"workflow_id": "w"}, {"text": "id: w\n"}, "id: w\n"),
        ("get_workflow_source_by_id", {"workflow_id": "w"}, {"text": ""}, ""),
        ("get_workflow_source_by_id", {"workflow_id": "w"}, {"text": "Gr\u00fc\u00dfe"}, "Gr\u00fc\u00dfe"),
        ("abort_workflow", {"instance_id": "i"}, {"text": "true"}, "true"),
        ("ping_workflow_service_by_id", {"workflow_id": "w"}, {"json": True}, True),
        ("ping_workflow_service_by_id", {"workflow_id": "w"}, {"json": False}, False),
        (
            "retrigger_instance",
            {"workflow_id": "w", "instance_id": "i", "body": models.RetriggerInstanceRequestDTO()},
            {"json": {"a": [None, {"b": 1.5}]}},
            {"a": [None, {"b": 1.5}]},
        ),
        ("get_workflow_statuses", {}, {"json": []}, []),
    ],
)
def test_text_booleans_and_free_objects_are_plain_values(
    call: Call, method: str, arguments: dict[str, Any], answer: dict[str, Any], value: object
) -> None:
    result = call(Wire(200, **answer), method, arguments)
    assert result == value
    assert type(result) is type(value)


@both_clients
@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("ping_workflow_service_by_id", {"json": "true"}),
        ("ping_workflow_service_by_id", {"json": 1}),
        ("get_workflow_source_by_id", {"content": b"\xff", "headers": {"Content-Type": "text/plain"}}),
        ("get_workflow_source_by_id", {"json": "id: w"}),
    ],
)
def test_plain_values_are_not_coerced(call: Call, method: str, answer: dict[str, Any]) -> None:
    with pytest.raises(DecodeError):
        call(Wire(200, **answer), method, {"workflow_id": "w"})


@both_clients
def test_nulls_and_unknown_fields_are_accepted(call: Call) -> None:
    sent = {**OVERVIEW, "description": None, "availability": {"isAvailable": None}, "owner": {"team": "a"}}
    overview = call(Wire(200, json=sent), *GET)
    assert (overview.description, overview.availability.is_available) == (None, None)
    assert overview.model_extra == {"owner": {"team": "a"}}


@both_clients
def test_the_exception_of_the_transport_is_the_cause(call: Call) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    with pytest.raises(TransportError, match="connection refused") as raised:
        call(httpx.MockTransport(refuse), *GET)
    assert isinstance(raised.value.__cause__, httpx.ConnectError)


def test_client_error_is_the_base_of_all_exceptions() -> None:
    assert all(issubclass(each, ClientError) for each in (ApiError, DecodeError, TransportError, WaitTimeout))
