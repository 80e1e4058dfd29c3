"""What a backend is held to: each requirement with its id, level, sentence, and the place in the document.

Ids are stable: a requirement that changes its meaning gets a new one. `ORC-OP-<operationId>-...` follow from the
document by rule, whatever document it is; the others are statements about behaviour, see `statements/`.
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

# Operations that change what the backend holds: never sent unless the user allows runs.
CHANGING: Final = frozenset({"executeWorkflow", "abortWorkflow", "retriggerInstance"})


@dataclass(frozen=True, slots=True)
class Requirement:
    """One testable statement.

    `pointer` is the JSON pointer to what it follows in the document, `feature` what a deployment would claim to
    have, and `topic` the group of checks that it belongs to. `reasoning` says why the requirement follows where the
    document implies it, and why it is no more than a SHOULD; it is empty where the document says it outright.
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
        "A deployment may refuse a request before the operation sees it: that counts where the request gives no reason "
        "for it.",
    ),
    "TYPE": ("MUST", "{id} answers in the documented content type.", ""),
    "BODY": (
        "MUST",
        "{id} answers with a body that fits the documented schema, also where it answers an error.",
        "",
    ),
    "REFUSE": (
        "SHOULD",
        "{id} does not answer a request that the document forbids with a success.",
        "The document says that such a request may be refused, not that it must be. One that is taken all the same "
        "hides a mistake from whoever made it, hence SHOULD.",
    ),
}


def is_of_operation(requirement_id: str) -> bool:
    """Whether a requirement follows from an operation being in the document."""
    return requirement_id.startswith("ORC-OP-")


def requirement_of(operation: Operation, aspect: Aspect) -> Requirement:
    """Return the requirement that follows from `operation` being in the document."""
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
    """Return what `operation` is held to; a request without body or typed query cannot be forbidden."""
    typed = any(each["in"] == "query" and _is_typed(each.get("schema")) for each in operation.parameters)
    return ("STATUS", "TYPE", "BODY", "REFUSE") if operation.body or typed else ("STATUS", "TYPE", "BODY")


def _is_typed(schema: object) -> bool:
    return isinstance(schema, dict) and schema.get("type") in ("boolean", "integer", "number")
