"""Tokens, secret headers and passwords are sent to the backend, and appear nowhere else."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from orchestrator_v2 import ApiError, AsyncClient, Client, ClientError, DecodeError, models

from ..support.calling import Call, CannedHandlers, Wire, both_clients, send_request

SECRET = "hunter2"
BODY = models.ExecuteWorkflowRequestDTO(auth_tokens=[models.AuthToken(provider="github", token=SECRET)])
EXECUTE: tuple[str, dict[str, Any]] = ("execute_workflow", {"workflow_id": "greet", "body": BODY})
GIVEN: dict[str, Any] = {"auth": SECRET, "headers": {"X-Api-Key": SECRET, "Cookie": f"session={SECRET}"}}


def show_frames(trace: TracebackType | None) -> str:
    """Return every local variable in the frames of the package, as a debugger or crash reporter sees them."""
    frames = [
        frame for frame, _ in traceback.walk_tb(trace) if "/orchestrator_v2/" in frame.f_code.co_filename
    ]
    assert frames
    return "\n".join(f"{name} = {value!r}" for frame in frames for name, value in frame.f_locals.items())


@pytest.mark.parametrize("client_class", [Client, AsyncClient])
def test_repr_of_a_client_has_no_secret(client_class: type[Client] | type[AsyncClient]) -> None:
    client = client_class(f"http://user:{SECRET}@host.test/api", auth=SECRET, headers={"X-Api-Key": SECRET})
    assert repr(client) == f"{client_class.__name__}(URL('http://host.test/api'))"
    assert str(client) == repr(client)


@both_clients
@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (Wire(401, json={"err": "no"}), ApiError),
        (Wire(500, json={"message": "no"}), ApiError),
        (Wire(200, json={}), DecodeError),
        (Wire(200, text="no"), DecodeError),
    ],
    ids=["401", "500", "no id", "no JSON"],
)
def test_an_exception_has_no_secret(
    call: Call, wire: Wire, expected: type[ClientError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(expected) as raised:
        call(wire, *EXECUTE, **GIVEN)
    assert SECRET in wire.requests[-1].headers["authorization"]
    assert SECRET.encode() in wire.requests[-1].content
    shown = [str(raised.value), repr(raised.value), raised.value.url, show_frames(raised.tb), caplog.text]
    assert [text for text in shown if SECRET in text] == []


@both_clients
def test_a_password_in_the_base_url_is_sent_but_not_shown(call: Call) -> None:
    wire = Wire(500, json={"message": "no"})
    with pytest.raises(ApiError) as raised:
        call(wire, "get_instances", base_url=f"http://user:{SECRET}@host.test/api")
    assert wire.request.headers["authorization"] == "Basic dXNlcjpodW50ZXIy"
    assert raised.value.url == "http://host.test/api/v2/workflows/instances"
    assert SECRET not in str(raised.value)


@both_clients
def test_a_token_overrides_a_password_in_the_base_url(call: Call) -> None:
    wire = Wire(json={"items": []})
    call(wire, "get_instances", base_url="http://user:password@host.test", auth="abc")
    assert wire.request.headers["authorization"] == "Bearer abc"


@pytest.mark.parametrize("base_url", [f"ftp://user:{SECRET}@host.test", f"http://user:{SECRET}@host.test?a"])
def test_the_error_for_an_invalid_base_url_omits_the_password(base_url: str) -> None:
    with pytest.raises(ValueError, match="base_url") as raised:
        Client(base_url)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("client_class", [Client, AsyncClient])
@pytest.mark.parametrize(
    "options",
    [
        # As read from a file, with its newline. The HTTP library would quote it in its own exception.
        {"auth": f"{SECRET}\n"},
        {"auth": f"{SECRET}\r\nX-Other: a"},
        {"auth": f"{SECRET}\u00fc"},
        {"headers": {"X-Api-Key": f"{SECRET}\n"}},
    ],
    ids=["token with newline", "token with two lines", "token with non-ASCII", "header with newline"],
)
def test_an_invalid_secret_is_rejected_without_being_shown(
    client_class: type[Client] | type[AsyncClient], options: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"token|[Hh]eader|X-Api-Key") as raised:
        client_class("http://host.test", **options)
    assert SECRET not in str(raised.value)
    assert SECRET not in repr(raised.value)


@pytest.mark.parametrize("show", [repr, str, "{0!r}".format, "{0}".format])
def test_repr_of_a_model_redacts_tokens(show: Any) -> None:
    shown = show(BODY)
    assert SECRET not in shown
    assert "provider='github'" in shown


def test_a_validation_error_omits_the_input() -> None:
    with pytest.raises(ValueError, match="provider") as raised:
        models.AuthToken.model_validate({"token": SECRET})
    assert SECRET not in str(raised.value)
    with pytest.raises(ValueError, match="token") as raised:
        models.AuthToken.model_validate({"provider": "github", "token": [SECRET]})
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    ("answer", "body", "status"),
    [
        (models.ExecuteWorkflowResponseDTO(id="i"), {"authTokens": [{"token": SECRET}]}, 400),
        (models.ExecuteWorkflowResponseDTO(id="i"), {"authTokens": [{"provider": [SECRET]}]}, 400),
        (models.ExecuteWorkflowResponseDTO(id="i"), {"authTokens": SECRET}, 400),
        ({"id": [SECRET]}, {}, 500),
        (models.ExecuteWorkflowResponseDTO.model_construct(id=[SECRET]), {}, 500),
    ],
)
def test_the_stubs_neither_return_nor_log_an_invalid_value(
    caplog: pytest.LogCaptureFixture, answer: Any, body: dict[str, Any], status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    response = send_request(
        CannedHandlers(execute_workflow=answer).app(), "POST", "/v2/workflows/greet/execute", json=body
    )
    assert response.status_code == status
    assert SECRET not in response.text
    assert SECRET not in caplog.text


@both_clients
def test_the_callers_headers_are_not_modified(call: Call) -> None:
    headers = httpx.Headers({"X-Api-Key": SECRET})
    call(Wire(json={"items": []}), "get_instances", headers=headers, auth="abc")
    assert dict(headers) == {"x-api-key": SECRET}


def fail(request: httpx.Request) -> httpx.Response:
    raise httpx.RemoteProtocolError(f"illegal header line: {SECRET}")


@both_clients
@pytest.mark.parametrize("auth", [SECRET, lambda: SECRET], ids=["token", "source"])
@pytest.mark.parametrize(
    ("transport", "arguments", "expected"),
    [
        (httpx.MockTransport(fail), {}, "RemoteProtocolError: illegal header line: \\*\\*\\*"),
        (Wire(401, text=f"no {SECRET}"), {}, "answered 401: no \\*\\*\\*"),
        (Wire(200, headers={"Content-Type": SECRET}), {}, "got \\*\\*\\*"),
        (Wire(), {"timeout": 0}, "timeout must be more than 0"),
        (Wire(), {"workflow_id": ""}, "workflow_id: must not be empty"),
    ],
    ids=["broken", "401", "200", "timeout", "path"],
)
def test_no_traceback_frame_or_cause_has_a_secret(
    call: Call, auth: Any, transport: Any, arguments: dict[str, Any], expected: str
) -> None:
    method, usual = EXECUTE
    with pytest.raises((ClientError, ValueError), match=expected) as raised:
        call(transport, method, {**usual, **arguments}, **{**GIVEN, "auth": auth})
    frames = [each for each in show_frames(raised.tb).splitlines() if SECRET in each]
    assert frames == []
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


@both_clients
@pytest.mark.parametrize("name", ["Cookie", "X-Api-Key", "X-Auth", "Private-Token", "X-Session-Id"])
def test_headers_with_secret_names_are_redacted(call: Call, name: str) -> None:
    wire = Wire(400, json={"err": f"{name} {SECRET} has expired"})
    with pytest.raises(ApiError) as raised:
        call(wire, "get_instances", headers={name: f"a={SECRET}; b=1", "X-Tenant": "expired"})
    assert raised.value.reason == f"{name} *** has expired"


@pytest.mark.parametrize("token", ['a "quoted" one', "a/b+c=d?e", "line\nend"])
def test_a_token_in_the_body_is_redacted_in_every_encoding(token: str) -> None:
    body = models.ExecuteWorkflowRequestDTO(auth_tokens=[models.AuthToken(provider="p", token=token)])
    for text in (token, json.dumps(token), quote(token, safe="")):
        client = Client("http://a.test", transport=Wire(500, text=f"<p>{text}</p>"))
        with pytest.raises(ApiError) as raised:
            client.execute_workflow("w", body)
        assert "***" in raised.value.reason
        assert token not in raised.value.reason
        assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)
