"""Validates the inputs of a run against the input schema of its workflow."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from .errors import BadRequest
from .overviews.workflow import Workflow


def check_inputs(workflow: Workflow, inputs: dict[str, Any]) -> None:
    """Raise `BadRequest`, with every violation, if `inputs` do not match the schema of the workflow.

    Inputs may contain secrets, so the message names locations and keywords but no values.
    """
    if not workflow.input_schema:
        return
    validator = jsonschema_rs.validator_for(workflow.input_schema, mask="the value")
    reasons = [f"{_place(error.instance_path)}: {error.message}" for error in validator.iter_errors(inputs)]
    if reasons:
        raise BadRequest(f"inputData does not match the input schema of {workflow.id}: {'; '.join(reasons)}")


def _place(path: list[str | int]) -> str:
    return "/".join(["inputData", *map(str, path)])
