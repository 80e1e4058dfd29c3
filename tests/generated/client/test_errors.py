"""The exceptions of every client method: `ApiError`, `DecodeError` and `TransportError`."""

from __future__ import annotations

import json
import pickle
import re
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from orchestrator_v2 import ApiError, ClientError, DecodeError, TransportError, models
from orchestrator_v2.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    ServerError,
    TooManyRequests,
    Unauthorized,
    UnprocessableContent,
)

from ..models.test_examples import fill_arguments
from ..support.calling import URL, Call, Wire, both_clients
from ..support.document import OPERATIONS

# The operationId of each method.
METHODS = {
    re.sub(r"(?=[A-Z])", "_", operation_id).lower(): operation_id for operation_id in sorted(OPERATIONS)
}
JSON = "application/json"
HTML = "text/html; charset=utf-8"
LOGIN = b"<!doctype html>\n<title>Sign in</title>"

# Status, content type, body, the message of the typed error or None, and a part of the exception's message.
REFUSALS: list[tuple[int, str, bytes, str | None, str]] = [
    (401, JSON, b'{"err": "token has expired"}', None, "token has expired"),
    (401, HTML, LOGIN, None, "<!doctype html> <title>Sign in</title>"),
    (403, JSON, b'{"error": {"name": "NotAllowedError"}, "request": {}}', None, "NotAllowedError"),
    (403, "", b"", None, "Forbidden"),
    (404, JSON, b'{"message": "no such workflow"}', "no such workflow", "no such workflow"),
    (404, HTML, b"<h1>Not here</h1>", None, "<h1>Not here</h1>"),
    (413, JSON, b'{"err": [{"message": "too large"}]}', None, "too large"),
    (413, HTML, b"<h1>Too large</h1>", None, "<h1>Too large</h1>"),
    (500, JSON, b'{"message": "index is down", "trace": "t-1"}', "index is down", "index is down"),
    (500, HTML, b"<h1>Oops</h1>", None, "<h1>Oops</h1>"),
    (500, "", b"", None, "Internal Server Error"),
    (500, JSON, b'{"message": {"text": "no"}}', None, '{"message": {"text": "no"}}'),
    (500, JSON, b'{"additionalInfo": "no message"}', None, "no message"),
    (500, JSON, b'["message"]', None, "message"),
    (500, JSON, b'{"message": "cut of', None, '{"message": "cut of'),
    (502, "text/plain", b"bad gateway", None, "bad gateway"),
]


@both_clients
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("status", "content_type", "body", "message", "expected"), REFUSALS)
def test_every_method_raises_an_api_error_for_an_error_response(
    call: Call, method: str, status: int, content_type: str, body: bytes, message: str | None, expected: str
) -> None:
    wire = Wire(status, content=body, headers={"Content-Type": content_type} if content_type else {})
    with pytest.raises(ApiError) as raised:
        call(wire, method, fill_arguments(method))
    error = raised.value
    asked = (METHODS[method], wire.request.method, str(wire.request.url))
    assert (error.operation_id, error.method, error.url) == asked
    assert (error.status, error.body) == (status, body)
    if message is None:
        assert error.error is None
    else:
        assert isinstance(error.error, models.ErrorResponse)
        assert error.error.message == message
        assert error.error.model_dump(by_alias=True, exclude_unset=True) == json.loads(body)
    assert str(error).startswith(f"{asked[0]}: {asked[1]} {asked[2]} answered {status}: ")
    assert expected in str(error)


@both_clients
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (413, PayloadTooLarge),
        (422, UnprocessableContent),
        (429, TooManyRequests),
        (500, ServerError),
        (501, ServerError),
        (504, ServerError),
        (599, ServerError),
        (302, ApiError),
        (418, ApiError),
        (202, ApiError),
    ],
)
def test_each_status_has_its_exception(call: Call, status: int, kind: type[ApiError]) -> None:
    with pytest.raises(ApiError) as raised:
        call(Wire(status, json={"message": "no"}), "get_instances")
    assert type(raised.value) is kind
    assert raised.value.status == status


@both_clients
def test_a_token_that_the_backend_repeats_is_redacted(call: Call) -> None:
    wire = Wire(401, json={"err": "bad token s3cr3t of today"})
    with pytest.raises(Unauthorized) as raised:
        call(wire, "get_instances", auth="s3cr3t")
    assert raised.value.reason == "bad token *** of today"
    assert "s3cr3t" not in repr(raised.value)


@both_clients
def test_the_url_of_an_error_has_no_query(call: Call) -> None:
    wire = Wire(500, json={"message": "no"})
    arguments = {"workflow_id": "greet", "instance_id": "i-1"}
    with pytest.raises(ApiError) as raised:
        call(wire, "get_workflow_input_schema_by_id", arguments)
    assert wire.request.url.query == b"instanceId=i-1"
    assert raised.value.url == f"{URL}/v2/workflows/greet/inputSchema"


