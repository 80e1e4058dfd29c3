"""Mutants of filters on one field."""

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


class OnInstances(Filtering):
    """Compares workflows as it should, and the fields of instances after `spoil`."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if table.default_order == INSTANCES.default_order:
            return self.spoil(criterion, table)
        return super().field_predicate(criterion, table)

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        return super().field_predicate(criterion, table)


@breaks("ORC-FILT-EQ-01")
class TextFilterIsIgnored(OnInstances):
    """Lists everything under EQ on a text."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.operator == "EQ" and criterion.path[0] in ("processId", "processName"):
            return lambda row: True
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-02")
class StateFilterTakesErrorAsActive(OnInstances):
    """Lists the instances in ERROR under EQ on ACTIVE too."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("state",) and criterion.operator == "EQ" and criterion.value == "ACTIVE":
            either = replace(criterion, operator=type(criterion.operator).IN, value=("ACTIVE", "ERROR"))
            return super().spoil(either, table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-03")
class IdFilterIsRefused(OnInstances):
    """Refuses EQ on the id."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.path == ("id",) and criterion.operator == "EQ":
            raise BadRequest("the id cannot be compared")
        return super().spoil(criterion, table)


@breaks("ORC-FILT-EQ-04")
class DatesEqualByTheDay(OnInstances):
    """Lists the instances of the whole day under EQ on a date."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, datetime) and isinstance(asked, datetime):
            return stored.date() == asked.date()
        return super().equals(stored, asked)


@breaks("ORC-FILT-EQ-05")
class SpacesCollapse(OnInstances):
    """Takes a run of spaces for one."""

    def equals(self, stored: Any, asked: Any) -> bool:
        if isinstance(stored, str) and isinstance(asked, str):
            return stored == " ".join(asked.split())
        return super().equals(stored, asked)


@breaks("ORC-FILT-EQ-06")
class APartIsEqual(OnInstances):
    """Takes a text for equal to its beginning."""

    def equals(self, stored: Any, asked: Any) -> bool:
        return super().equals(stored, asked) or (
            isinstance(stored, str) and isinstance(asked, str) and bool(asked) and stored.startswith(asked)
        )


class _FirstOfList(OnInstances):
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


@breaks("ORC-FILT-IN-04")
class NoneOrAll(Search):
    """Lists nothing under IN where a single one of the values is nowhere."""

    def select(self, table: Table[Row], rows: Sequence[Row], criterion: Criterion | None) -> list[Row]:
        found = super().select(table, rows, criterion)
        if not isinstance(criterion, FieldCriterion) or not isinstance(criterion.value, tuple):
            return found
        column = table.resolve(criterion.path)
        is_everywhere = set(criterion.value) <= {column.read(row) for row in rows}
        return found if criterion.operator != "IN" or is_everywhere else []


class _NoWildcard(OnInstances):
    wildcard = ""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        value = criterion.value
        if criterion.operator == "LIKE" and isinstance(value, str) and self.wildcard in value:
            return super().spoil(replace(criterion, operator=type(criterion.operator).EQ), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-LIKE-01")
class AsteriskIsText(_NoWildcard):
    """Takes * for itself."""

    wildcard = "*"


@breaks("ORC-FILT-LIKE-02")
class PercentSignIsText(_NoWildcard):
    """Takes % for itself."""

    wildcard = "%"


@breaks("ORC-FILT-NULL-01")
class NullIsAlwaysTrue(OnInstances):
    """Takes IS_NULL false for true."""

    def is_null(self, stored: Any, asked: bool) -> bool:
        return stored is None


@breaks("ORC-FILT-DATE-01")
class FromIsAfter(OnInstances):
    """Takes GTE for GT."""

    def is_greater_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_greater(stored, asked)


@breaks("ORC-FILT-DATE-02")
class UpToIsBefore(OnInstances):
    """Takes LTE for LT."""

    def is_less_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        return self.is_less(stored, asked)


@breaks("ORC-FILT-DATE-03")
class BetweenLeavesTheEndOut(OnInstances):
    """Leaves the later end of BETWEEN out."""

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        return stored is not None and asked[0] <= stored < asked[1]


@breaks("ORC-FILT-DATE-04")
class ZonesAreIgnored(OnInstances):
    """Reads the clock of a date and not its zone."""

    def spoil(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if isinstance(criterion.value, str) and re.search(r"T.*[-+]\d\d:\d\d$", criterion.value):
            return super().spoil(replace(criterion, value=criterion.value[:-6] + "Z"), table)
        return super().spoil(criterion, table)


@breaks("ORC-FILT-DATE-05")
class NoEndIsBeforeAll(OnInstances):
    """Takes an end that is missing for one before all others."""

    def is_less(self, stored: datetime | None, asked: datetime) -> bool:
        return stored is None or super().is_less(stored, asked)
