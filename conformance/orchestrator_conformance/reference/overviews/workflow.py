"""A workflow, parsed from the source text of its definition."""

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
    """How the runs of a workflow behave once they are started."""

    COMPLETES = "completes at once"
    WAITS = "stays active until it is aborted"
    FAILS_FIRST = "is in error until it is retriggered, then completes"
    TAKES_A_MOMENT = "is active for a moment, then completes"
    SERVICE_DOWN = "cannot be started: its service is down"


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow: its parsed definition, its source text, and the behaviour of its runs.

    `states` are the names of the states of the definition, in order. `input_schema` is `{}` if there is none.
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
        """Whether the service of the workflow answers."""
        return self.behaviour is not Behaviour.SERVICE_DOWN

    @property
    def service_url(self) -> str:
        """The URL of the service that runs the workflow, inside the cluster."""
        return f"http://{self.id}.workflows.svc.cluster.local"

    @property
    def endpoint(self) -> str:
        """The URL of the service for requests to start a run."""
        return f"{self.service_url}/{self.id}"


def parse_workflow(
    source: str, source_format: SourceFormat, behaviour: Behaviour, read_schema: ReadSchema
) -> Workflow:
    """Parse a CNCF Serverless Workflow 0.8 definition. `read_schema` loads the input schema that it refers to."""
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
    # The specification allows a reference, or an object with the reference in `schema`.
    match declared:
        case None:
            return {}
        case str():
            return read_schema(declared)
        case _:
            return read_schema(declared["schema"])
