"""Mutants whose filters on a single field are wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from ....reference.errors import BadRequest
from ....reference.filters.columns import INSTANCES
from ....reference.filters.criteria import Criterion, FieldCriterion, LogicalCriterion
from ....reference.filters.filtering import Filtering, Predicate
from ....reference.filters.table import Table
from ....reference.listing.search import Search
from ...mutant import breaks

Row = TypeVar("Row")


class MutatedInstanceFilter(Filtering):
    """A filtering that changes conditions on fields of instances with `mutate`, and leaves those of workflows."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if table.default_order == INSTANCES.default_order:
            return self.mutate(criterion, table)
        return super().field_predicate(criterion, table)

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        return super().field_predicate(criterion, table)


@breaks("ORC-FILT-EQ-01")
class TextFilterIsIgnored(MutatedInstanceFilter):
    """Ignores EQ on processId and processName."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.operator == "EQ" and criterion.path[0] in ("processId", "processName"):
            return lambda row: True
        return super().mutate(criterion, table)


@breaks("ORC-FILT-EQ-02")
class StateFilterTakesErrorAsActive(MutatedInstanceFilter):
    """Also returns instances in ERROR for EQ on ACTIVE."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("state",) and criterion.operator == "EQ" and criterion.value == "ACTIVE":
            either = replace(criterion, operator=type(criterion.operator).IN, value=("ACTIVE", "ERROR"))
            return super().mutate(either, table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-EQ-03")
class IdFilterIsRejected(MutatedInstanceFilter):
    """Rejects EQ on the id."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("id",) and criterion.operator == "EQ":
            raise BadRequest("the id cannot be compared")
        return super().mutate(criterion, table)


@breaks("ORC-FILT-EQ-04")
class DatesEqualByTheDay(MutatedInstanceFilter):
    """Returns all instances of the day for EQ on a date."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, datetime) and isinstance(asked, datetime):
            return stored.date() == asked.date()
        return super().equals(stored, asked)


@breaks("ORC-FILT-EQ-05")
class SpacesCollapse(MutatedInstanceFilter):
    """Collapses consecutive spaces of a filter value into one."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, str) and isinstance(asked, str):
            return stored == " ".join(asked.split())
        return super().equals(stored, asked)


@breaks("ORC-FILT-EQ-06")
class PrefixIsEqual(MutatedInstanceFilter):
    """Treats a string as equal to any prefix of it."""

    def equals(self, stored: Any, asked: Any) -> bool:
        return super().equals(stored, asked) or (
            isinstance(stored, str) and isinstance(asked, str) and bool(asked) and stored.startswith(asked)
        )


class _LastOfList(MutatedInstanceFilter):
    field = ""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if (
            criterion.operator == "IN"
            and criterion.path == (self.field,)
            and isinstance(criterion.value, tuple)
        ):
            return super().mutate(replace(criterion, value=criterion.value[-1:]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-IN-01")
class OnlyLastStateCounts(_LastOfList):
    """Uses only the last value of IN on the state."""

    field = "state"

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        return Filtering().logical_predicate(criterion, table)


@breaks("ORC-FILT-IN-02")
class OnlyLastIdCounts(_LastOfList):
    """Uses only the last value of IN on the id."""

    field = "id"


@breaks("ORC-FILT-IN-03")
class OnlyLastTextCounts(_LastOfList):
    """Uses only the last value of IN on the processId."""

    field = "processId"


@breaks("ORC-FILT-IN-04")
class UnknownValueEmptiesIn(Search):
    """Returns nothing for IN if one of the values does not occur."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        found = super().select(table, rows, criterion)
        if not isinstance(criterion, FieldCriterion) or not isinstance(criterion.value, tuple):
            return found
        column = table.resolve(criterion.path)
        is_everywhere = set(criterion.value) <= {column.read(row) for row in rows}
        return found if criterion.operator != "IN" or is_everywhere else []


class _NoWildcard(MutatedInstanceFilter):
    wildcard = ""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.operator == "LIKE" and isinstance(value, str) and self.wildcard in value:
            return super().mutate(replace(criterion, operator=type(criterion.operator).EQ), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class AsteriskIsText(_NoWildcard):
    """Treats * in LIKE as a literal character."""

    wildcard = "*"


@breaks("ORC-FILT-LIKE-02")
class PercentSignIsText(_NoWildcard):
    """Treats % in LIKE as a literal character."""

    wildcard = "%"


@breaks("ORC-FILT-NULL-01")
class IsNullFalseIsTrue(MutatedInstanceFilter):
    """Treats IS_NULL false as IS_NULL true."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None


@breaks("ORC-FILT-DATE-01")
class GteIsGt(MutatedInstanceFilter):
    """Treats GTE as GT."""

    def is_greater_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_greater(stored, asked)


@breaks("ORC-FILT-DATE-02")
class LteIsLt(MutatedInstanceFilter):
    """Treats LTE as LT."""

    def is_less_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_less(stored, asked)


@breaks("ORC-FILT-DATE-03")
class BetweenExcludesItsEnd(MutatedInstanceFilter):
    """Excludes the upper bound of BETWEEN."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] <= stored < asked[1]


@breaks("ORC-FILT-DATE-04")
class ZonesAreIgnored(MutatedInstanceFilter):
    """Ignores the UTC offset of a date."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if isinstance(criterion.value, str) and re.search(r"T.*[-+]\d\d:\d\d$", criterion.value):
            return super().mutate(replace(criterion, value=criterion.value[:-6] + "Z"), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-DATE-05")
class MissingEndIsEarliest(MutatedInstanceFilter):
    """Treats a missing end as earlier than every date."""

    def is_less(self, stored: datetime | None, asked: datetime) -> bool:
        return stored is None or super().is_less(stored, asked)
