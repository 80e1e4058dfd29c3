"""Mutants that change, drop or reject the inputs of a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend
from ...reference.errors import BadRequest, Refusal
from ...reference.inputs import check_inputs
from ...reference.lifecycle.instance import Instance
from ...reference.lifecycle.lifecycle import Lifecycle
from ...reference.overviews.workflow import Workflow
from ..mutant import breaks


class ChangedInputs(Lifecycle):
    """Starts a run with changed inputs."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        return super().start(workflow, self.change(inputs), initiator, target, now)

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return inputs


def change_all(change: Callable[[Any], Any], value: Any) -> Any:
    """Return a JSON value with `change` applied to every value in it that is neither an object nor a list."""
    match value:
        case dict():
            return {name: change_all(change, each) for name, each in value.items()}
        case list():
            return [change_all(change, each) for each in value]
        case _:
            return change(value)


@breaks("ORC-RUN-INPUT-01")
class EmptyStringsAreRejected(ChangedInputs):
    """Rejects an empty string, which the schema allows."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        if missing := [name for name, value in inputs.items() if value == ""]:
            raise BadRequest(f"{missing[0]} must be given")
        return inputs


@breaks("ORC-RUN-INPUT-02")
class FalsyInputsAreLost(ChangedInputs):
    """Drops inputs that are false, 0 or empty."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in inputs.items() if value}


@breaks("ORC-RUN-INPUT-02")
class NumbersAreRounded(ChangedInputs):
    """Rounds numbers to two decimal places."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {
            name: round(value, 2) if isinstance(value, float) else value for name, value in inputs.items()
        }


@breaks("ORC-RUN-INPUT-02")
class TextIsAscii(ChangedInputs):
    """Replaces every non-ASCII character of an input by a question mark."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = change_all(
            lambda value: value.encode("ascii", "replace").decode() if isinstance(value, str) else value,
            inputs,
        )
        return changed


@breaks("ORC-RUN-INPUT-02")
class LongTextIsTruncated(ChangedInputs):
    """Truncates strings to 255 characters, as a database column does."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = change_all(
            lambda value: value[:255] if isinstance(value, str) else value, inputs
        )
        return changed


@breaks("ORC-RUN-INPUT-02")
class BooleansInObjectsAreNumbers(ChangedInputs):
    """Replaces true and false within an object by 1 and 0."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {
            name: change_all(lambda each: int(each) if isinstance(each, bool) else each, value)
            if isinstance(value, dict)
            else value
            for name, value in inputs.items()
        }


@breaks("ORC-RUN-INPUT-03")
class InvalidInputsStartNothing(ReferenceBackend):
    """Returns an id for inputs that break the schema, but starts no run."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        workflow = self.catalogue.get(workflow_id)
        if workflow is not None and workflow.is_available and _is_bad(workflow, body.input_data or {}):
            return models.ExecuteWorkflowResponseDTO(id=self.lifecycle.new_id())
        return await super().execute_workflow(workflow_id, body)


def _is_bad(workflow: Workflow, inputs: dict[str, Any]) -> bool:
    try:
        check_inputs(workflow, inputs)
    except Refusal:
        return True
    return False


@breaks("ORC-WF-SCHEMA-03")
class DataOfTheLastRun(ReferenceBackend):
    """Returns the inputs of the latest new run of a workflow as the data of every other new run."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        runs = [each for each in self.runs_of(workflow_id) if each.start.year == self.now().year]
        if runs and any(each.id == instance_id for each in runs):
            found.data = max(runs, key=lambda each: each.start).inputs
        return found


@breaks("ORC-WF-SCHEMA-03")
class DataOmitsOptionalInputs(ReferenceBackend):
    """Omits optional inputs from the data of new runs."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if instance_id is not None and self.find_instance(instance_id).start.year == self.now().year:
            required = (found.input_schema or {}).get("required") or []
            found.data = {name: value for name, value in (found.data or {}).items() if name in required}
        return found
