"""Mutants of filtering."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from orchestrator_v2 import models

from ..reference.backend import ReferenceBackend
from ..reference.columns import INSTANCES
from ..reference.criteria import Connective, Criterion, FieldCriterion, LogicalCriterion
from ..reference.filtering import Filtering, Predicate
from ..reference.refusals import BadRequest
from ..reference.table import Table
from .mutant import breaks

Row = TypeVar("Row")


class _OnInstances(Filtering):
    """Compares workflows as it should, and the fields of instances after `spoil`."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if table.default_order == INSTANCES.default_order:
            return self.spoil(criterion, table)
        return super().field_predicate(criterion, table)

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        return super().field_predicate(criterion, table)


@breaks("ORC-FILT-EQ-01")
class TextFilterIsIgnored(_OnInstances):
    """Lists everything under EQ on a text."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.operator == "EQ" and criterion.path[0] in ("processId", "processName"):
            return lambda row: True
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-02")
class StateFilterTakesErrorAsActive(_OnInstances):
    """Lists the instances in ERROR under EQ on ACTIVE too."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("state",) and criterion.operator == "EQ" and criterion.value == "ACTIVE":
            either = replace(criterion, operator=type(criterion.operator).IN, value=("ACTIVE", "ERROR"))
            return super().spoil(either, table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-03")
class IdFilterIsRefused(_OnInstances):
    """Refuses EQ on the id."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("id",) and criterion.operator == "EQ":
            raise BadRequest("the id cannot be compared")
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-04")
class DatesEqualByTheDay(_OnInstances):
    """Lists the instances of the whole day under EQ on a date."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, datetime) and isinstance(asked, datetime):
            return stored.date() == asked.date()
        return super().equals(stored, asked)


@breaks("ORC-FILT-EQ-05")
class SpacesCollapse(_OnInstances):
    """Takes a run of spaces for one."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, str) and isinstance(asked, str):
            return stored == " ".join(asked.split())
        return super().equals(stored, asked)


class _FirstOfList(_OnInstances):
    field = ""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if (
            criterion.operator == "IN"
            and criterion.path == (self.field,)
            and isinstance(criterion.value, tuple)
        ):
            return super().spoil(replace(criterion, value=criterion.value[-1:]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-IN-01")
class OneStateOfMany(_FirstOfList):
    """Looks at the last of the states alone."""

    field = "state"

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        return Filtering().logical_predicate(criterion, table)


@breaks("ORC-FILT-IN-02")
class OneIdOfMany(_FirstOfList):
    """Looks at the last of the ids alone."""

    field = "id"


@breaks("ORC-FILT-IN-03")
class OneTextOfMany(_FirstOfList):
    """Looks at the last of the texts alone."""

    field = "processId"


class _NoWildcard(_OnInstances):
    wildcard = ""

    def is_like(self, stored: Any, asked: str) -> bool:
        if self.wildcard in asked:
            return bool(stored == asked)
        return super().is_like(stored, asked)


@breaks("ORC-FILT-LIKE-01")
class AsteriskIsText(_NoWildcard):
    """Takes * for itself."""

    wildcard = "*"


@breaks("ORC-FILT-LIKE-02")
class PercentSignIsText(_NoWildcard):
    """Takes % for itself."""

    wildcard = "%"


@breaks("ORC-FILT-NULL-01")
class NullIsAlwaysTrue(_OnInstances):
    """Takes IS_NULL false for true."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None


@breaks("ORC-FILT-DATE-01")
class FromIsAfter(_OnInstances):
    """Takes GTE for GT."""

    def is_greater_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_greater(stored, asked)


@breaks("ORC-FILT-DATE-02")
class UpToIsBefore(_OnInstances):
    """Takes LTE for LT."""

    def is_less_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_less(stored, asked)


@breaks("ORC-FILT-DATE-03")
class BetweenLeavesTheEndOut(_OnInstances):
    """Leaves the later end of BETWEEN out."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] <= stored < asked[1]


class _Joining(Filtering):
    connective = Connective.AND

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is self.connective:
            return self.join([self.predicate(part, table) for part in criterion.parts], criterion)
        return super().logical_predicate(criterion, table)

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        raise NotImplementedError


@breaks("ORC-FILT-AND-01")
class AndIsOr(_Joining):
    """Takes AND for OR."""

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: any(part(row) for part in parts)


@breaks("ORC-FILT-AND-02")
class AndKeepsOnePerField(_Joining):
    """Forgets all but the last filter on a field."""

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        last: dict[object, Predicate[Row]] = {}
        for number, (part, predicate) in enumerate(zip(criterion.parts, parts, strict=True)):
            last[part.path if isinstance(part, FieldCriterion) else number] = predicate
        return lambda row: all(part(row) for part in last.values())


@breaks("ORC-FILT-OR-01")
class OrIsAnd(_Joining):
    """Takes OR for AND."""

    connective = Connective.OR

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: all(part(row) for part in parts)


@breaks("ORC-FILT-NOT-01")
class NotIsIgnored(_Joining):
    """Takes NOT for nothing at all."""

    connective = Connective.NOT

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: all(part(row) for part in parts)


@breaks("ORC-FILT-TREE-01")
class TreesAreRefused(Filtering):
    """Refuses a logical filter within another."""

    def predicate(self, criterion: Criterion, table: Table[Row]) -> Predicate[Row]:
        parts = criterion.parts if isinstance(criterion, LogicalCriterion) else ()
        if any(isinstance(part, LogicalCriterion) for part in parts):
            raise BadRequest("logical filters do not nest")
        return super().predicate(criterion, table)


class _VariableIgnored(_OnInstances):
    path: tuple[str, ...] = ()

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[: len(self.path)] == self.path:
            return lambda row: True
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-01")
class InitiatorFilterIsIgnored(_VariableIgnored):
    """Lists everything under a filter on the initiatorEntity."""

    path = ("variables", "initiatorEntity")


@breaks("ORC-FILT-NEST-02")
class TargetFilterIsIgnored(_VariableIgnored):
    """Lists everything under a filter on the targetEntity."""

    path = ("variables", "targetEntity")


@breaks("ORC-FILT-NEST-03")
class InputFilterIsIgnored(_VariableIgnored):
    """Lists everything under a filter on an input."""

    path = ("variables", "workflowdata")


@breaks("ORC-FILT-FLOW-01")
class FilterLeavesTheWorkflow(ReferenceBackend):
    """Lists the instances of all workflows where a workflow's list is filtered."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is not None and body.filters is not None:
            return await self.get_instances(body)
        return await super().get_workflow_instances(workflow_id, body)
