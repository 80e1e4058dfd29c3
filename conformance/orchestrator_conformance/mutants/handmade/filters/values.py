"""Mutants that compare the values of filters inexactly, or do not accept many or long ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeVar

from ....reference.errors import BadRequest
from ....reference.filters.criteria import FieldCriterion, FilterValue
from ....reference.filters.filtering import Predicate
from ....reference.filters.table import Table
from ...mutant import breaks
from .fields import MutatedInstanceFilter

Row = TypeVar("Row")

_LONGEST: Final = 4000
_MOST: Final = 100


def _change(value: FilterValue, change: Callable[[str], str]) -> FilterValue:
    if isinstance(value, tuple):
        return tuple(change(each) if isinstance(each, str) else each for each in value)
    return change(value) if isinstance(value, str) else value


class _Loose(MutatedInstanceFilter):
    """Compares fields whose path begins with one of `paths` after both texts were changed by `change`."""

    paths: tuple[tuple[str, ...], ...] = ()
    operators: tuple[str, ...] = ("EQ", "IN")

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        is_affected = any(criterion.path[: len(path)] == path for path in self.paths)
        if not is_affected or criterion.operator not in self.operators:
            return super().mutate(criterion, table)
        read = table.resolve(criterion.path).read
        asked = _change(criterion.value, self.change)
        values = asked if isinstance(asked, tuple) else (asked,)
        return lambda row: self._changed(read(row)) in values

    def _changed(self, stored: Any) -> Any:
        return self.change(stored) if isinstance(stored, str) else stored

    def change(self, text: str) -> str:
        return text


@breaks("ORC-FILT-EQ-08")
class ProcessIdsIgnoreCase(_Loose):
    """Ignores case in EQ and IN on the processId."""

    paths = (("processId",),)

    def change(self, text: str) -> str:
        return text.casefold()


@breaks("ORC-FILT-EQ-08")
class InIgnoresTrailingSpaces(_Loose):
    """Ignores spaces at the end of values of IN on the processId."""

    paths = (("processId",),)
    operators = ("IN",)

    def change(self, text: str) -> str:
        return text.rstrip(" ")


@breaks("ORC-FILT-EQ-09")
class IdsAreTrimmed(_Loose):
    """Ignores whitespace at both ends of values of EQ and IN on the id."""

    paths = (("id",),)

    def change(self, text: str) -> str:
        return text.strip()


@breaks("ORC-FILT-NEST-09")
class EntitiesIgnoreCase(_Loose):
    """Ignores case in EQ and IN on the entities."""

    paths = (("variables", "initiatorEntity"), ("variables", "targetEntity"))

    def change(self, text: str) -> str:
        return text.casefold()


@breaks("ORC-FILT-NEST-09")
class InputsAreTrimmed(_Loose):
    """Ignores whitespace at both ends of values of EQ and IN on inputs."""

    paths = (("variables", "workflowdata"),)

    def change(self, text: str) -> str:
        return text.strip()


@breaks("ORC-FILT-IN-05")
class HundredValuesAtMost(MutatedInstanceFilter):
    """Uses only the first hundred values of IN."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if isinstance(criterion.value, tuple):
            return super().mutate(replace(criterion, value=criterion.value[:_MOST]), table)
        return super().mutate(criterion, table)


@breaks("ORC-FILT-EQ-10")
class LongValuesAreRejected(MutatedInstanceFilter):
    """Rejects values of more than four thousand characters."""

    def mutate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if isinstance(criterion.value, str) and len(criterion.value) > _LONGEST:
            raise BadRequest(f"the value has more than {_LONGEST} characters")
        return super().mutate(criterion, table)
