"""Whether a run's inputs satisfy the workflow's input schema."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from .errors import BadRequest
from .overviews.workflow import Workflow


def check_inputs(workflow: Workflow, inputs: dict[str, Any]) -> None:
    """Raise `BadRequest` with every reason where `inputs` break the workflow's schema.

    Inputs may hold secrets, so the reasons name places and rules, and never repeat a value.
    """
    if not workflow.input_schema:
        return
    validator = jsonschema_rs.validator_for(workflow.input_schema, mask="the value")
    reasons = [f"{_place(error.instance_path)}: {error.message}" for error in validator.iter_errors(inputs)]
    if reasons:
        raise BadRequest(f"inputData breaks the input schema of {workflow.id}: {'; '.join(reasons)}")


def _place(path: list[str | int]) -> str:
    return "/".join(["inputData", *map(str, path)])
