"""Requirements on the inputs of a run."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import EXECUTE, INSTANCE, NESTED, SCHEMA

_DATA: Final = f"{INSTANCE}/properties/workflowdata"
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
    must(
        "ORC-RUN-INPUT-04",
        "lifecycle",
        "execution",
        _DATA,
        (
            "A run shows unusual inputs as they were given: null, nested objects and lists, text that looks "
            "like a number or a date, any characters, and names with a dash, a dot or a space."
        ),
        reasoning=(
            "The inputs are in `workflowdata`, each under its own name. A workflow may change its inputs and "
            "ignore unnamed ones, so an input is compared if the first run of the workflow showed it "
            "unchanged, and inputs that the schema does not name are compared if the run shows one of them."
        ),
    ),
    should(
        "ORC-RUN-INPUT-05",
        "lifecycle",
        "execution",
        _INPUTS,
        "Unusual inputs are not refused if they satisfy the workflow's input schema and it names them.",
        reasoning=(
            "The document says that inputs should satisfy the schema, and that other inputs may be refused. "
            "A workflow may still have rules beyond its schema, hence SHOULD."
        ),
    ),
    must(
        "ORC-WF-SCHEMA-04",
        "overviews",
        "input-schema",
        SCHEMA,
        "With an `instanceId`, `data` holds the unusual inputs of that run as they were given.",
        reasoning=(
            "A form is filled with the inputs that the run was given. Only inputs that the run itself shows "
            "as given are compared, and made-up ones only if `data` has one of them."
        ),
    ),
    must(
        "ORC-FILT-INPUT-01",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter finds runs by the value of an unusual input or of a member of a nested one.",
        reasoning=(
            "Each object on the way is a step of its own, and EQ is true for an equal value. Filters on "
            "numbers and booleans may be refused, and only answers are compared."
        ),
    ),
    should(
        "ORC-FILT-INPUT-02",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter accepts an input whose name has a dash, a dot, a space or other characters.",
        reasoning=(
            "The document does not limit the names of inputs or fields. It also allows a backend to refuse "
            "a filter, hence SHOULD."
        ),
    ),
)
