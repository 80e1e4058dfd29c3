"""Mutants whose filters are wrong in rare cases only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from ....reference.errors import BadRequest
from ....reference.filters.criteria import Connective, Criterion, FieldCriterion, LogicalCriterion, Operator
from ....reference.filters.filtering import Filtering, Predicate, fits_pattern
from ....reference.filters.table import Table
from ....reference.overviews.catalogue import load_catalogue
from ...mutant import breaks
from .fields import OnInstances
from .logical import Joining

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


@breaks("ORC-FILT-LIKE-01")
class LikeIsAnchoredAtItsStart(OnInstances):
    """Takes a text for fitting that begins as the pattern says, whatever follows."""

    def is_like(self, stored: Any, asked: str) -> bool:
        return isinstance(stored, str) and fits_pattern(stored, f"{asked}*")


@breaks("ORC-FILT-LIKE-02")
class LikeLooksAnywhere(OnInstances):
    """Takes a text for fitting that holds what stands between the percent signs."""

    def is_like(self, stored: Any, asked: str) -> bool:
        if "%" not in asked:
            return super().is_like(stored, asked)
        return isinstance(stored, str) and fits_pattern(stored, f"*{asked}*")


@breaks("ORC-FILT-AND-03")
class OrTakesTwo(Joining):
    """Looks at the first two filters of OR alone."""

    connective = Connective.OR

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: any(part(row) for part in parts[:2])


@breaks("ORC-FILT-TREE-01")
class NotInsideAndIsIgnored(Filtering):
    """Passes over a NOT that is joined by AND."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        kept = [
            part
            for part in criterion.parts
            if not (isinstance(part, LogicalCriterion) and part.connective is Connective.NOT)
        ]
        is_it = criterion.connective is Connective.AND
        return super().logical_predicate(replace(criterion, parts=tuple(kept)) if is_it else criterion, table)


@breaks("ORC-FILT-NOT-02")
class NotOfAndIsAndOfNots(Filtering):
    """Takes NOT of an AND for the AND of what is not, as if there were no De Morgan."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        match criterion:
            case LogicalCriterion(
                connective=Connective.NOT,
                parts=(LogicalCriterion(connective=Connective.AND, parts=inner),),
            ):
                parts = [self.predicate(part, table) for part in inner]
                return lambda row: not any(part(row) for part in parts)
            case _:
                return super().logical_predicate(criterion, table)


@breaks("ORC-FILT-DATE-03")
class BetweenLeavesTheStartOut(OnInstances):
    """Leaves the earlier end of BETWEEN out."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] < stored <= asked[1]


@breaks("ORC-FILT-NULL-01")
class NotNullIsIgnored(OnInstances):
    """Lists everything under IS_NULL false."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None or not asked


@breaks("ORC-FILT-IN-02")
class TheLastIdIsLost(OnInstances):
    """Drops the last of several ids, as a loop that ends too early would."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path == ("id",) and isinstance(value, tuple) and len(value) > 1:
            return super().spoil(replace(criterion, value=value[:-1]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-04")
class NestedListsAreTheirFirst(OnInstances):
    """Lists nothing under IN on a variable but what equals the last of the values."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path[0] == "variables" and isinstance(value, tuple):
            return super().spoil(replace(criterion, operator=Operator.EQ, value=value[-1]), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-NEST-05")
class NestedOrIsAnd(Filtering):
    """Takes OR for AND where a nested filter is among the filters."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is Connective.OR and any(map(_is_nested, criterion.parts)):
            return super().logical_predicate(replace(criterion, connective=Connective.AND), table)
        return super().logical_predicate(criterion, table)


def _is_nested(part: Criterion) -> bool:
    return isinstance(part, FieldCriterion) and len(part.path) > 1
