"""What becomes of the inputs that a run is given."""

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
        reasoning="The document says what inputs should satisfy, and that others may be refused. A workflow may have "
        "rules beyond its schema all the same, hence SHOULD.",
    ),
    must(
        "ORC-RUN-INPUT-02",
        "lifecycle",
        "execution",
        _INPUTS,
        "A run shows each input as it was given: also false, 0 and what is empty, and each of its JSON type.",
    ),
    must(
        "ORC-RUN-INPUT-03",
        "errors",
        "execution",
        EXECUTE,
        "Inputs that break the workflow's input schema are refused and start nothing, or are taken and start a run.",
    ),
    must(
        "ORC-WF-SCHEMA-03",
        "overviews",
        "input-schema",
        SCHEMA,
        "With an instanceId, data holds what that run was given, and not what another was.",
    ),
)
