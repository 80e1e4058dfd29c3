"""The requests of the clients: URL, headers, query and body, with only the values that were set."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from orchestrator_v2 import Client, models

from ..support.calling import URL, AppTransport, Call, CannedHandlers, Wire, both_clients, call_async

INSTANCES: dict[str, Any] = {"items": []}
SEARCH = models.SearchRequest


@both_clients
@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("http://host.test", "http://host.test/v2/workflows/instances"),
        ("http://host.test/", "http://host.test/v2/workflows/instances"),
        ("http://host.test/api/orchestrator", "http://host.test/api/orchestrator/v2/workflows/instances"),
        ("http://host.test/api/orchestrator/", "http://host.test/api/orchestrator/v2/workflows/instances"),
        ("https://host.test:8443/a%20b", "https://host.test:8443/a%20b/v2/workflows/instances"),
        ("http://[::1]:80/api", "http://[::1]/api/v2/workflows/instances"),
    ],
)
def test_the_path_of_the_base_url_is_kept(call: Call, base_url: str, url: str) -> None:
    wire = Wire(json=INSTANCES)
    call(wire, "get_instances", base_url=base_url)
    assert str(wire.request.url) == url


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [
        ("", "absolute"),
        ("host.test/api", "absolute"),
        ("/api/orchestrator", "absolute"),
        ("ftp://host.test", "absolute"),
        ("http://", "absolute"),
        ("http://host.test/api?tenant=a", "query"),
        ("http://host.test/api#top", "fragment"),
    ],
)
def test_an_invalid_base_url_is_rejected(base_url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Client(base_url)


SEGMENTS = [
    ("greet", "greet"),
    ("a/b", "a%2Fb"),
    ("a?b#c", "a%3Fb%23c"),
    ("50%", "50%25"),
    ("%2F", "%252F"),
    ("two words", "two%20words"),
    ("a+b&c=d;e", "a%2Bb%26c%3Dd%3Be"),
    ("Gr\u00fc\u00dfe \u6771", "Gr%C3%BC%C3%9Fe%20%E6%9D%B1"),
    ("{workflowId}", "%7BworkflowId%7D"),
    ("a\nb", "a%0Ab"),
    (".", "%2E"),
    ("..", "%2E%2E"),
    ("../..", "..%2F.."),
    ("...", "%2E%2E%2E"),
    ("a..b", "a..b"),
]


@both_clients
@pytest.mark.parametrize(("value", "segment"), SEGMENTS)
def test_an_id_is_encoded_as_one_path_segment(call: Call, value: str, segment: str) -> None:
    wire = Wire(text="")
    call(wire, "get_workflow_source_by_id", {"workflow_id": value})
    assert wire.request.url.raw_path.decode() == f"/api/orchestrator/v2/workflows/{segment}/source"


@pytest.mark.parametrize("value", [value for value, _ in SEGMENTS])
def test_an_id_reaches_the_handler_unchanged(value: str) -> None:
    canned = CannedHandlers(get_workflow_source_by_id="source")
    call_async(
        AppTransport(canned.app("/api/orchestrator")), "get_workflow_source_by_id", {"workflow_id": value}
    )
    assert canned.calls == [("get_workflow_source_by_id", {"workflow_id": value})]


def test_braces_in_one_path_parameter_do_not_affect_another() -> None:
    wire = Wire(json={})
    with Client(URL, transport=wire) as client:
        client.retrigger_instance("{instanceId}", "i-1", models.RetriggerInstanceRequestDTO())
    assert wire.request.url.raw_path.decode().endswith("/v2/workflows/%7BinstanceId%7D/i-1/retrigger")


@both_clients
@pytest.mark.parametrize("value", ["", None])
def test_an_empty_id_is_rejected_before_sending(call: Call, value: Any) -> None:
    wire = Wire(text="")
    with pytest.raises((ValueError, TypeError), match="workflow_id"):
        call(wire, "get_workflow_source_by_id", {"workflow_id": value})
    assert wire.requests == []


@both_clients
@pytest.mark.parametrize(
    ("method", "arguments", "query"),
    [
        ("get_workflow_log_by_id", {"instance_id": "i"}, ""),
        ("get_workflow_log_by_id", {"instance_id": "i", "rawlog": None}, ""),
        ("get_workflow_log_by_id", {"instance_id": "i", "rawlog": True}, "rawlog=true"),
        ("get_workflow_log_by_id", {"instance_id": "i", "rawlog": False}, "rawlog=false"),
        ("get_workflow_input_schema_by_id", {"workflow_id": "w"}, ""),
        ("get_workflow_input_schema_by_id", {"workflow_id": "w", "instance_id": ""}, "instanceId="),
        (
            "get_workflow_input_schema_by_id",
            {"workflow_id": "w", "instance_id": "a&b=%"},
            "instanceId=a%26b%3D%25",
        ),
    ],
)
def test_only_set_query_parameters_are_sent(
    call: Call, method: str, arguments: dict[str, Any], query: str
) -> None:
    wire = Wire(json={})
    call(wire, method, arguments)
    assert wire.request.url.query.decode() == query


@both_clients
@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (None, b""),
        (SEARCH(), b"{}"),
        (SEARCH(filters=None), b"{}"),
        (SEARCH(pagination_info=models.PaginationInfoDTO()), b'{"paginationInfo":{}}'),
        (
            SEARCH(pagination_info=models.PaginationInfoDTO(page_size=0, order_by=None)),
            b'{"paginationInfo":{"pageSize":0}}',
        ),
        (SEARCH.model_validate({"tenant": None}), b'{"tenant":null}'),
    ],
)
def test_only_set_fields_are_sent(call: Call, body: models.SearchRequest | None, sent: bytes) -> None:
    wire = Wire(json=INSTANCES)
    call(wire, "get_instances", {"body": body})
    assert wire.request.content == sent
    assert wire.request.headers.get("content-type") == (None if body is None else "application/json")


@both_clients
def test_a_null_in_the_input_data_is_sent(call: Call) -> None:
    wire = Wire(json={"id": "i"})
    body = models.ExecuteWorkflowRequestDTO(input_data={"name": None, "tags": [None]}, target_entity=None)
    call(wire, "execute_workflow", {"workflow_id": "greet", "body": body})
    assert json.loads(wire.request.content) == {"inputData": {"name": None, "tags": [None]}}


@both_clients
@pytest.mark.parametrize("body", [{"filters": None}, "text", 5, [models.SearchRequest()]])
def test_a_body_of_another_type_is_rejected_before_sending(call: Call, body: Any) -> None:
    wire = Wire(json=INSTANCES)
    with pytest.raises(ValueError, match="SearchRequest"):
        call(wire, "get_instances", {"body": body})
    assert wire.requests == []


@both_clients
@pytest.mark.parametrize(
    ("options", "header", "value"),
    [
        ({}, "accept", "application/json"),
        ({}, "authorization", None),
        ({"auth": "abc"}, "authorization", "Bearer abc"),
        ({"headers": {"X-Tenant": "a"}}, "x-tenant", "a"),
        ({"headers": {"Accept": "application/json;q=0.5"}}, "accept", "application/json;q=0.5"),
        ({"headers": {"Authorization": "Basic abc"}}, "authorization", "Basic abc"),
        ({"headers": {"authorization": "Basic abc"}, "auth": "abc"}, "authorization", "Bearer abc"),
    ],
)
def test_headers_are_sent_with_every_request(
    call: Call, options: dict[str, Any], header: str, value: str | None
) -> None:
    wire = Wire(json={})
    call(wire, "get_instances", **options)
    assert wire.request.headers.get(header) == value


@both_clients
def test_accept_lists_all_documented_media_types(call: Call) -> None:
    wire = Wire(text="source")
    call(wire, "get_workflow_source_by_id", {"workflow_id": "greet"})
    assert wire.request.headers["accept"] == "text/plain, application/json"


@both_clients
@pytest.mark.parametrize(
    ("options", "seconds"),
    [({}, 5.0), ({"timeout": 1.5}, 1.5), ({"timeout": httpx.Timeout(None)}, None)],
)
def test_the_timeout_applies_to_every_request(
    call: Call, options: dict[str, Any], seconds: float | None
) -> None:
    wire = Wire(json=INSTANCES)
    call(wire, "get_instances", **options)
    assert wire.request.extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), seconds)
