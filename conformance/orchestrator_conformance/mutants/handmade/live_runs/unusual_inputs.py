"""Mutants that change or lose unusual inputs, in runs, in the data of their input schema, and in filters."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.errors import BadRequest
from ....reference.filters.criteria import FieldCriterion
from ....reference.filters.filtering import Predicate
from ....reference.filters.table import Table
from ....reference.lifecycle.instance import Instance
from ....reference.lifecycle.instants import format_instant
from ...mutant import breaks
from ..filters.fields import MutatedInstanceFilter
from ..inputs import ChangedInputs, change_all

Row = TypeVar("Row")


@breaks("ORC-RUN-INPUT-04")
class NumericTextIsANumber(ChangedInputs):
    """Converts text that looks like a number to a number."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = change_all(_read_number, inputs)
        return changed


def _read_number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


@breaks("ORC-RUN-INPUT-04")
class TimestampsAreNormalized(ChangedInputs):
    """Converts text that looks like a date or a timestamp to a timestamp in UTC."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = change_all(_to_utc, inputs)
        return changed


def _to_utc(value: Any) -> Any:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        return value
    return value if instant is None else format_instant(instant.astimezone(UTC))


@breaks("ORC-RUN-INPUT-04")
class NullsAreDropped(ChangedInputs):
    """Drops inputs that are null."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in inputs.items() if value is not None}


@breaks("ORC-RUN-INPUT-04")
class NestedListsAreFlattened(ChangedInputs):
    """Puts the items of a list within a list into the outer list."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {
            name: [item for each in value for item in (each if isinstance(each, list) else [each])]
            if isinstance(value, list)
            else value
            for name, value in inputs.items()
        }


@breaks("ORC-RUN-INPUT-04")
class DottedNamesAreNested(ChangedInputs):
    """Splits the name of an input at its first dot, and puts the value into an object."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for name, value in inputs.items():
            first, dot, rest = name.partition(".")
            changed |= {first: {rest: value}} if dot else {name: value}
        return changed


@breaks("ORC-RUN-INPUT-04")
class NamesAreIdentifiers(ChangedInputs):
    """Replaces every character of a name that is neither a letter nor a digit by an underscore."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        return {
            "".join(each if each.isalnum() else "_" for each in name): value for name, value in inputs.items()
        }


@breaks("ORC-RUN-INPUT-04")
class ListsShowNestedInputsAsText(ReferenceBackend):
    """Shows nested inputs as JSON text in lists."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        found = super().instance_list(instances, body)
        for each in found.items or []:
            data = {} if each.workflowdata is None else each.workflowdata.model_dump(by_alias=True)
            texts = {
                name: json.dumps(value) if isinstance(value, dict | list) and name != "result" else value
                for name, value in data.items()
            }
            each.workflowdata = models.WorkflowDataDTO.model_validate(texts)
        return found


@breaks("ORC-RUN-INPUT-05")
class NullsAreRejected(ChangedInputs):
    """Rejects inputs that are null, which the schema allows."""

    def change(self, inputs: dict[str, Any]) -> dict[str, Any]:
        if missing := [name for name, value in inputs.items() if value is None]:
            raise BadRequest(f"{missing[0]} must be given")
        return inputs


class _ChangedData(ReferenceBackend):
    """Changes the data of an instance."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        if found.data is not None:
            found.data = self.change_data(found.data)
        return found

    def change_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return data


@breaks("ORC-WF-SCHEMA-04")
class DataOmitsNulls(_ChangedData):
    """Omits inputs that are null from the data of an instance."""

    def change_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value is not None}


@breaks("ORC-WF-SCHEMA-04")
class DataIsTrimmed(_ChangedData):
    """Trims blanks at both ends of text in the data of an instance."""

    def change_data(self, data: dict[str, Any]) -> dict[str, Any]:
        trimmed: dict[str, Any] = change_all(
            lambda value: value.strip() if isinstance(value, str) else value, data
        )
        return trimmed


@breaks("ORC-FILT-INPUT-01")
class DotsSeparateSteps(MutatedInstanceFilter):
    """Treats a dot in the name of an input as a step into an object in filters."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        steps = tuple(each for name in criterion.path for each in name.split("."))
        return super().mutate(replace(criterion, path=steps), table)


@breaks("ORC-FILT-INPUT-01")
class InputsAreComparedAsNumbers(MutatedInstanceFilter):
    """Compares inputs that look like numbers as numbers in filters."""

    def equals(self, stored: Any, asked: Any) -> bool:
        return super().equals(_read_number(stored), _read_number(asked))


@breaks("ORC-FILT-INPUT-01")
class LongInputsAreComparedInPart(MutatedInstanceFilter):
    """Compares only the first 255 characters of texts in filters."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, str) and isinstance(asked, str):
            return super().equals(stored[:255], asked[:255])
        return super().equals(stored, asked)


@breaks("ORC-FILT-INPUT-02")
class FilterNamesAreIdentifiers(MutatedInstanceFilter):
    """Rejects a filter if a name in it is not an identifier."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if not all(name.isidentifier() for name in criterion.path):
            raise BadRequest("the name of a field is an identifier")
        return super().mutate(criterion, table)
