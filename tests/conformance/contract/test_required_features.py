"""The features that a request requires."""

from __future__ import annotations

from typing import Any

import pytest
from orchestrator_conformance.contract.features import FEATURES
from orchestrator_conformance.contract.required_features import SORT_FEATURES, find_required_features

STATE = {"field": "state", "operator": "EQ", "value": "ERROR"}
NESTED = {"field": "variables", "nested": {"field": "targetEntity", "operator": "IN", "value": []}}


@pytest.mark.parametrize(
    ("operation_id", "body", "expected"),
    [
        ("getInstances", None, {"operations"}),
        ("getInstances", {"paginationInfo": {"offset": 1}}, {"operations", "paging"}),
        ("getInstances", {"paginationInfo": {"orderBy": "end"}}, {"operations", "sorting", "sort-end"}),
        ("getInstances", {"paginationInfo": {"orderDirection": "DESC"}}, {"operations", "sorting"}),
        ("getWorkflowInstances", {"filters": STATE}, {"operations", "filter-eq-state"}),
        (
            "getInstances",
            {"filters": {"operator": "NOT", "filters": [STATE, NESTED]}},
            {"operations", "logical-filters", "filter-eq-state", "nested-filters"},
        ),
        (
            "getInstances",
            {"filters": {"field": "start", "operator": "GTE", "value": ""}},
            {"operations", "filter-gt-date"},
        ),
        (
            "getInstances",
            {"filters": {"field": "end", "operator": "IS_NULL", "value": True}},
            {"operations", "filter-is-null-date"},
        ),
        (
            "getWorkflowsOverview",
            {"filters": STATE, "paginationInfo": {"orderBy": "id", "pageSize": 1}},
            {"operations", "overview-filters", "overview-sorting", "overview-paging"},
        ),
        ("abortWorkflow", None, {"abort"}),
    ],
)
def test_a_request_requires_the_features_that_it_uses(
    operation_id: str, body: Any, expected: set[str]
) -> None:
    assert find_required_features(operation_id, {}, body) == expected


def test_the_inputs_of_an_instance_require_a_feature() -> None:
    assert "input-schema" in find_required_features("getWorkflowInputSchemaById", {"instanceId": "x"}, None)
    assert "input-schema" not in find_required_features("getWorkflowInputSchemaById", {}, None)


def test_every_sort_key_has_a_feature_that_can_be_claimed() -> None:
    assert set(SORT_FEATURES.values()) <= FEATURES.keys()
