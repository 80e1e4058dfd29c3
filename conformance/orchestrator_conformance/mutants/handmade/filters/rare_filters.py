"""Mutants whose filters are wrong only in rare cases."""

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
from .fields import MutatedInstanceFilter
from .logical import MutatedConnective

Row = TypeVar("Row")


_TEXTS: Final = (("processId",), ("processName",))


@breaks("ORC-FILT-EQ-05")
class QuotesEndAValue(MutatedInstanceFilter):
    """Truncates the value of EQ on processId and processName at the first quote."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path in _TEXTS and criterion.operator == "EQ" and isinstance(criterion.value, str):
            return super().mutate(replace(criterion, value=criterion.value.partition('"')[0]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class DotsMatchAnyCharacter(Filtering):
    """Treats a dot in the pattern of LIKE as any character."""

    def is_like(self, stored: Any, asked: str) -> bool:
        parts = (".*".join(map(re.escape, re.split("[*%]", part))) for part in asked.split("."))
        return isinstance(stored, str) and re.fullmatch(".".join(parts), stored, re.DOTALL) is not None


@breaks("ORC-FILT-DATE-06")
class DatesAreComparedInSeconds(Filtering):
    """Compares dates without their fractions of a second."""

    def is_greater(self, stored: datetime | None, asked: datetime) -> bool:
        return stored is not None and stored.replace(microsecond=0) > asked.replace(microsecond=0)


@breaks("ORC-FILT-IN-02")
class TwoIdsAreARange(MutatedInstanceFilter):
    """Treats IN on two ids as a range, as BETWEEN on dates."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        match criterion:
            case FieldCriterion(path=("id",), operator=Operator.IN, value=(str(first), str(last))):
                low, high = sorted((first, last))
                return lambda row: low <= table.read_id(row) <= high
            case _:
                return super().mutate(criterion, table)


@breaks("ORC-FILT-IN-03")
class ThreeTextsAtMost(MutatedInstanceFilter):
    """Uses only the first three values of IN on processId and processName."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path in _TEXTS and isinstance(criterion.value, tuple):
            return super().mutate(replace(criterion, value=criterion.value[:3]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-IN-04")
class InRejectsUnknownWorkflows(MutatedInstanceFilter):
    """Rejects IN on the processId if one of the values is not the id of a workflow."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("processId",) and isinstance(criterion.value, tuple):
            unknown = [each for each in criterion.value if each not in load_catalogue()]
            if unknown:
                raise BadRequest(f"no workflow has the id {unknown[0]!r}")
        return super().mutate(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class AsteriskNeedsACharacter(MutatedInstanceFilter):
    """Requires at least one character for * in LIKE."""

    def is_like(self, stored: Any, asked: str) -> bool:
        signs = {"*": ".+", "%": ".*"}
        pattern = "".join(signs.get(sign, re.escape(sign)) for sign in asked)
        return isinstance(stored, str) and re.fullmatch(pattern, stored, re.DOTALL) is not None


@breaks("ORC-FILT-DATE-03")
class EqualBoundsMatchNothing(MutatedInstanceFilter):
    """Returns nothing for BETWEEN with equal bounds."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return asked[0] < asked[1] and super().is_between(stored, asked)


@breaks("ORC-FILT-NEST-04")
class NestedLikeIsEq(MutatedInstanceFilter):
    """Treats the wildcards of LIKE in a nested filter as literal characters."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[0] == "variables" and criterion.operator is Operator.LIKE:
            return super().mutate(replace(criterion, operator=Operator.EQ), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-NEST-06")
class BackslashesAreLost(MutatedInstanceFilter):
    """Drops the backslashes of a filter value for an input."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path[:2] == ("variables", "workflowdata") and isinstance(criterion.value, str):
            return super().mutate(replace(criterion, value=criterion.value.replace("\\", "")), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class LikeIsAnchoredAtItsStart(MutatedInstanceFilter):
    """Accepts any text after the end of a LIKE pattern."""

    def is_like(self, stored: Any, asked: str) -> bool:
        return isinstance(stored, str) and fits_pattern(stored, f"{asked}*")


@breaks("ORC-FILT-LIKE-02")
class LikeLooksAnywhere(MutatedInstanceFilter):
    """Accepts any text before and after a LIKE pattern with %."""

    def is_like(self, stored: Any, asked: str) -> bool:
        if "%" not in asked:
            return super().is_like(stored, asked)
        return isinstance(stored, str) and fits_pattern(stored, f"*{asked}*")


@breaks("ORC-FILT-AND-03")
class OrUsesTwoFilters(MutatedConnective):
    """Uses only the first two filters of OR."""

    connective = Connective.OR

    def join(self, parts: list[Predicate[Row]], criterion: LogicalCriterion) -> Predicate[Row]:
        return lambda row: any(part(row) for part in parts[:2])


@breaks("ORC-FILT-TREE-01")
class NotInsideAndIsIgnored(Filtering):
    """Ignores a NOT within AND."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        kept = [
            part
            for part in criterion.parts
            if not (isinstance(part, LogicalCriterion) and part.connective is Connective.NOT)
        ]
        is_affected = criterion.connective is Connective.AND
        return super().logical_predicate(
            replace(criterion, parts=tuple(kept)) if is_affected else criterion, table
        )


@breaks("ORC-FILT-NOT-02")
class NotOfAndIsAndOfNots(Filtering):
    """Evaluates NOT of an AND as the AND of the negated filters, against De Morgan's laws."""

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
class BetweenExcludesItsStart(MutatedInstanceFilter):
    """Excludes the lower bound of BETWEEN."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] < stored <= asked[1]


@breaks("ORC-FILT-NULL-01")
class NotNullIsIgnored(MutatedInstanceFilter):
    """Ignores IS_NULL false."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None or not asked


@breaks("ORC-FILT-IN-02")
class LastIdIsDropped(MutatedInstanceFilter):
    """Drops the last value of IN on the id, as an off-by-one error does."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path == ("id",) and isinstance(value, tuple) and len(value) > 1:
            return super().mutate(replace(criterion, value=value[:-1]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-NEST-04")
class NestedInUsesLastValue(MutatedInstanceFilter):
    """Uses only the last value of IN in a nested filter."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.path[0] == "variables" and isinstance(value, tuple):
            return super().mutate(replace(criterion, operator=Operator.EQ, value=value[-1]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-NEST-05")
class NestedOrIsAnd(Filtering):
    """Treats OR as AND if one of the filters is nested."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.connective is Connective.OR and any(map(_is_nested, criterion.parts)):
            return super().logical_predicate(replace(criterion, connective=Connective.AND), table)
        return super().logical_predicate(criterion, table)


def _is_nested(part: Criterion) -> bool:
    return isinstance(part, FieldCriterion) and len(part.path) > 1
