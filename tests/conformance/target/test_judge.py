"""Exchanges and the violations that the judge finds in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.judge import judge, judge_request

CONTRACT = load_contract()
JSON_TYPE = ("Content-Type", "application/json")
INSTANCE = {"id": "a", "processId": "b", "nodes": []}
NO_MESSAGE: dict[str, Any] = {"error": {"name": "NotFound", "message": "no such instance"}}


def exchange(
    operation_id: str,
    path: str,
    status: int,
    body: Any,
    *,
    sent: bytes = b"",
    content_type: str = "application/json; charset=utf-8",
    is_good: bool = True,
) -> Exchange:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = (JSON_TYPE,) if sent else ()
    request = Request(CONTRACT.operations[operation_id].method, path, headers, sent)
    return Exchange(operation_id, request, Response(status, (("content-type", content_type),), data), is_good)


def read(status: int, body: Any, **more: Any) -> Exchange:
    return exchange("getInstanceById", "/v2/workflows/instances/a", status, body, **more)


def search(sent: bytes, status: int, **more: Any) -> Exchange:
    return exchange(
        "getInstances", "/v2/workflows/instances", status, {"message": "refused"}, sent=sent, **more
    )


@pytest.mark.parametrize(
    ("case", "aspect"),
    [
        pytest.param(read(200, INSTANCE), None, id="documented success"),
        pytest.param(read(200, INSTANCE | {"more": 1}), None, id="unknown field"),
        pytest.param(read(200, {"id": "a", "nodes": []}), "BODY", id="required field is missing"),
        pytest.param(read(200, INSTANCE | {"state": "DONE"}), "BODY", id="unknown state"),
        pytest.param(read(200, b"{"), "BODY", id="not JSON"),
        pytest.param(
            read(200, b'{"id": "a", "processId": "b", "nodes": [], "x": NaN}'), "BODY", id="NaN is not JSON"
        ),
        pytest.param(read(200, INSTANCE, content_type="text/html"), "TYPE", id="another content type"),
        pytest.param(read(200, INSTANCE, content_type=""), "TYPE", id="no content type"),
        pytest.param(
            read(200, INSTANCE, content_type="Application/JSON"), None, id="content type in another case"
        ),
        pytest.param(read(201, INSTANCE), "STATUS", id="another success"),
        pytest.param(read(302, b""), "STATUS", id="a redirect"),
        pytest.param(read(404, {"message": "no"}), "STATUS", id="404 for a listed id"),
        pytest.param(read(404, {"message": "no"}, is_good=False), None, id="404 for a made-up id"),
        pytest.param(read(418, b"", is_good=False), "STATUS", id="a status that is not a rejection"),
        pytest.param(read(401, b""), None, id="unauthenticated caller"),
        pytest.param(read(403, b""), None, id="caller without permission"),
        pytest.param(read(500, {"message": "down"}), None, id="documented error"),
        pytest.param(read(500, NO_MESSAGE), "BODY", id="documented error, another body"),
        pytest.param(read(501, {"message": "down"}), "STATUS", id="undocumented error"),
        pytest.param(read(429, b""), None, id="a rate limit"),
        pytest.param(read(502, b"<h1>Bad Gateway</h1>"), None, id="a gateway without a backend"),
        pytest.param(read(503, {"message": "down"}), None, id="a gateway with an error of any shape"),
        pytest.param(read(504, b""), None, id="a gateway that waits in vain"),
        pytest.param(search(b"[]", 400), None, id="400 for a body that the document forbids"),
        pytest.param(search(b"{", 422), None, id="422 for a body that is not JSON"),
        pytest.param(search(b"[]", 501), "STATUS", id="501 for a body that the document forbids"),
        pytest.param(search(b"{}", 400), "STATUS", id="400 for a body that the document allows"),
        pytest.param(
            exchange("getInstances", "/v2/workflows/instances?x=1", 400, {"message": "x"}, sent=b"{}"),
            None,
            id="400 for a query parameter that the document does not declare",
        ),
        pytest.param(
            exchange("getInstances", "/v2/workflows/instances?x=1", 200, {"items": 1}, sent=b"{}"),
            "BODY",
            id="a wrong body for a query parameter that the document does not declare",
        ),
    ],
)
def test_an_answer_is_compared_with_the_document(case: Exchange, aspect: str | None) -> None:
    assert [each.aspect for each in judge(CONTRACT, case)] == ([] if aspect is None else [aspect])


def test_a_text_body_must_be_utf_8() -> None:
    path = "/v2/workflows/a/source"
    right = exchange("getWorkflowSourceById", path, 200, b"id: a", content_type="text/plain")
    broken = exchange("getWorkflowSourceById", path, 200, b"\xff", content_type="text/plain")
    assert judge(CONTRACT, right) == ()
    assert [each.aspect for each in judge(CONTRACT, broken)] == ["BODY"]


def listed(*rows: Any, **more: Any) -> Exchange:
    answer = {"items": list(rows), **more}
    return exchange("getInstances", "/v2/workflows/instances", 200, answer)


def overviews(value: Any) -> Exchange:
    return exchange("getWorkflowsOverview", "/v2/workflows/overview", 200, value)


def name_causes(*cases: Exchange) -> set[str]:
    return {
        each.cause.removeprefix("the document allowed ") for case in cases for each in judge(CONTRACT, case)
    }


NODE = {"id": "n"}
ABORT = ("abortWorkflow", "/v2/workflows/instances/a/abort")
NULLS = "null in optional fields of ProcessInstanceDTO"


@pytest.mark.parametrize(
    ("cases", "causes"),
    [
        pytest.param(
            [listed(INSTANCE, INSTANCE | {"end": None, "error": None})], {NULLS}, id="several fields"
        ),
        pytest.param([listed(INSTANCE | {"nodes": [NODE | {"exit": None}]})], {NULLS}, id="in a step"),
        pytest.param(
            [listed(INSTANCE | {"end": None}), read(200, INSTANCE | {"end": None})],
            {NULLS},
            id="two operations",
        ),
        pytest.param(
            [listed(INSTANCE | {"nodes": None})],
            {"null in the required field nodes of ProcessInstanceDTO"},
            id="required",
        ),
        pytest.param(
            [
                overviews(
                    {"overviews": [{"workflowId": "a", "name": "a", "format": "json", "lastRunId": None}]}
                )
            ],
            {"null in optional fields of WorkflowOverviewDTO"},
            id="overview",
        ),
        pytest.param(
            [listed({"id": "a", "nodes": []}, {"id": "b", "nodes": []}), read(200, {"id": "a", "nodes": []})],
            {"ProcessInstanceDTO without processId"},
            id="a required field is missing everywhere",
        ),
        pytest.param(
            [listed({"nodes": []})],
            {"ProcessInstanceDTO without processId", "ProcessInstanceDTO without id"},
            id="two required fields are missing",
        ),
        pytest.param(
            [
                listed(INSTANCE | {"state": "Active"}, INSTANCE | {"state": "aborted"}),
                overviews(
                    {
                        "overviews": [
                            {"workflowId": "a", "name": "a", "format": "json", "lastRunStatus": "error"}
                        ]
                    }
                ),
            ],
            {"a value of ProcessInstanceStatusDTO in another case"},
            id="another case",
        ),
        pytest.param(
            [listed(INSTANCE | {"state": "DONE"})],
            {"a value of ProcessInstanceStatusDTO that it does not list"},
            id="unknown value",
        ),
        pytest.param(
            [listed(INSTANCE | {"state": "DONE", "end": None}, totalCount="1")],
            {
                "a value of ProcessInstanceStatusDTO that it does not list",
                NULLS,
                "string in place of integer in ProcessInstanceListResultDTO.totalCount",
            },
            id="three faults in one answer",
        ),
        pytest.param(
            [exchange("getInstances", "/v2/workflows/instances", 200, []), overviews([])],
            {"array in place of the object that an answer is (answers)"},
            id="a list in place of the object",
        ),
        pytest.param(
            [read(500, {"err": "text"}), overviews({"overviews": []}), read(500, NO_MESSAGE)],
            {"ErrorResponse without message"},
            id="errors of another shape",
        ),
        pytest.param(
            [
                read(500, b"<h1>no</h1>", content_type="text/html"),
                exchange("getInstances", "/v2/workflows/instances", 500, b"<p>", content_type="text/html"),
            ],
            {"errors with content type text/html in place of application/json"},
            id="errors as HTML",
        ),
        pytest.param(
            [exchange(*ABORT, 200, "aborted")],
            {"answers with content type application/json in place of text/plain"},
            id="text as JSON",
        ),
        pytest.param(
            [
                exchange(
                    "retriggerInstance", "/v2/workflows/a/b/retrigger", 200, b"", sent=b"{}", content_type=""
                )
            ],
            {"answers without a body"},
            id="no body",
        ),
        pytest.param(
            [read(200, INSTANCE | {"end": None}, content_type="text/plain")],
            {"answers with content type text/plain in place of application/json", NULLS},
            id="another content type, and a wrong body",
        ),
        pytest.param([read(200, b"{")], {"answers that are not JSON"}, id="not JSON"),
        pytest.param([read(501, {"message": "no"})], {"status 501"}, id="undocumented status"),
    ],
)
def test_each_cause_is_one_violation(cases: list[Exchange], causes: set[str]) -> None:
    assert name_causes(*cases) == causes


def test_an_answer_has_one_violation_of_each_cause() -> None:
    rows = [INSTANCE | {"end": None, "id": str(number)} for number in range(300)]
    assert len(judge(CONTRACT, listed(*rows))) == 1


def test_the_status_is_reported_with_the_message_of_the_answer() -> None:
    (violation,) = judge(CONTRACT, read(501, {"error": {"message": "the index is down"}}))
    assert violation.found == "status 501: the index is down"


@pytest.mark.parametrize(
    ("operation_id", "request_", "standing"),
    [
        ("getInstances", ("/v2/workflows/instances", b""), "allowed"),
        ("getInstances", ("/v2/workflows/instances", b"{}"), "allowed"),
        ("getInstances", ("/v2/workflows/instances", b'{"paginationInfo": {"pages": 1}}'), "forbidden"),
        ("getInstances", ("/v2/workflows/instances", b"[]"), "forbidden"),
        ("executeWorkflow", ("/v2/workflows/a/execute", b""), "forbidden"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs?rawlog=true", b""), "allowed"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs?rawlog=maybe", b""), "forbidden"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs?rawlog=true&rawlog=false", b""), "unclear"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs", b"{}"), "unclear"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs?rawlog=true&x=1", b""), "unclear"),
        ("getWorkflowLogById", ("/v2/workflows/instances/a/logs?rawlog=maybe&x", b""), "forbidden"),
        ("getInstances", ("/v2/workflows/instances?x=", b"{}"), "unclear"),
        ("getInstances", ("/v2/workflows/instances?x=", b"[]"), "forbidden"),
    ],
)
def test_a_request_is_compared_with_the_document(
    operation_id: str, request_: tuple[str, bytes], standing: str
) -> None:
    operation = CONTRACT.operations[operation_id]
    path, body = request_
    request = Request(operation.method, path, (JSON_TYPE,) if body else (), body)
    assert judge_request(CONTRACT, operation, request) == standing


def test_a_body_of_another_content_type_is_unclear() -> None:
    operation = CONTRACT.operations["getInstances"]
    request = Request("POST", operation.path, (("Content-Type", "text/plain"),), b"{}")
    assert judge_request(CONTRACT, operation, request) == "unclear"
