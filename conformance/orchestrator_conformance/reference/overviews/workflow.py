"""A workflow that the backend serves, read from its definition's source text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

import yaml

SourceFormat = Literal["yaml", "json"]
ReadSchema = Callable[[str], dict[str, Any]]


class Behaviour(Enum):
    """What a run of a workflow does once it is started."""

    COMPLETES = "completes at once"
    WAITS = "stays active until it is aborted"
    FAILS_FIRST = "is in error until it is retriggered, then completes"
    TAKES_A_MOMENT = "is active for a moment, then completes"
    SERVICE_DOWN = "cannot be started: its service is down"


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow: what its definition says, the source itself, and how its runs behave.

    `states` are the names of the definition's states in order; `input_schema` is `{}` where it has none.
    """

    id: str
    name: str
    version: str
    description: str
    states: tuple[str, ...]
    input_schema: dict[str, Any]
    format: SourceFormat
    source: str
    behaviour: Behaviour

    @property
    def is_available(self) -> bool:
        """Whether the workflow's service answers."""
        return self.behaviour is not Behaviour.SERVICE_DOWN

    @property
    def service_url(self) -> str:
        """The address of the service that runs the workflow, inside the cluster."""
        return f"http://{self.id}.workflows.svc.cluster.local"

    @property
    def endpoint(self) -> str:
        """Where the service takes requests to start a run."""
        return f"{self.service_url}/{self.id}"


def parse_workflow(
    source: str, source_format: SourceFormat, behaviour: Behaviour, read_schema: ReadSchema
) -> Workflow:
    """Read a CNCF Serverless Workflow 0.8 definition; `read_schema` gives the input schema that it refers to."""
    definition: dict[str, Any] = json.loads(source) if source_format == "json" else yaml.safe_load(source)
    return Workflow(
        id=definition["id"],
        name=definition["name"],
        version=definition["version"],
        description=definition["description"],
        states=tuple(state["name"] for state in definition["states"]),
        input_schema=_read_input_schema(definition.get("dataInputSchema"), read_schema),
        format=source_format,
        source=source,
        behaviour=behaviour,
    )


def _read_input_schema(declared: str | dict[str, Any] | None, read_schema: ReadSchema) -> dict[str, Any]:
    # The definition language has a short form, the reference alone, and a long one that holds it as `schema`.
    match declared:
        case None:
            return {}
        case str():
            return read_schema(declared)
        case _:
            return read_schema(declared["schema"])
