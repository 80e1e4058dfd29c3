"""The catalogue: the workflows of the reference backend, by id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from ..errors import NotFound
from .workflow import Behaviour, SourceFormat, Workflow, parse_workflow

Catalogue = Mapping[str, Workflow]

_DEFINITIONS: Final = (
    ("create-service.sw.yaml", Behaviour.COMPLETES),
    ("request-access.sw.yaml", Behaviour.WAITS),
    ("provision-database.sw.json", Behaviour.FAILS_FIRST),
    ("refresh-search-index.sw.json", Behaviour.TAKES_A_MOMENT),
    ("migrate-repository.sw.yaml", Behaviour.SERVICE_DOWN),
)


def load_catalogue() -> Catalogue:
    """Load the workflow definitions that ship with the package."""
    folder = files(__package__) / "workflows"
    workflows = [_load(folder, file_name, behaviour) for file_name, behaviour in _DEFINITIONS]
    return {workflow.id: workflow for workflow in workflows}


def find_workflow(catalogue: Catalogue, workflow_id: str) -> Workflow:
    """Return the workflow with this id. Raises `NotFound`."""
    try:
        return catalogue[workflow_id]
    except KeyError:
        raise NotFound(f"unknown workflow {workflow_id!r}") from None


def _load(folder: Traversable, file_name: str, behaviour: Behaviour) -> Workflow:
    source_format: SourceFormat = "json" if file_name.endswith(".json") else "yaml"

    def read_schema(reference: str) -> dict[str, Any]:
        schema: dict[str, Any] = json.loads((folder / reference).read_text(encoding="utf-8"))
        return schema

    source = (folder / file_name).read_text(encoding="utf-8")
    return parse_workflow(source, source_format, behaviour, read_schema)
