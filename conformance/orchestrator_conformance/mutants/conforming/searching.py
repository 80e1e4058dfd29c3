"""Variants that filter and sort differently in ways that the document leaves open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from orchestrator_v2.server import HTTPError

from ...reference.errors import BadRequest
from ...reference.filters.columns import INSTANCES, WORKFLOWS
from ...reference.filters.criteria import Connective, FieldCriterion, LogicalCriterion, Operator
from ...reference.filters.filtering import Filtering, Predicate
from ...reference.filters.table import ColumnType, Table
from ...reference.lifecycle.instance import RunState
from ...reference.listing.search import Search
from .variant import conforms

Row = TypeVar("Row")

_UUID_LENGTH: Final = 36
_MOST_VALUES: Final = 1000


@conforms()
class OtherTieOrder(Search):
    """Sorts ties by descending id and rows without a key first, since the contract defines neither."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        column = table.sort_column(table.default_order if order_by is None else order_by)
        by_id = sorted(rows, key=table.read_id, reverse=True)
        present = [row for row in by_id if column.read(row) is not None]
        absent = [row for row in by_id if column.read(row) is None]
        return absent + sorted(present, key=column.read, reverse=is_descending)


@conforms()
class MissingKeysAreSmallest(Search):
    """Sorts rows without a key as the smallest, as many databases do, since their place is left open."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        column = table.sort_column(table.default_order if order_by is None else order_by)
        ordered = super().order(table, rows, order_by, is_descending)
        absent = [row for row in ordered if column.read(row) is None]
        present = [row for row in ordered if column.read(row) is not None]
        return present + absent if is_descending else absent + present


# The states in the order in which a run passes through them.
_LIFECYCLE: Final = ("PENDING", "ACTIVE", "SUSPENDED", "ERROR", "ABORTED", "COMPLETED")


@conforms()
class OtherCollation(Search):
    """Sorts text without case and punctuation, and states by lifecycle, since the contract defines no collation."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        column = table.sort_column(table.default_order if order_by is None else order_by)
        ordered = super().order(table, rows, order_by, is_descending)
        if column.type not in (ColumnType.TEXT, ColumnType.ID, ColumnType.STATE):
            return ordered
        return sorted(ordered, key=lambda row: _collate(column.read(row)), reverse=is_descending)


def _collate(value: Any) -> tuple[int, str]:
    if isinstance(value, RunState):
        return _LIFECYCLE.index(value.value), ""
    return 0, "".join(filter(str.isalnum, str(value).casefold()))


@conforms()
class RejectsSomeSortKeys(Search):
    """Rejects sorting instances by id and by duration, which the contract allows."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        if table.default_order == "start" and order_by in ("id", "duration"):
            raise BadRequest(f"cannot order by {order_by!r}")
        return super().order(table, rows, order_by, is_descending)


@conforms()
class OverviewsByName(Search):
    """Lists workflows by name in descending order if no order is requested, which the contract leaves open."""

    def order(
        self, table: Table[Row], rows: Sequence[Row], order_by: str | None, is_descending: bool
    ) -> list[Row]:
        if table.default_order == WORKFLOWS.default_order and order_by is None:
            return super().order(table, rows, "name", True)
        return super().order(table, rows, order_by, is_descending)


@conforms()
class IdsAreUuids(Filtering):
    """Compares ids as UUIDs, without regard to case, and rejects other values, since ids of its instances are UUIDs."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if table.default_order != INSTANCES.default_order or criterion.path != ("id",):
            return super().field_predicate(criterion, table)
        value = criterion.value
        if isinstance(value, bool):
            return super().field_predicate(criterion, table)
        ids = tuple(_normalize_uuid(each) for each in (value if isinstance(value, tuple) else (value,)))
        return super().field_predicate(
            replace(criterion, value=ids if isinstance(value, tuple) else ids[0]), table
        )


def _normalize_uuid(value: Any) -> str:
    try:
        if len(value) == _UUID_LENGTH:
            return str(UUID(value))
    except ValueError:
        pass
    raise BadRequest(f"{value!r} is not a UUID")


@conforms()
class RejectsAThousandValues(Filtering):
    """Rejects IN with more than a thousand values, as a body over the limit of a deployment is rejected."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if isinstance(criterion.value, tuple) and len(criterion.value) > _MOST_VALUES:
            raise HTTPError(413, f"IN has more than {_MOST_VALUES} values")
        return super().field_predicate(criterion, table)


@conforms()
class LikeIgnoresCase(Filtering):
    """Ignores case in LIKE, since the document does not say whether LIKE is case-sensitive."""

    def is_like(self, stored: Any, asked: str) -> bool:
        return super().is_like(stored.casefold() if isinstance(stored, str) else stored, asked.casefold())


@conforms()
class AcceptsEveryOperator(Filtering):
    """Accepts every operator on every type and compares as text, since other pairs may be rejected but need not be."""

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        try:
            return super().field_predicate(criterion, table)
        except BadRequest:
            read, value = table.resolve(criterion.path).read, criterion.value
            compare = self.comparison(criterion.operator)
        if criterion.operator in (Operator.IN, Operator.BETWEEN):
            listed = value if isinstance(value, tuple) else (value,)
            padded = tuple(str(each) for each in (*listed, "", ""))
            asked: Any = padded if criterion.operator is Operator.BETWEEN else padded[:-2]
        else:
            asked = bool(value) if criterion.operator is Operator.IS_NULL else str(value)
        return lambda row: bool(compare(_as_text(read(row)), asked))


def _as_text(value: Any) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


@conforms()
class RejectsEmptyLists(Filtering):
    """Rejects empty lists and NOT of several filters, since the contract does not define their meaning."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        if not criterion.parts or (criterion.connective is Connective.NOT and len(criterion.parts) > 1):
            raise BadRequest(f"{criterion.connective} does not take {len(criterion.parts)} filters")
        return super().logical_predicate(criterion, table)

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        if criterion.value == ():
            raise BadRequest("the list is empty")
        return super().field_predicate(criterion, table)


@conforms()
class OtherEmptyLists(Filtering):
    """Matches nothing for an empty AND and negates the AND of several filters in NOT, which are left open."""

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        parts = [self.predicate(part, table) for part in criterion.parts]
        if not parts:
            matches = criterion.connective is Connective.OR
            return lambda row: matches
        if criterion.connective is Connective.NOT:
            return lambda row: not all(part(row) for part in parts)
        return super().logical_predicate(criterion, table)

    def comparison(self, operator: Operator) -> Callable[[Any, Any], bool]:
        compare = super().comparison(operator)
        return lambda stored, asked: asked == () or compare(stored, asked)
