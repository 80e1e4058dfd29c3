"""The features that a request requires. A request is not sent if one of them is disclaimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .requirements import feature_of

# The feature of each sort key of instances. No check uses any other key.
SORT_FEATURES: Final = {
    "start": "sort-start",
    "end": "sort-end",
    "state": "sort-state",
    "processId": "sort-process-id",
    "processName": "sort-process-name",
}
_TYPES: Final = {"id": "id", "start": "date", "end": "date", "state": "state"}
_OPERATORS: Final = {"GTE": "gt", "LTE": "lt", "IS_NULL": "is-null"}


def find_required_features(operation_id: str, query: Mapping[str, str], body: Any) -> frozenset[str]:
    """Return the features that a request requires, including the feature of its operation."""
    needed = {feature_of(operation_id)}
    match operation_id:
        case "getInstances" | "getWorkflowInstances":
            needed |= set(_features_of_search(body or {}))
        case "getWorkflowsOverview":
            needed |= set(_features_of_overviews(body or {}))
        case "getWorkflowInputSchemaById" if "instanceId" in query:
            needed.add("input-schema")
        case _:
            pass
    return frozenset(needed)


def _features_of_search(body: Mapping[str, Any]) -> Iterator[str]:
    paging = body.get("paginationInfo", {})
    if paging.keys() & {"offset", "pageSize"}:
        yield "paging"
    if paging.keys() & {"orderBy", "orderDirection"}:
        yield "sorting"
    if paging.get("orderBy") in SORT_FEATURES:
        yield SORT_FEATURES[paging["orderBy"]]
    if "filters" in body:
        yield from _features_of_filter(body["filters"])


def _features_of_filter(condition: Mapping[str, Any]) -> Iterator[str]:
    # A filter may lack a required part on purpose.
    if "filters" in condition:
        yield "logical-filters"
        for each in condition["filters"]:
            yield from _features_of_filter(each)
    elif "nested" in condition:
        yield "nested-filters"
    elif "operator" in condition:
        operator = _OPERATORS.get(condition["operator"], condition["operator"].lower())
        yield f"filter-{operator}-{_TYPES.get(condition.get('field', ''), 'text')}"


def _features_of_overviews(body: Mapping[str, Any]) -> Iterator[str]:
    paging = body.get("paginationInfo", {})
    if paging.keys() & {"offset", "pageSize"}:
        yield "overview-paging"
    if "orderBy" in paging:
        yield "overview-sorting"
    if "filters" in body:
        yield "overview-filters"
