"""How the stubs handle requests: the handler and its arguments, or the error response."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from orchestrator_v2 import models
from orchestrator_v2._asgi import Contract, ErrorShape, Options, build_app
from orchestrator_v2._media import Json
from orchestrator_v2._operation import Operation
from orchestrator_v2._parameter import Parameter
from orchestrator_v2.server import Handlers
from pydantic import Field
from starlette.applications import Starlette
from starlette.routing import Mount

from ..models.test_examples import build, find_examples
from ..support.calling import CannedHandlers, send_request
from ..support.document import DOCUMENT

# A result for every handler, from the examples of the document.
ANSWERS = {
    method: build(method, "return", example)
    for method, example in (each.values for each in find_examples("responses", "200"))
}
OVERVIEW = "/v2/workflows/overview"
SEARCH = "/v2/workflows/instances"
EXECUTE = "/v2/workflows/w/execute"
LOGS = "/v2/workflows/instances/i/logs"
JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}
LOUD = {"Content-Type": "Application/JSON; charset=utf-8"}
DEEP = b'{"inputData": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}"
TOKEN = {"provider": "github", "token": "t"}
UNEQUAL = {"field": "a", "operator": "NE", "value": 1}


def read_refusal(response: httpx.Response) -> str:
    """Return the message of a response that is an `ErrorResponse` without other fields."""
    assert response.headers["content-type"] == "application/json"
    error = models.ErrorResponse.model_validate_json(response.content, strict=True)
    assert error.model_fields_set == {"message"}
    return error.message


# Method and path, the rest of the request, and parts of the error message.
BROKEN: list[tuple[str, dict[str, Any], list[str]]] = [
    (f"GET {LOGS}?rawlog=yes", {}, ["query parameter rawlog", "boolean"]),
    (f"GET {LOGS}?rawlog=True", {}, ["query parameter rawlog", "boolean"]),
    (f"GET {LOGS}?rawlog=", {}, ["query parameter rawlog", "boolean"]),
    (f"GET {LOGS}?rawlog=true&rawlog=false", {}, ["query parameter rawlog", "must not be repeated"]),
    ("GET /v2/workflows/w/inputSchema?instanceId=a&instanceId=b", {}, ["instanceId", "must not be repeated"]),
    ("GET /v2/workflows/w/inputSchema?instanceId=%FF", {}, ["query parameter instanceId"]),
    ("GET /v2/workflows/%FF/overview", {}, ["path parameter workflowId"]),
    (f"POST {EXECUTE}", {}, ["body: is required but missing"]),
    (f"POST {EXECUTE}", {"headers": JSON}, ["body: is required but missing"]),
    (f"POST {EXECUTE}", {"content": b"{}", "headers": TEXT}, ["application/json", "text/plain"]),
    (f"POST {EXECUTE}", {"data": {"inputData": "a"}}, ["application/json", "x-www-form-urlencoded"]),
    (f"POST {EXECUTE}", {"content": b"{}"}, ["application/json", "none"]),
    (f"POST {SEARCH}", {"content": b"{}", "headers": TEXT}, ["application/json", "text/plain"]),
    (f"POST {SEARCH}", {"content": b"null", "headers": JSON}, ["body", "object"]),
    (f"POST {SEARCH}", {"content": b'{"filters": ', "headers": JSON}, ["body", "JSON", "line 1"]),
    (f"POST {SEARCH}", {"content": b"\xff\xfe", "headers": JSON}, ["body", "JSON"]),
    (f"POST {EXECUTE}", {"content": b'{"inputData": {"a": NaN}}', "headers": JSON}, ["body", "JSON"]),
    (f"POST {EXECUTE}", {"content": DEEP, "headers": JSON}, ["body"]),
    (f"POST {EXECUTE}", {"json": []}, ["body", "object"]),
    (f"POST {EXECUTE}", {"json": {"inputData": [1]}}, ["inputData"]),
    (f"POST {EXECUTE}", {"json": {"inputData": None}}, ["inputData: null"]),
    (f"POST {EXECUTE}", {"json": {"targetEntity": 5}}, ["targetEntity", "string"]),
    (f"POST {EXECUTE}", {"json": {"authTokens": [{"token": "t"}]}}, ["authTokens.0.provider", "required"]),
    (f"POST {EXECUTE}", {"json": {"authTokens": [{**TOKEN, "scope": "s"}]}}, ["authTokens.0.scope"]),
    (f"POST {OVERVIEW}/entity", {"json": {"annotationWorkflowIds": ["w", 5]}}, ["annotationWorkflowIds.1"]),
    (f"POST {SEARCH}", {"json": {"paginationInfo": {"limit": 5}}}, ["paginationInfo.limit"]),
    (f"POST {SEARCH}", {"json": {"paginationInfo": {"pageSize": "5"}}}, ["paginationInfo.pageSize"]),
    (f"POST {SEARCH}", {"json": {"paginationInfo": {"offset": True}}}, ["paginationInfo.offset"]),
    (f"POST {SEARCH}", {"json": {"paginationInfo": {"orderDirection": "up"}}}, ["orderDirection", "'ASC'"]),
    (f"POST {SEARCH}", {"json": {"filters": {"operator": "XOR", "filters": []}}}, ["filters", "'AND'"]),
    (f"POST {SEARCH}", {"json": {"filters": UNEQUAL}}, ["filters", "operator", "'EQ'"]),
    (f"POST {SEARCH}", {"json": {"filters": {"field": "a", "nested": UNEQUAL}}}, ["nested", "'EQ'"]),
]


@pytest.mark.parametrize(("line", "parts", "named"), BROKEN)
def test_an_invalid_request_is_rejected(line: str, parts: dict[str, Any], named: list[str]) -> None:
    canned = CannedHandlers(**ANSWERS)
    response = send_request(canned.app(), *line.split(" "), **parts)
    assert (response.status_code, canned.calls) == (400, [])
    message = read_refusal(response)
    assert [name for name in named if name not in message] == []


class Slots(Handlers):
    """Handlers with typed parameters in path, query and header, which the contract does not have."""

    async def read_slot(self, slot: int, tag: list[str], ratio: float | None) -> dict[str, Any]:
        raise NotImplementedError


SLOT = Operation(
    id="readSlot",
    method="GET",
    path="/slots/{slot}",
    parameters=(
        Parameter(
            name="slot",
            argument="slot",
            place="path",
            required=True,
            reads=("integer",),
            schema=Json[int](Annotated[int, Field(ge=1)]),
        ),
        Parameter(
            name="tag",
            argument="tag",
            place="query",
            required=True,
            kind="list",
            style="form",
            explode=True,
            schema=Json[list[str]](list[str]),
        ),
        Parameter(
            name="X-Ratio",
            argument="ratio",
            place="header",
            reads=("number",),
            schema=Json[float](int | float),
        ),
    ),
    body=None,
    successes={200: Json[dict[str, Any]](dict[str, Any])},
    errors={},
)


@pytest.mark.parametrize(
    ("path", "headers", "arguments", "named"),
    [
        ("/slots/7?tag=a&tag=b", {}, {"slot": 7, "tag": ["a", "b"], "ratio": None}, ""),
        ("/slots/7?tag=", {"X-Ratio": "0.5"}, {"slot": 7, "tag": [""], "ratio": 0.5}, ""),
        ("/slots/seven?tag=a", {}, None, "path parameter slot: expected an integer"),
        ("/slots/7.5?tag=a", {}, None, "path parameter slot: expected an integer"),
        ("/slots/true?tag=a", {}, None, "path parameter slot: expected an integer"),
        ("/slots/0?tag=a", {}, None, "path parameter slot: value: "),
        ("/slots/7", {}, None, "query parameter tag: is required but missing"),
        ("/slots/7?tag=a", {"X-Ratio": "half"}, None, "header parameter X-Ratio: expected a number"),
    ],
)
def test_parameters_are_parsed_with_their_schemas(
    path: str, headers: dict[str, str], arguments: dict[str, Any] | None, named: str
) -> None:
    canned = CannedHandlers(read_slot={})
    shape = ErrorShape("application/json", (("message", "message"),))
    app = build_app(Contract([(SLOT, "read_slot")], Slots, Path("none"), shape), [canned], Options())
    response = send_request(app, "GET", path, headers=headers)
    if arguments is None:
        assert (response.status_code, canned.calls) == (400, [])
        assert named in read_refusal(response)
    else:
        assert (response.status_code, canned.calls) == (200, [("read_slot", arguments)])


@pytest.mark.parametrize(
    ("line", "parts", "handler", "arguments"),
    [
        (f"POST {SEARCH}", {}, "get_instances", {"body": None}),
        (f"POST {SEARCH}", {"headers": JSON}, "get_instances", {"body": None}),
        (f"POST {SEARCH}", {"json": {}}, "get_instances", {"body": models.SearchRequest()}),
        (
            f"POST {SEARCH}",
            {"content": b" {}\n", "headers": LOUD},
            "get_instances",
            {"body": models.SearchRequest()},
        ),
        (f"GET {LOGS}", {}, "get_workflow_log_by_id", {"instance_id": "i", "rawlog": False}),
        (f"GET {LOGS}?rawlog=true", {}, "get_workflow_log_by_id", {"instance_id": "i", "rawlog": True}),
        (f"GET {LOGS}?other=1", {}, "get_workflow_log_by_id", {"instance_id": "i", "rawlog": False}),
        ("GET /v2/workflows/w/overview", {"json": 5}, "get_workflow_overview_by_id", {"workflow_id": "w"}),
        # A concrete path has precedence over a templated one.
        (f"POST {OVERVIEW}", {}, "get_workflows_overview", {"body": None}),
        (f"POST {OVERVIEW}/entity", {}, "get_workflows_overview_for_entity", {"body": None}),
        (f"GET {OVERVIEW}/overview", {}, "get_workflow_overview_by_id", {"workflow_id": "overview"}),
        (f"GET {OVERVIEW}/source", {}, "get_workflow_source_by_id", {"workflow_id": "overview"}),
        (f"GET {SEARCH}/statuses", {}, "get_workflow_statuses", {}),
        # %73 is equivalent to s (RFC 3986, section 6.2.2.2).
        (f"GET {SEARCH}/%73tatuses", {}, "get_workflow_statuses", {}),
        (f"GET {SEARCH}/status", {}, "get_instance_by_id", {"instance_id": "status"}),
        (f"DELETE {SEARCH}/statuses/abort", {}, "abort_workflow", {"instance_id": "statuses"}),
    ],
)
@pytest.mark.parametrize("base_path", ["", "/api/orchestrator"])
def test_a_request_reaches_its_handler(
    base_path: str, line: str, parts: dict[str, Any], handler: str, arguments: dict[str, Any]
) -> None:
    canned = CannedHandlers(**ANSWERS)
    method, path = line.split(" ")
    response = send_request(canned.app(base_path), method, base_path + path, **parts)
    assert (response.status_code, canned.calls) == (200, [(handler, arguments)])


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "/",
            "/v2",
            "/v2/workflows",
            f"{OVERVIEW}/",
            "/v2/workflows//overview",
            "/V2/workflows/overview",
        ),
        *("/v2/workflows/w/unknown", "/v2/workflows/a/b/overview", "/openapi.yaml", "/openapi.json/"),
    ],
)
@pytest.mark.parametrize("base_path", ["", "/api/orchestrator"])
def test_an_unknown_path_is_404(base_path: str, path: str) -> None:
    response = send_request(CannedHandlers(**ANSWERS).app(base_path), "GET", base_path + path)
    assert response.status_code == 404
    assert read_refusal(response) == "Not Found"


@pytest.mark.parametrize(
    "path", [OVERVIEW, f"/api{OVERVIEW}", f"/api/orchestrators{OVERVIEW}", "/openapi.json"]
)
def test_a_path_outside_the_base_path_is_404(path: str) -> None:
    response = send_request(CannedHandlers(**ANSWERS).app("/api/orchestrator"), "POST", path)
    assert response.status_code == 404
    assert read_refusal(response) == "Not Found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", OVERVIEW, {"POST"}),
        ("PUT", SEARCH, {"POST"}),
        ("OPTIONS", f"{SEARCH}/i/abort", {"DELETE"}),
        ("DELETE", f"{SEARCH}/statuses", {"GET", "HEAD"}),
        ("POST", "/openapi.json", {"GET", "HEAD"}),
    ],
)
@pytest.mark.parametrize("base_path", ["", "/api/orchestrator"])
def test_an_unknown_method_is_405(base_path: str, method: str, path: str, allowed: set[str]) -> None:
    canned = CannedHandlers(**ANSWERS)
    response = send_request(canned.app(base_path), method, base_path + path)
    assert (response.status_code, canned.calls) == (405, [])
    assert set(response.headers["allow"].split(", ")) == allowed
    assert read_refusal(response) == "Method Not Allowed"


@pytest.mark.parametrize("base_path", ["/api/orchestrator", "api/orchestrator", "/api/orchestrator/"])
def test_the_document_is_served_below_the_base_path(base_path: str) -> None:
    response = send_request(CannedHandlers(**ANSWERS).app(base_path), "GET", "/api/orchestrator/openapi.json")
    assert response.headers["content-type"] == "application/json"
    assert response.json() == {**DOCUMENT, "servers": [{"url": "/api/orchestrator"}]}
    assert send_request(CannedHandlers(**ANSWERS).app(), "GET", "/openapi.json").json() == DOCUMENT


def test_the_application_can_be_mounted_in_another() -> None:
    canned = CannedHandlers(**ANSWERS)
    app = Starlette(routes=[Mount("/portal", app=canned.app("/api"))])
    assert send_request(app, "GET", "/portal/api/openapi.json").json()["servers"] == [{"url": "/portal/api"}]
    assert send_request(app, "GET", "/portal/api/v2/workflows/a%2Fb/overview").status_code == 200
    assert canned.calls == [("get_workflow_overview_by_id", {"workflow_id": "a/b"})]
