"""Mutants that evaluate logical filters over nested filters, or over other logical filters, wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeVar

from ....reference.filters.criteria import Connective, Criterion, FieldCriterion, LogicalCriterion
from ....reference.filters.filtering import Filtering, Predicate
from ....reference.filters.table import Table
from ...mutant import breaks

Row = TypeVar("Row")

_INPUT: Final = ("variables", "workflowdata")


def _is_on_entity(part: Criterion) -> bool:
    return isinstance(part, FieldCriterion) and part.path[0] == "variables" and part.path[:2] != _INPUT


def _is_on_input(part: Criterion) -> bool:
    return isinstance(part, FieldCriterion) and part.path[:2] == _INPUT


def _is_pair(part: Criterion, connective: Connective) -> bool:
    return isinstance(part, LogicalCriterion) and part.connective is connective and len(part.parts) > 1


@breaks("ORC-FILT-NEST-07")
class LastEntityWins(Filtering):
    """Uses only the last of several nested filters on entities, as a merge of their objects does."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if len(criterion.parts) > 1 and all(map(_is_on_entity, criterion.parts)):
            return super().logical_predicate(replace(criterion, parts=criterion.parts[-1:]), table)
        return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-NEST-08")
class InputsAreJoinedByAnd(Filtering):
    """Treats OR as AND if all of its filters are on inputs."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is Connective.OR and all(map(_is_on_input, criterion.parts)):
            return super().logical_predicate(replace(criterion, connective=Connective.AND), table)
        return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-TREE-02")
class OrOfAndsIsFlat(Filtering):
    """Treats an OR of ANDs as an OR of all of their filters."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        is_affected = criterion.connective is Connective.OR and len(criterion.parts) > 1
        if is_affected and all(_is_pair(part, Connective.AND) for part in criterion.parts):
            inner = [part.parts for part in criterion.parts if isinstance(part, LogicalCriterion)]
            return super().logical_predicate(replace(criterion, parts=tuple(sum(inner, ()))), table)
        return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-TREE-03")
class NotOfPairsNegatesOne(Filtering):
    """Negates only the first combination if NOT is applied to an AND or OR of combinations."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        match criterion:
            case LogicalCriterion(
                connective=Connective.NOT,
                parts=(LogicalCriterion(connective=Connective.AND | Connective.OR, parts=inner),),
            ) if len(inner) > 1 and all(isinstance(part, LogicalCriterion) for part in inner):
                return super().logical_predicate(replace(criterion, parts=inner[:1]), table)
            case _:
                return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-TREE-04")
class DeepLevelsAreIgnored(Filtering):
    """Ignores what is nested more than eight levels deep."""

    def __init__(self) -> None:
        self._depth = 0

    def predicate(self, criterion: Criterion, table: Table[Row]) -> Predicate[Row]:
        self._depth += 1
        try:
            return (lambda row: True) if self._depth > _DEEPEST else super().predicate(criterion, table)
        finally:
            self._depth -= 1


_DEEPEST: Final = 9
