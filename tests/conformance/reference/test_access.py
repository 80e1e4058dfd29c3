from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from orchestrator_conformance.reference import ReferenceBackend, ReferenceSettings, create_reference_app

from ..support.reference_api import Api, make_api
from ..support.reference_rows import join, where, within

# Rejected requests, each with its status in the sensible error style.
REJECTED: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "unknown path": ("GET", "/v3/workflows", {}, 404),
    "unknown method": ("DELETE", "/v2/workflows/overview", {}, 405),
    "unknown workflow": ("GET", "/v2/workflows/nope/overview", {}, 404),
    "source of an unknown workflow": ("GET", "/v2/workflows/nope/source", {}, 404),
    "schema of an unknown workflow": ("GET", "/v2/workflows/nope/inputSchema", {}, 404),
    "ping of an unknown workflow": ("GET", "/v2/workflows/nope/pingWorkflowService", {}, 404),
    "execute an unknown workflow": ("POST", "/v2/workflows/nope/execute", {"json": {}}, 404),
    "unknown instance": ("GET", "/v2/workflows/instances/nope", {}, 404),
    "logs of an unknown instance": ("GET", "/v2/workflows/instances/nope/logs", {}, 404),
    "abort an unknown instance": ("DELETE", "/v2/workflows/instances/nope/abort", {}, 404),
    "retrigger an unknown instance": (
        "POST",
        "/v2/workflows/create-service/nope/retrigger",
        {"json": {}},
        404,
    ),
    "not JSON": (
        "POST",
        "/v2/workflows/instances",
        {"content": b"{", "headers": {"content-type": "application/json"}},
        400,
    ),
    "another content type": (
        "POST",
        "/v2/workflows/instances",
        {"content": b"<a/>", "headers": {"content-type": "text/xml"}},
        400,
    ),
    "no body": ("POST", "/v2/workflows/create-service/execute", {}, 400),
    "bad rawlog": ("GET", "/v2/workflows/instances/nope/logs", {"params": {"rawlog": "maybe"}}, 400),
    "unknown member of paging": (
        "POST",
        "/v2/workflows/instances",
        {"json": {"paginationInfo": {"page": 1}}},
        400,
    ),
    "negative page size": (
        "POST",
        "/v2/workflows/instances",
        {"json": {"paginationInfo": {"pageSize": -1}}},
        400,
    ),
    "fractional offset": (
        "POST",
        "/v2/workflows/overview",
        {"json": {"paginationInfo": {"offset": 0.5}}},
        400,
    ),
    "unknown sort key": (
        "POST",
        "/v2/workflows/overview",
        {"json": {"paginationInfo": {"orderBy": "x"}}},
        400,
    ),
    "unknown field": ("POST", "/v2/workflows/instances", {"json": {"filters": where("x", "EQ", "y")}}, 400),
    "operator of another type": (
        "POST",
        "/v2/workflows/instances",
        {"json": {"filters": where("id", "GT", "y")}},
        400,
    ),
    "filter of two kinds": (
        "POST",
        "/v2/workflows/instances",
        {
            "json": {
                "filters": join(
                    "AND", {**where("variables", "EQ", "x"), **within("variables", "targetEntity", "EQ", "x")}
                )
            }
        },
        400,
    ),
    "service down": ("GET", "/v2/workflows/migrate-repository/pingWorkflowService", {}, 500),
    "body too large": ("POST", "/v2/workflows/instances", {"content": b" " * 102_401}, 413),
}


@pytest.mark.parametrize("case", REJECTED)
@pytest.mark.parametrize("error_style", ["sensible", "documented"])
def test_a_rejected_request_has_an_error_response_in_the_error_style(error_style: str, case: str) -> None:
    method, path, request, sensible_status = REJECTED[case]
    answer = make_api(error_style=error_style).send(method, path, **request)
    assert answer.status_code == (sensible_status if error_style == "sensible" else 500)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["message"]


@pytest.mark.parametrize("error_style", ["sensible", "documented"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic s3cr3t"},
        {"Authorization": "s3cr3t"},
        {"Authorization": "Bearer é"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "path", ["/v2/workflows/instances/statuses", "/openapi.json", "/nope", "/health/more"]
)
def test_without_the_token_every_request_is_rejected(
    error_style: str, headers: dict[str, str], path: str
) -> None:
    sent = {name: value.encode() for name, value in headers.items()}
    answer = make_api(token="s3cr3t", error_style=error_style).send("GET", path, headers=sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["message"]
    assert "s3cr3t" not in answer.text


@pytest.mark.parametrize("token", ["s3cr3t", "pässword"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_with_the_token_requests_succeed(token: str, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {token}".encode()}
    answer = make_api(token=token).send("GET", "/v2/workflows/instances/statuses", headers=headers)
    assert answer.status_code == 200


def test_no_repr_contains_the_token() -> None:
    app = create_reference_app(ReferenceSettings(token="s3cr3t"))
    assert "s3cr3t" not in repr(ReferenceSettings(token="s3cr3t")) + repr(app.user_middleware)


@pytest.mark.parametrize("base_path", ["", "/", "/api/orchestrator", "api/v", "/deep/er/"])
@pytest.mark.parametrize("error_style", ["sensible", "documented"])
def test_the_health_check_requires_no_token_under_any_base_path(base_path: str, error_style: str) -> None:
    api = Api(create_reference_app(ReferenceSettings(base_path, "s3cr3t", error_style)), "")  # type: ignore[arg-type]
    prefix = f"/{base_path.strip('/')}".rstrip("/")
    assert api.send("GET", f"{prefix}/health").json() == {"status": "ok"}
    assert api.send("HEAD", f"{prefix}/health").status_code == 200
    headers = {"Authorization": "Bearer s3cr3t"}
    assert api.send("GET", f"{prefix}/v2/workflows/instances/statuses", headers=headers).status_code == 200
    assert api.send("GET", "/elsewhere/health").status_code == 401


def test_a_body_up_to_the_limit_is_accepted() -> None:
    api = make_api(body_limit=20)
    headers = {"content-type": "application/json"}
    for size, status in ((20, 200), (21, 413)):
        content = b"{}".ljust(size)
        assert (
            api.send("POST", "/v2/workflows/instances", content=content, headers=headers).status_code
            == status
        )


def test_the_limit_applies_to_a_body_without_content_length() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b" " * 1_000

    assert make_api().send("POST", "/v2/workflows/instances", content=pieces()).status_code == 413


class BackendThatAbortsNothing(ReferenceBackend):
    async def abort_workflow(self, instance_id: str) -> str:
        return "aborted"


def test_a_variant_can_override_one_method() -> None:
    api = make_api(BackendThatAbortsNothing())
    instance_id = api.execute("request-access")
    assert api.send("DELETE", f"/v2/workflows/instances/{instance_id}/abort").text == "aborted"
    assert api.instance(instance_id)["state"] == "ACTIVE"


def test_settings_that_differ_from_those_of_the_backend_are_an_error() -> None:
    settings = ReferenceSettings(base_path="/x")
    assert create_reference_app(settings, backend=ReferenceBackend(settings))
    with pytest.raises(ValueError, match="other settings"):
        create_reference_app(settings, backend=ReferenceBackend())
