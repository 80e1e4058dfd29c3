"""Two users: the first sees every instance, the second only the instances that they started."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from orchestrator_conformance.reference import ReferenceSettings

from ..support.reference_api import INPUTS, Api, make_api

OTHER = ReferenceSettings().other_initiator


@pytest.fixture
def api() -> Api:
    return make_api(token="first", other_token="second")


def ask(api: Api, token: str, method: str, path: str, **request: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return api.send(method, f"/v2/workflows{path}", headers=headers, **request)


def start(api: Api, token: str, workflow_id: str) -> str:
    answer = ask(api, token, "POST", f"/{workflow_id}/execute", json={"inputData": INPUTS[workflow_id]})
    instance_id: str = answer.json()["id"]
    return instance_id


def test_the_second_user_sees_no_sample_instances(api: Api) -> None:
    assert ask(api, "second", "POST", "/instances", json={}).json()["totalCount"] == 0
    assert ask(api, "first", "POST", "/instances", json={}).json()["totalCount"] > 0


def test_each_user_sees_the_permitted_instances(api: Api) -> None:
    own, others = start(api, "second", "refresh-search-index"), start(api, "first", "refresh-search-index")
    seen = ask(api, "second", "POST", "/instances", json={}).json()["items"]
    assert [(each["id"], each["initiatorEntity"]) for each in seen] == [(own, OTHER)]
    everything = ask(api, "first", "POST", "/instances", json={}).json()["items"]
    assert {own, others} <= {each["id"] for each in everything}


def test_a_hidden_instance_is_not_found(api: Api) -> None:
    others = start(api, "first", "request-access")
    for method, path in (
        ("GET", f"/instances/{others}"),
        ("GET", f"/instances/{others}/logs"),
        ("GET", f"/request-access/inputSchema?instanceId={others}"),
        ("DELETE", f"/instances/{others}/abort"),
    ):
        assert ask(api, "second", method, path).status_code == 404
        assert ask(api, "first", method, path).status_code == 200


def test_an_unknown_token_is_rejected(api: Api) -> None:
    assert ask(api, "third", "POST", "/instances", json={}).status_code == 401
