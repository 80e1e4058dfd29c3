"""Mutants whose logical or nested filters are wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend, read_query, refusals_as_errors
from ....reference.errors import BadRequest
from ....reference.filters.columns import INSTANCES
from ....reference.filters.criteria import Connective, Criterion, FieldCriterion, LogicalCriterion, Operator
from ....reference.filters.filtering import Filtering, Predicate
from ....reference.filters.table import Table
from ...mutant import breaks
from .fields import MutatedInstanceFilter

Row = TypeVar("Row")


class MutatedConnective(Filtering):
    """A filtering that combines the parts of one connective with `join`, and leaves other connectives unchanged."""

    connective = Connective.AND

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is self.connective:
            return self.join([self.predicate(part, table) for part in criterion.parts], criterion)
        return super().logical_predicate(criterion, table)

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        raise NotImplementedError


@breaks("ORC-FILT-AND-01")
class AndIsOr(MutatedConnective):
    """Treats AND as OR."""

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: any(part(row) for part in parts)


@breaks("ORC-FILT-AND-02")
class AndKeepsOnePerField(MutatedConnective):
    """Uses only the last filter on each field in AND."""

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        last: dict[object, Predicate[Row]] = {}
        for number, (part, predicate) in enumerate(zip(criterion.parts, parts, strict=True)):
            last[part.path if isinstance(part, FieldCriterion) else number] = predicate
        return lambda row: all(part(row) for part in last.values())


@breaks("ORC-FILT-OR-01")
class OrIsAnd(MutatedConnective):
    """Treats OR as AND."""

    connective = Connective.OR

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: all(part(row) for part in parts)


@breaks("ORC-FILT-NOT-01")
class NotIsIgnored(MutatedConnective):
    """Ignores NOT."""

    connective = Connective.NOT

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: all(part(row) for part in parts)


@breaks("ORC-FILT-AND-03")
class AndUsesTwoFilters(MutatedConnective):
    """Uses only the first two filters of AND."""

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: all(part(row) for part in parts[:2])


@breaks("ORC-FILT-NOT-02")
class NotOfALogicalFilterIsIgnored(MutatedConnective):
    """Ignores NOT before a logical filter."""

    connective = Connective.NOT

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        is_affected = any(isinstance(part, LogicalCriterion) for part in criterion.parts)
        return lambda row: any(part(row) for part in parts) == is_affected


@breaks("ORC-FILT-TREE-01")
class NestedLogicIsRejected(Filtering):
    """Rejects a logical filter within another."""

    def predicate(self, criterion: Criterion, table: Table[Row]) -> Predicate[Row]:
        parts = criterion.parts if isinstance(criterion, LogicalCriterion) else ()
        if any(isinstance(part, LogicalCriterion) for part in parts):
            raise BadRequest("logical filters do not nest")
        return super().predicate(criterion, table)


class _VariableIgnored(MutatedInstanceFilter):
    path: tuple[str, ...] = ()

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[: len(self.path)] == self.path:
            return lambda row: True
        return super().mutate(criterion, table)


@breaks("ORC-FILT-NEST-01")
class InitiatorFilterIsIgnored(_VariableIgnored):
    """Ignores filters on the initiatorEntity."""

    path = ("variables", "initiatorEntity")


@breaks("ORC-FILT-NEST-02")
class TargetFilterIsIgnored(_VariableIgnored):
    """Ignores filters on the targetEntity."""

    path = ("variables", "targetEntity")


@breaks("ORC-FILT-NEST-03")
class InputFilterIsIgnored(_VariableIgnored):
    """Ignores filters on an input."""

    path = ("variables", "workflowdata")


@breaks("ORC-FILT-NEST-04")
class NestedFiltersSupportOnlyEq(MutatedInstanceFilter):
    """Rejects every operator except EQ in nested filters."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[0] == "variables" and criterion.operator != "EQ":
            raise BadRequest("a variable supports only EQ")
        return super().mutate(criterion, table)


@breaks("ORC-FILT-NEST-05")
class CombinedNestedFiltersAreIgnored(Filtering):
    """Ignores a nested filter that is combined with others."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        kept = [
            part
            for part in criterion.parts
            if not isinstance(part, FieldCriterion) or part.path[0] != "variables"
        ]
        return super().logical_predicate(replace(criterion, parts=tuple(kept)), table)


@breaks("ORC-FILT-NEST-06")
class QuotesAreLost(MutatedInstanceFilter):
    """Drops the quotes of a filter value for an input."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[:2] == ("variables", "workflowdata") and isinstance(criterion.value, str):
            return super().mutate(replace(criterion, value=criterion.value.replace('"', "")), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-FLOW-01")
class FilterLeavesTheWorkflow(ReferenceBackend):
    """Returns instances of all workflows if the list of one workflow is filtered."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is not None and body.filters is not None:
            return await self.get_instances(body)
        return await super().get_workflow_instances(workflow_id, body)


@breaks("ORC-FILT-FLOW-02")
class WorkflowListsUseOneFilter(ReferenceBackend):
    """Uses only the first filter of a logical filter in the list of a workflow."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        query = read_query(body)
        if isinstance(query.criterion, LogicalCriterion):
            query = replace(query, criterion=query.criterion.parts[0])
        with refusals_as_errors():
            page = self.search.run(INSTANCES, self.runs_of(workflow_id), query)
        return models.ProcessInstanceListResultDTO(
            items=[self.rendering.instance(each) for each in page.rows],
            pagination_info=models.PaginationInfoDTO(),
            total_count=page.total,
        )


@breaks("ORC-FILT-ANY-01")
class CombinedLikeIsEq(Filtering):
    """Treats LIKE as EQ if it is combined with other filters."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        parts = tuple(
            replace(part, operator=Operator.EQ)
            if isinstance(part, FieldCriterion)
            and part.operator is Operator.LIKE
            and part.path[0] != "variables"
            else part
            for part in criterion.parts
        )
        return super().logical_predicate(replace(criterion, parts=parts), table)
