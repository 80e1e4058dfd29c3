"""Sample requests and answers. All instances and all pages differ from each other."""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from orchestrator_v2 import models

BASE_PATH: Final = "/api/orchestrator"
STATES: Final = ("ACTIVE", "COMPLETED", "ERROR", "ABORTED", "PENDING", "SUSPENDED")


def make_instance(number: int) -> dict[str, Any]:
    """Return an instance as a JSON object of about 450 bytes."""
    start = f"2026-03-{number % 27 + 1:02}T08:{number % 60:02}:30.{number % 1000:03}Z"
    return {
        "id": str(UUID(int=number * 0x9E3779B97F4A7C15)),
        "processId": f"create-service-{number % 5}",
        "processName": f"Create service {number % 5}",
        "state": STATES[number % len(STATES)],
        "start": start,
        "end": start.replace("T08", "T09"),
        "duration": "an hour",
        "version": f"1.0.{number}",
        "workflowdata": {"result": {"message": f"Repository {number} is there", "count": number}},
        "nodes": [
            {
                "id": f"{number}-{step}",
                "name": name,
                "type": "ActionNode",
                "enter": start,
                "nodeId": str(step),
            }
            for step, name in enumerate(("Start",))
        ],
    }


def make_page(first: int, size: int) -> dict[str, Any]:
    """Return a page of `size` instances, numbered from `first`."""
    items = [make_instance(number) for number in range(first, first + size)]
    return {"items": items, "paginationInfo": {"pageSize": size, "offset": first}, "totalCount": 5000}


def make_overviews(first: int, size: int) -> dict[str, Any]:
    """Return a page of `size` overviews, numbered from `first`."""
    return {
        "overviews": [
            {
                "workflowId": f"create-service-{number}",
                "name": f"Create service {number}",
                "format": "yaml",
                "lastRunId": str(UUID(int=number * 0x9E3779B97F4A7C15)),
                "lastTriggeredMs": 1772439330000 + number,
                "lastRunStatus": STATES[number % len(STATES)],
                "description": "Creates a repository, a pipeline and a catalogue entry",
                "isAvailable": number % 2 == 0,
            }
            for number in range(first, first + size)
        ],
        "paginationInfo": {},
    }


def dump(value: object) -> bytes:
    """Return `value` as compact JSON, as backends write it."""
    return json.dumps(value, separators=(",", ":")).encode()


SEARCH: Final = {
    "filters": {
        "operator": "AND",
        "filters": [
            {"field": "state", "operator": "IN", "value": ["ACTIVE", "ERROR"]},
            {"field": "start", "operator": "GT", "value": "2026-03-01T00:00:00Z"},
        ],
    },
    "paginationInfo": {"pageSize": 10, "offset": 20, "orderBy": "start", "orderDirection": "DESC"},
}
EXECUTE: Final = {"inputData": {"name": "billing", "language": "python", "replicas": 2}}


def read_search() -> models.SearchRequest:
    """Return the search as the model that a caller of the client builds."""
    return models.SearchRequest.model_validate(SEARCH)


def read_execute() -> models.ExecuteWorkflowRequestDTO:
    """Return the request that starts a run, as a model."""
    return models.ExecuteWorkflowRequestDTO.model_validate(EXECUTE)
