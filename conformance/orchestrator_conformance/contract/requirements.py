"""The requirements on a backend: each has an id, a level, a sentence, and a place in the document.

Ids are stable: a requirement that changes its meaning gets a new id. The requirements `ORC-OP-<operationId>-...` are
derived from the operations of any document. All others are statements about behaviour, see `statements/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from .contract import Operation

Level = Literal["MUST", "SHOULD"]
Topic = Literal[
    "operations", "listing", "paging", "sorting", "filters", "overviews", "lifecycle", "errors", "access"
]
Aspect = Literal["STATUS", "TYPE", "BODY", "REFUSE"]

# Operations that change data on the backend. They are sent only if the user allows runs.
CHANGING: Final = frozenset({"executeWorkflow", "abortWorkflow", "retriggerInstance"})


@dataclass(frozen=True, slots=True)
class Requirement:
    """One testable statement.

    `pointer` is the JSON pointer to the part of the document that the requirement follows from, `feature` the feature
    that it belongs to, and `topic` its group of checks. `reasoning` explains how the document implies the requirement,
    or why the level is SHOULD. It is empty if the document states the requirement explicitly.
    """

    id: str
    level: Level
    topic: Topic
    feature: str
    pointer: str
    sentence: str
    reasoning: str = ""


_FEATURES: Final = {
    "executeWorkflow": "execution",
    "abortWorkflow": "abort",
    "retriggerInstance": "retrigger",
    "getWorkflowLogById": "logs",
    "pingWorkflowServiceById": "ping",
    "getWorkflowsOverviewForEntity": "entity-overviews",
}

_ASPECTS: Final[dict[Aspect, tuple[Level, str, str]]] = {
    "STATUS": (
        "MUST",
        "{id} answers a request that the document allows with a documented status.",
        "A deployment may reject a request before it reaches the operation. That is a failure only if the request "
        "gives no reason for it.",
    ),
    "TYPE": ("MUST", "{id} answers with the documented content type.", ""),
    "BODY": (
        "MUST",
        "{id} answers with a body that matches the documented schema, for errors as well.",
        "",
    ),
    "REFUSE": (
        "SHOULD",
        "{id} does not answer with a success to a request that the document forbids.",
        "The document says that such a request may be rejected, not that it must be. Accepting it hides a mistake "
        "from the caller, hence SHOULD.",
    ),
}


def is_of_operation(requirement_id: str) -> bool:
    """Whether a requirement is derived from an operation of the document."""
    return requirement_id.startswith("ORC-OP-")


def requirement_of(operation: Operation, aspect: Aspect) -> Requirement:
    """Return the requirement on one aspect of `operation`."""
    level, sentence, reasoning = _ASPECTS[aspect]
    pointer = operation.pointer if aspect == "REFUSE" else f"{operation.pointer}/responses"
    return Requirement(
        id=f"ORC-OP-{operation.id}-{aspect}",
        level=level,
        topic="operations",
        feature=feature_of(operation.id),
        pointer=pointer,
        sentence=sentence.format(id=operation.id),
        reasoning=reasoning,
    )


def feature_of(operation_id: str) -> str:
    """Return the feature that an operation belongs to."""
    return _FEATURES.get(operation_id, "operations")


def aspects_of(operation: Operation) -> tuple[Aspect, ...]:
    """Return the aspects of `operation` that are judged.

    REFUSE applies only if a request can be invalid, that is, if it has a body or a typed query parameter.
    """
    typed = any(each["in"] == "query" and _is_typed(each.get("schema")) for each in operation.parameters)
    return ("STATUS", "TYPE", "BODY", "REFUSE") if operation.body or typed else ("STATUS", "TYPE", "BODY")


def _is_typed(schema: object) -> bool:
    return isinstance(schema, dict) and schema.get("type") in ("boolean", "integer", "number")