@both_clients
@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "utf-16", "unknown", "base64"])
def test_an_error_with_any_charset_is_an_api_error(call: Call, charset: str) -> None:
    wire = Wire(502, content=b"<h1>Oops</h1>", headers={"Content-Type": f"text/html; charset={charset}"})
    with pytest.raises(ApiError) as raised:
        call(wire, "get_instances")
    assert (raised.value.status, raised.value.body) == (502, b"<h1>Oops</h1>")


@both_clients
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (HTML, LOGIN),
        (HTML, b"{}"),
        ("", b"{}"),
        (JSON, b"5"),
        (JSON, b'{"workflowId": '),
        (JSON, b""),
        ("text/plain", b"\xff\xfe"),
    ],
)
def test_every_method_raises_a_decode_error_for_an_invalid_success(
    call: Call, method: str, content_type: str, body: bytes
) -> None:
    wire = Wire(200, content=body, headers={"Content-Type": content_type} if content_type else {})
    with pytest.raises(DecodeError) as raised:
        call(wire, method, fill_arguments(method))
    error = raised.value
    assert (error.operation_id, error.status, error.body) == (METHODS[method], 200, body)
    assert error.reason
    assert str(error).endswith(f"answered 200: {error.reason}")


@both_clients
@pytest.mark.parametrize(
    ("method", "body", "where"),
    [
        ("get_instances", {"items": [{"id": "i", "processId": "p"}]}, "items.0.nodes: "),
        ("get_instances", {"items": [{"id": "i", "nodes": [{}]}]}, "items.0.processId: "),
        ("get_instances", {"paginationInfo": {"page": 1}}, "paginationInfo.page: "),
        ("get_workflows_overview", {"overviews": [{"workflowId": "w"}]}, "overviews.0.format: "),
        ("get_workflow_statuses", [{"key": "Active"}, {"key": 5}], "1.key: "),
        ("execute_workflow", {}, "id: "),
        ("get_workflow_log_by_id", {"logs": {}}, "logs: "),
        ("retrigger_instance", [], "value: "),
    ],
)
def test_a_decode_error_names_the_location(call: Call, method: str, body: Any, where: str) -> None:
    with pytest.raises(DecodeError) as raised:
        call(Wire(200, json=body), method, fill_arguments(method))
    assert where in raised.value.reason


@both_clients
def test_nan_and_infinity_are_a_decode_error(call: Call) -> None:
    wire = Wire(200, content=b'{"logs": [NaN, -Infinity]}', headers={"Content-Type": JSON})
    with pytest.raises(DecodeError):
        call(wire, "get_workflow_log_by_id", {"instance_id": "i"})


@both_clients
@pytest.mark.parametrize(
    ("kind", "raises"),
    [
        (httpx.ConnectError, TransportError),
        (httpx.ConnectTimeout, RequestTimeout),
        (httpx.ReadTimeout, RequestTimeout),
        (httpx.ReadError, TransportError),
        (httpx.RemoteProtocolError, TransportError),
        (httpx.DecodingError, TransportError),
    ],
)
def test_a_transport_error_names_its_operation(
    call: Call, kind: type[httpx.RequestError], raises: type[TransportError]
) -> None:
    failure = kind("the network\nis down")

    def fail(request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(TransportError) as raised:
        call(httpx.MockTransport(fail), "get_instances")
    error = raised.value
    assert (type(error), error.__cause__, error.status) == (raises, failure, None)
    assert (error.operation_id, error.request.method) == ("getInstances", "POST")
    url = f"{URL}/v2/workflows/instances"
    assert str(error) == f"getInstances: POST {url} got no answer: {kind.__name__}: the network is down"


@both_clients
def test_a_bug_in_a_transport_is_not_a_transport_error(call: Call) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        call(httpx.MockTransport(fail), "get_instances")


class CutOff(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body whose connection breaks after its first bytes."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"items": '
        raise httpx.ReadError("connection reset")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


@both_clients
@pytest.mark.parametrize("status", [200, 500])
def test_a_truncated_response_is_a_transport_error(call: Call, status: int) -> None:
    wire = Wire(status, stream=CutOff(), headers={"Content-Type": JSON})
    with pytest.raises(TransportError, match="ReadError: connection reset"):
        call(wire, "get_instances")


@both_clients
def test_a_refused_connection_is_a_transport_error(call: Call) -> None:
    with socket.socket() as deaf:
        # Bound but not listening: no other process can use the port, and connections are refused.
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(TransportError, match="ConnectError"):
            call(None, "get_instances", base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}")


@both_clients
@pytest.mark.parametrize(
    "wire", [Wire(500, json={"message": "down"}), Wire(200, text="no")], ids=["500", "200"]
)
def test_an_error_can_be_pickled(call: Call, wire: Wire) -> None:
    with pytest.raises(ClientError) as raised:
        call(wire, "get_instances")
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is type(raised.value)
    assert (str(again), again.status, again.body) == (
        str(raised.value),
        raised.value.status,
        raised.value.body,
    )
