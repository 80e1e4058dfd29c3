from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from orchestrator_conformance.fuzz import fuzz
from orchestrator_conformance.fuzz.guard import find_permitted

from ..support.fuzzing import FAILED, READING, UNFINISHED, WORKFLOWS, make_plan, permit_all, recording

OTHERS = "0b6e5f52-51a9-4e0c-8f0e-2d9f1f1f7c11"
PLAN = replace(
    permit_all(make_plan("http://127.0.0.1:9/api/orchestrator")),
    pinned={
        "abortWorkflow": {"instanceId": ("own",)},
        "retriggerInstance": {"workflowId": ("flow",), "instanceId": ("own",)},
        "executeWorkflow": {"workflowId": ("flow",)},
        "getWorkflowInputSchemaById": {"instanceId": ("own", "a/b")},
    },
)


@pytest.mark.parametrize(
    ("method", "path", "operation_id"),
    [
        ("GET", "/v2/workflows/instances/own", "getInstanceById"),
        ("GET", "/v2/workflows/instances/statuses", "getWorkflowStatuses"),
        ("GET", "/v2/workflows/instances/a%2Fb", "getInstanceById"),
        ("GET", "/v2/workflows/instances/own/logs?rawlog=%00", "getWorkflowLogById"),
        ("DELETE", "/v2/workflows/instances/own/abort", "abortWorkflow"),
        ("DELETE", "/v2/workflows/instances/%6fwn/abort", "abortWorkflow"),
        ("DELETE", "/v2/workflows/instances/own/abort?instanceId=own", "abortWorkflow"),
        ("POST", "/v2/workflows/flow/own/retrigger", "retriggerInstance"),
        ("POST", "/v2/workflows/flow/execute", "executeWorkflow"),
        ("GET", "/v2/workflows/any/inputSchema?instanceId=own", "getWorkflowInputSchemaById"),
        ("GET", "/v2/workflows/any/inputSchema?instanceId=a%2Fb", "getWorkflowInputSchemaById"),
    ],
)
def test_a_permitted_request_resolves_to_its_operation(method: str, path: str, operation_id: str) -> None:
    found = find_permitted(PLAN, method, path)
    assert found is not None
    assert found.id == operation_id


@pytest.mark.parametrize(
    ("method", "path"),
    [
        # No interpretation leads to a pinned value, or another value is present.
        ("DELETE", f"/v2/workflows/instances/{OTHERS}/abort"),
        ("DELETE", "/v2/workflows/instances/OWN/abort"),
        ("DELETE", "/v2/workflows/instances/own%20/abort"),
        ("DELETE", "/v2/workflows/instances/own%00/abort"),
        ("DELETE", "/v2/workflows/instances/%256fwn/abort"),
        ("DELETE", f"/v2/workflows/instances/own%2F..%2F{OTHERS}/abort"),
        ("DELETE", f"/v2/workflows/instances/own/abort?instanceId={OTHERS}"),
        ("POST", "/v2/workflows/other/own/retrigger"),
        ("POST", "/v2/workflows/flow/other/retrigger"),
        ("POST", "/v2/workflows/other/execute"),
        ("GET", "/v2/workflows/any/inputSchema?instanceId=own&instanceId=other"),
        ("GET", "/v2/workflows/any/inputSchema"),
        # Not an operation of the document.
        ("DELETE", "/v2/workflows/instances//abort"),
        ("DELETE", "/v2/workflows/instances/own/abort/"),
        ("DELETE", "/v2/workflows/instances/own/../own/abort"),
        ("DELETE", "/v2/workflows/instances/own"),
        ("PUT", "/v2/workflows/flow/execute"),
        ("delete", "/v2/workflows/instances/other/abort"),
        ("POST", "/v2/workflows//execute"),
        ("POST", "//v2/workflows/flow/execute"),
        ("GET", "/v2/workflows/instances/"),
        ("TRACE", "/v2/workflows/instances/own"),
        # For a server that decodes the path first, another operation or another value.
        ("POST", "/v2/workflows/x%2F..%2Foverview/entity/instances"),
        ("GET", "/v2/workflows/instances/own%2Flogs"),
        ("GET", "/v2/workflows/instances/x%2F%2E%2E%2Fstatuses"),
        ("GET", "/v2/workflows/instances/statuses%3F"),
        ("GET", "/v2/workflows/instances/own%252Flogs"),
    ],
)
def test_a_request_that_is_not_permitted_resolves_to_none(method: str, path: str) -> None:
    assert find_permitted(PLAN, method, path) is None


@pytest.mark.parametrize("seed", range(4))
def test_requests_that_are_not_permitted_are_never_sent(seed: int) -> None:
    with recording() as (base_url, recorder):
        cases = list(fuzz(make_plan(base_url, seed)))
    assert {case.operation_id for case in cases} == READING
    assert len(recorder.arrived) == len(cases)
    assert not recorder.changes()


@pytest.mark.parametrize("seed", range(4))
def test_only_pinned_values_are_sent_even_if_links_lead_to_others(seed: int) -> None:
    pinned: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "abortWorkflow": {"instanceId": UNFINISHED[:1]},
        "retriggerInstance": {"workflowId": ("create-service",), "instanceId": FAILED[:1]},
        "executeWorkflow": {"workflowId": ("refresh-search-index",)},
    }
    with recording() as (base_url, recorder):
        list(fuzz(replace(permit_all(make_plan(base_url, seed)), pinned=pinned)))
    assert recorder.changes() == {
        ("DELETE", f"/v2/workflows/instances/{UNFINISHED[0]}/abort"),
        ("POST", f"/v2/workflows/create-service/{FAILED[0]}/retrigger"),
        ("POST", "/v2/workflows/refresh-search-index/execute"),
    }


def test_an_operation_without_pinned_values_is_never_called() -> None:
    pinned: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "abortWorkflow": {"instanceId": ()},
        "retriggerInstance": {"workflowId": WORKFLOWS, "instanceId": ()},
        "executeWorkflow": {"workflowId": ()},
    }
    with recording() as (base_url, recorder):
        list(fuzz(replace(permit_all(make_plan(base_url)), pinned=pinned)))
    assert recorder.arrived
    assert not recorder.changes()
