"""Authentication, the body limit, request ids and the access log of the server stubs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest
from orchestrator_v2 import models
from orchestrator_v2.server import Handlers, HTTPError, create_app, request_context
from starlette.requests import Request

from ..support.calling import CannedHandlers, send_request
from ..support.server_answers import read_message

SOURCE = "/v2/workflows/w/source"
SEARCH = "/v2/workflows/instances"
JSON = {"Content-Type": "application/json"}
TOKEN = {"Authorization": "Bearer hunter2"}


def make_handlers() -> CannedHandlers:
    return CannedHandlers(
        get_workflow_source_by_id="id: w", get_instances=models.ProcessInstanceListResultDTO()
    )


def require_token(request: Request) -> str:
    if "authorization" not in request.headers:
        raise HTTPError(401, "who are you?", {"WWW-Authenticate": 'Bearer realm="orchestrator"'})
    if request.headers["authorization"] != TOKEN["Authorization"]:
        raise HTTPError(403, f"not you, in {request_context().operation_id}")
    return "user:default/me"


async def require_token_async(request: Request) -> str:
    return require_token(request)


@pytest.mark.parametrize("authenticate", [require_token, require_token_async])
@pytest.mark.parametrize(
    ("line", "headers", "status", "message"),
    [
        (f"GET {SOURCE}", {}, 401, "who are you?"),
        (f"GET {SOURCE}", {"Authorization": "Bearer guess"}, 403, "not you, in getWorkflowSourceById"),
        ("GET /nowhere", {}, 401, "who are you?"),
        ("GET /nowhere", {"Authorization": "x"}, 403, "not you, in None"),
        ("GET /nowhere", TOKEN, 404, "Not Found"),
        (f"DELETE {SEARCH}", {}, 401, "who are you?"),
        (f"DELETE {SEARCH}", TOKEN, 405, "Method Not Allowed"),
        ("GET /openapi.json", {}, 401, "who are you?"),
        ("POST /health", {}, 401, "who are you?"),
    ],
)
def test_unauthenticated_requests_are_rejected(
    authenticate: Callable[[Request], Any], line: str, headers: dict[str, str], status: int, message: str
) -> None:
    canned = make_handlers()
    response = send_request(canned.app(authenticate=authenticate), *line.split(" "), headers=headers)
    assert (response.status_code, read_message(response), canned.calls) == (status, message, [])
    wanted = 'Bearer realm="orchestrator"' if status == 401 else None
    assert response.headers.get("www-authenticate") == wanted


@pytest.mark.parametrize("authenticate", [require_token, require_token_async])
def test_authenticated_requests_are_answered(authenticate: Callable[[Request], Any]) -> None:
    app = make_handlers().app(authenticate=authenticate)
    assert send_request(app, "GET", SOURCE, headers=TOKEN).text == "id: w"
    assert send_request(app, "GET", "/openapi.json", headers=TOKEN).status_code == 200


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_health_checks_need_no_credentials(path: str) -> None:
    app = make_handlers().app("/api", authenticate=require_token)
    assert send_request(app, "GET", f"/api{path}").status_code == 200
    assert send_request(app, "GET", path).status_code == 401


def test_a_401_always_has_www_authenticate() -> None:
    def authenticate(request: Request) -> None:
        raise HTTPError(401, "no")

    assert (
        send_request(make_handlers().app(authenticate=authenticate), "GET", SOURCE).headers[
            "www-authenticate"
        ]
        == "Bearer"
    )


def test_an_exception_in_authenticate_is_a_logged_500(caplog: pytest.LogCaptureFixture) -> None:
    async def authenticate(request: Request) -> None:
        raise OSError("hunter2")

    response = send_request(make_handlers().app(authenticate=authenticate), "GET", SOURCE)
    assert (response.status_code, read_message(response)) == (500, "internal server error")
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [
        "getWorkflowSourceById: the request failed"
    ]


async def send_in_chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size):
        yield b" "


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (lambda: b"{}".ljust(20), 200),
        (lambda: b"{}".ljust(21), 413),
        (lambda: send_in_chunks(20), 400),
        (lambda: send_in_chunks(1_000_000), 413),
    ],
)
def test_a_body_is_read_up_to_the_limit(content: Callable[[], Any], status: int) -> None:
    canned = make_handlers()
    response = send_request(canned.app(body_limit=20), "POST", SEARCH, content=content(), headers=JSON)
    assert (response.status_code, len(canned.calls)) == (status, int(status == 200))
    if status == 413:
        assert read_message(response) == "the body is larger than the limit of 20 bytes"


def test_a_too_large_content_length_is_rejected_before_reading() -> None:
    for announced in ("21", "9" * 5000):
        headers = {**JSON, "Content-Length": announced}
        response = send_request(
            make_handlers().app(body_limit=20), "POST", SEARCH, content=b"{}", headers=headers
        )
        assert response.status_code == 413


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("abc-123", True),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", True),
        ("a" * 128, True),
        ("a" * 129, False),
        ("", False),
        ("a b", False),
        ("<script>", False),
        ("é", False),
    ],
)
@pytest.mark.parametrize("path", [SOURCE, "/nowhere", "/health"])
def test_a_valid_request_id_is_returned(path: str, sent: str, kept: bool) -> None:
    response = send_request(make_handlers().app(), "GET", path, headers={"X-Request-ID": sent.encode()})
    found = response.headers["x-request-id"]
    assert (found == sent) == kept
    assert found.isascii()
    assert len(found) >= 7


def test_every_request_gets_a_unique_id() -> None:
    app = make_handlers().app()
    assert len({send_request(app, "GET", SOURCE).headers["x-request-id"] for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "GET /api/v2/workflows/s3cr3t/source?token=s3cr3t",
            ("getWorkflowSourceById", "GET", "/api/v2/workflows/{workflowId}/source", 200, "user:default/me"),
        ),
        ("GET /api/s3cr3t", (None, "GET", None, 404, "user:default/me")),
        ("GET /api/health", (None, "GET", "/api/health", 200, None)),
        ("PUT /api/v2/workflows/s3cr3t/source", (None, "PUT", None, 405, "user:default/me")),
    ],
)
def test_the_access_log_has_one_record_per_request(
    line: str, expected: tuple[Any, ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "orchestrator_v2.access")
    app = make_handlers().app("/api", authenticate=require_token)
    response = send_request(app, *line.split(" "), headers={**TOKEN, "X-Request-ID": "r1"})
    (record,) = [each for each in caplog.records if each.name == "orchestrator_v2.access"]
    fields = vars(record)
    names = ("operation_id", "method", "path_template", "status", "principal")
    assert tuple(fields[name] for name in names) == expected
    assert (fields["request_id"], fields["status"]) == ("r1", response.status_code)
    assert fields["duration_ms"] >= 0
    assert "hunter2" not in str(fields)
    assert "s3cr3t" not in str(fields)


def test_a_principal_that_is_not_a_string_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "orchestrator_v2.access")

    async def authenticate(request: Request) -> dict[str, str]:
        return {"token": "hunter2"}

    send_request(make_handlers().app(authenticate=authenticate), "GET", SOURCE)
    assert [vars(each)["principal"] for each in caplog.records if each.name.endswith(".access")] == [None]


def test_the_access_log_can_be_switched_off(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "orchestrator_v2.access")
    send_request(make_handlers().app(), "GET", SOURCE)
    assert [each for each in caplog.records if each.name.endswith(".access")] == []


@pytest.mark.parametrize("headers", [{"X-A": "a\r\nb"}, {"X-A\n": "a"}, {"X-A": "é"}])
def test_an_http_error_accepts_only_ascii_headers(headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        HTTPError(400, "no", headers)


@pytest.mark.parametrize("options", [{"validate_answers": "Raise"}, {"body_limit": -1}, {"grace": -0.5}])
def test_invalid_app_options_are_rejected(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        make_handlers().app(**options)


def test_a_class_as_handler_is_rejected() -> None:
    with pytest.raises(TypeError, match="pass Handlers"):
        create_app(cast("Handlers", Handlers))


def test_an_application_without_handlers_answers_501() -> None:
    assert send_request(create_app(), "GET", SOURCE).status_code == 501
