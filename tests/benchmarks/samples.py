"""What is sent and answered: instances that differ from each other, and no two pages alike."""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from orchestrator_v2 import models

BASE_PATH: Final = "/api/orchestrator"
STATES: Final = ("ACTIVE", "COMPLETED", "ERROR", "ABORTED", "PENDING", "SUSPENDED")


def make_instance(number: int) -> dict[str, Any]:
    """Return an instance as JSON has it, about 450 bytes long."""
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
    """Return a page of `size` instances, from number `first` on."""
    items = [make_instance(number) for number in range(first, first + size)]
    return {"items": items, "paginationInfo": {"pageSize": size, "offset": first}, "totalCount": 5000}


def make_overviews(first: int, size: int) -> dict[str, Any]:
    """Return a page of `size` overviews, the numbers in it from `first` on."""
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
    """Return `value` as JSON, as compact as backends write it."""
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
    """Return the search as a caller of the client builds it."""
    return models.SearchRequest.model_validate(SEARCH)


def read_execute() -> models.ExecuteWorkflowRequestDTO:
    """Return what a run is started with."""
    return models.ExecuteWorkflowRequestDTO.model_validate(EXECUTE)
