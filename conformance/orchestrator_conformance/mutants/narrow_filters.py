"""Mutants whose filters go wrong at one kind of value alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from ..reference.catalogue import load_catalogue
from ..reference.criteria import FieldCriterion, Operator
from ..reference.filtering import Predicate
from ..reference.refusals import BadRequest
from ..reference.table import Table
from .filters import OnInstances
from .mutant import breaks

Row = TypeVar("Row")

_TEXTS: Final = (("processId",), ("processName",))


@breaks("ORC-FILT-EQ-05")
class QuotesEndAText(OnInstances):
    """Reads the text that a processId or processName is compared with up to its first quote."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path in _TEXTS and criterion.operator == "EQ" and isinstance(criterion.value, str):
            return super().spoil(replace(criterion, value=criterion.value.partition('"')[0]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-IN-02")
class TwoIdsAreARange(OnInstances):
    """Takes a list of two ids for the ends of a range, as it is for dates."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        match criterion:
            case FieldCriterion(path=("id",), operator=Operator.IN, value=(str(first), str(last))):
                low, high = sorted((first, last))
                return lambda row: low <= table.read_id(row) <= high
            case _:
                return super().spoil(criterion, table)


@breaks("ORC-FILT-IN-03")
class ThreeTextsAtMost(OnInstances):
    """Looks at the first three of a list of texts alone."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path in _TEXTS and isinstance(criterion.value, tuple):
            return super().spoil(replace(criterion, value=criterion.value[:3]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-IN-04")
class UnknownWorkflowsAreRefused(OnInstances):
    """Refuses a list of processIds of which one is no workflow's."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("processId",) and isinstance(criterion.value, tuple):
            unknown = [each for each in criterion.value if each not in load_catalogue()]
            if unknown:
                raise BadRequest(f"no workflow has the id {unknown[0]!r}")
        return super().spoil(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class AsterisksStandForSomething(OnInstances):
    """Has * stand for one character or more."""

    def is_like(self, stored: Any, asked: str) -> bool:
        signs = {"*": ".+", "%": ".*"}
        pattern = "".join(signs.get(sign, re.escape(sign)) for sign in asked)
        return isinstance(stored, str) and re.fullmatch(pattern, stored, re.DOTALL) is not None


@breaks("ORC-FILT-DATE-03")
class NothingIsBetweenTheSame(OnInstances):
    """Lists nothing between an instant and itself."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return asked[0] < asked[1] and super().is_between(stored, asked)


@breaks("ORC-FILT-NEST-04")
class EntitiesTakeNoPatterns(OnInstances):
    """Takes the * of a pattern for an entity for itself."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[0] == "variables" and criterion.operator is Operator.LIKE:
            return super().spoil(replace(criterion, operator=Operator.EQ), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-06")
class BackslashesAreLost(OnInstances):
    """Drops the backslashes of a text that is looked for among the inputs."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[:2] == ("variables", "workflowdata") and isinstance(criterion.value, str):
            return super().spoil(replace(criterion, value=criterion.value.replace("\\", "")), table)
        return super().spoil(criterion, table)
