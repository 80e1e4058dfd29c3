"""What several tests of server stubs use: an overview, changed models, and the messages of errors."""

from __future__ import annotations

from typing import Any

import httpx
from orchestrator_v2 import models

LOGGER = "orchestrator_v2.server"


YAML = models.WorkflowFormatDTO.YAML


OVERVIEW = models.WorkflowOverviewDTO(workflow_id="w", format=YAML)


def read_message(response: httpx.Response) -> str:
    """Return the message of a response that is an `ErrorResponse` without other fields."""
    assert response.headers["content-type"] == "application/json"
    error = models.ErrorResponse.model_validate_json(response.content, strict=True)
    assert error.model_fields_set == {"message"}
    return error.message


def change(model: Any, **values: object) -> Any:
    """Return a copy of `model` with attributes that pydantic does not validate."""
    changed = model.model_copy()
    for name, value in values.items():
        setattr(changed, name, value)
    return changed
