"""Hostile requests: none makes the stubs fail, and every error response has the shape of the document."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError
from starlette.types import Message

from ..support.calling import CannedHandlers, send_request
from ..support.server_answers import read_message

EXECUTE = "/v2/workflows/w/execute"
SEARCH = "/v2/workflows/instances"
HUGE = "9" * 5000
STARTED = models.ExecuteWorkflowResponseDTO(id="i")

# A body of the execute operation, and a part of the error message.
BODIES: list[tuple[bytes, str]] = [
    (b"{", "Invalid JSON"),
    (b"\x00", "Invalid JSON"),
    (b"\xef\xbb\xbf{}", "Invalid JSON"),
    ('{"targetEntity": "é"}'.encode("utf-16"), "Invalid JSON"),
    (b'{"targetEntity": "\xff"}', "Invalid JSON"),
    (b'{"targetEntity": "\\ud800"}', "Invalid JSON"),
    (b'{"inputData": {"\\udfff": 1}}', "Invalid JSON"),
    (b'{"targetEntity": "a", "targetEntity": "b"}', "a duplicate key"),
    (b'{"targetEntity": "a", "target\\u0045ntity": "b"}', "a duplicate key"),
    (b'{"inputData": {"a": [{"b": 1, "c": 2, "b": 3}]}}', "a duplicate key"),
    (b'{"inputData": ' + b'{"a":' * 150 + b"1" + b"}" * 150 + b', "inputData": {}}', "a duplicate key"),
    (b'{"inputData": ' + b"[" * 100_000, "body"),
    (b'{"inputData": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", "body"),
    (b'{"inputData": {"a": -Infinity}}', "Invalid JSON"),
    (f'{{"targetEntity": {HUGE}}}'.encode(), "body"),
    (b'{"targetEntity": ' + b"9" * 400 + b"}", "targetEntity"),
    (b'{"inputData": {}} {}', "Invalid JSON"),
    (b"[]", "body"),
    (b'{"authTokens": [{"provider": "p", "token": 5}]}', "authTokens.0.token"),
]


@pytest.mark.parametrize(("body", "named"), BODIES, ids=lambda value: str(value)[:40])
def test_an_invalid_body_is_rejected(body: bytes, named: str) -> None:
    canned = CannedHandlers(execute_workflow=STARTED)
    headers = {"Content-Type": "application/json"}
    response = send_request(canned.app(), "POST", EXECUTE, content=body, headers=headers)
    assert (response.status_code, canned.calls) == (400, [])
    assert named in read_message(response)


@pytest.mark.parametrize(
    "body",
    [
        b'{"inputData": {"a": {"x": 1}, "b": {"x": 1}, "X": "x", "x": ["x", "x"]}}',
        b'{"inputData": {"a": "\\"a\\": 1, \\"a\\": 2"}}',
        b'{"inputData": {"a": "\\ud83d\\ude00", "b": "\\u0000"}}',
        f'{{"inputData": {{"a": {HUGE[:4000]}, "b": 1e300}}}}'.encode(),
        b'{"inputData": {"NaN": "Infinity"}}',
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_unusual_but_valid_body_is_accepted(body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = send_request(
        CannedHandlers(execute_workflow=STARTED).app(), "POST", EXECUTE, content=body, headers=headers
    )
    assert (response.status_code, response.text) == (200, '{"id":"i"}')


def test_very_long_numbers_in_an_invalid_body_are_rejected() -> None:
    body = f'{{"paginationInfo": {{"offset": "x", "pageSize": {HUGE}}}}}'.encode()
    canned = CannedHandlers(get_instances=None)
    response = send_request(
        canned.app(), "POST", SEARCH, content=body, headers={"Content-Type": "application/json"}
    )
    assert (response.status_code, canned.calls) == (400, [])
    assert read_message(response).startswith("body: ")


def test_the_error_for_a_long_request_is_short() -> None:
    body = json.dumps({"authTokens": [{"k" * 100_000: 1}]}).encode()
    headers = {"Content-Type": "application/json"}
    response = send_request(CannedHandlers().app(), "POST", EXECUTE, content=body, headers=headers)
    assert response.status_code == 400
    assert len(read_message(response)) <= 2000


def exchange(app: Any, messages: list[Message], **scope: Any) -> list[Message]:
    """Send an ASGI request with `scope` and only the `messages`; return the messages of the application."""
    sent: list[Message] = []
    whole = {
        **{
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
        },
        **{
            "path": EXECUTE,
            "raw_path": EXECUTE.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [],
        },
        **{"client": ("127.0.0.1", 1), "server": ("test", 80)},
        **scope,
    }

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(whole, receive, send))
    return sent


@pytest.mark.parametrize(
    "messages",
    [
        [{"type": "http.disconnect"}],
        [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}],
    ],
)
@pytest.mark.parametrize("status", [499])
def test_a_client_may_disconnect_while_sending(
    messages: list[Message], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "orchestrator_v2.access")
    canned = CannedHandlers(execute_workflow=STARTED)
    assert exchange(canned.app(), messages) == []
    assert canned.calls == []
    assert [vars(each)["status"] for each in caplog.records if each.name.endswith(".access")] == [status]


def test_a_client_may_disconnect_before_the_response() -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise BrokenPipeError

    scope = {"type": "http", "method": "GET", "path": "/health", "headers": [], "query_string": b""}
    asyncio.run(CannedHandlers().app()(scope, receive, send))


def test_a_websocket_is_rejected() -> None:
    sent = exchange(CannedHandlers().app(), [{"type": "websocket.connect"}], type="websocket")
    assert [each["type"] for each in sent] == ["websocket.close"]


@pytest.mark.parametrize(
    ("method", "path", "status", "length"),
    [
        ("HEAD", "/v2/workflows/w/source", 200, "5"),
        ("HEAD", "/nowhere", 404, "24"),
        ("HEAD", EXECUTE, 405, "33"),
        ("OPTIONS", EXECUTE, 405, "33"),
        ("OPTIONS", "*", 404, "24"),
        ("TRACE", "/health", 405, "33"),
        ("QUERY\n", "/nowhere", 404, "24"),
    ],
)
def test_every_method_gets_a_response(method: str, path: str, status: int, length: str) -> None:
    canned = CannedHandlers(get_workflow_source_by_id="id: w")
    start, body = exchange(canned.app(), [], method=method, path=path, raw_path=path.encode())
    headers = dict(start["headers"])
    assert (start["status"], headers[b"content-length"].decode()) == (status, length)
    assert len(body["body"]) == (0 if method == "HEAD" else int(length))
    assert (b"allow" in headers) == (status == 405)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v2/workflows/%ED%A0%80/source", b""),
        ("/v2/workflows/%C0%AF/source", b""),
        ("/v2/workflows/\udcff/source", b""),
        ("/v2/workflows/w/inputSchema", b"instanceId=%ED%A0%80"),
        ("/v2/workflows/w/inputSchema", b"instanceId=\xff"),
        ("/v2/workflows/instances/i/logs", b"rawlog=" + HUGE.encode()),
        ("/v2/workflows/instances/i/logs", b"rawlog=" + b"[" * 100_000),
    ],
)
def test_an_invalid_parameter_is_rejected(path: str, query: bytes) -> None:
    canned = CannedHandlers(
        get_workflow_source_by_id="", get_workflow_input_schema_by_id=None, get_workflow_log_by_id=None
    )
    start, body = exchange(
        canned.app(),
        [],
        method="GET",
        path=path,
        raw_path=path.encode("utf-8", "surrogateescape"),
        query_string=query,
    )
    assert (start["status"], canned.calls) == (400, [])
    assert list(json.loads(body["body"])) == ["message"]


def test_a_lone_surrogate_in_an_error_message_becomes_a_question_mark() -> None:
    response = send_request(
        CannedHandlers(get_workflow_source_by_id=HTTPError(404, "a\ud800")).app(),
        "GET",
        "/v2/workflows/w/source",
    )
    assert read_message(response) == "a?"
