"""Requirements on the inputs of a run."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import EXECUTE, SCHEMA

_INPUTS: Final = "/components/schemas/ExecuteWorkflowRequestDTO/properties/inputData"

INPUTS: Final[tuple[Requirement, ...]] = (
    should(
        "ORC-RUN-INPUT-01",
        "lifecycle",
        "execution",
        _INPUTS,
        "Inputs that satisfy the workflow's input schema are not refused.",
        reasoning=(
            "The document says that inputs should satisfy the schema, and that other inputs may be refused. "
            "A workflow may still have rules beyond its schema, hence SHOULD."
        ),
    ),
    must(
        "ORC-RUN-INPUT-02",
        "lifecycle",
        "execution",
        _INPUTS,
        (
            "A run shows each input with the value and the JSON type that it was given, including false, 0 and "
            "empty values."
        ),
    ),
    must(
        "ORC-RUN-INPUT-03",
        "errors",
        "execution",
        EXECUTE,
        (
            "Inputs that violate the workflow's input schema are either refused and start nothing, or "
            "accepted and start a run."
        ),
    ),
    must(
        "ORC-WF-SCHEMA-03",
        "overviews",
        "input-schema",
        SCHEMA,
        "With an `instanceId`, `data` holds the inputs of that run, and not those of another run.",
    ),
)
