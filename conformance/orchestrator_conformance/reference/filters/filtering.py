"""Evaluates filters on the rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from ..errors import BadRequest
from ..lifecycle.instance import RunState
from ..lifecycle.instants import parse_instant
from .criteria import Connective, Criterion, FieldCriterion, FilterValue, LogicalCriterion, Operator
from .table import OPERATORS, ColumnType, Table

Row = TypeVar("Row")
Predicate = Callable[[Row], bool]


class Filtering:
    """Converts a criterion to a predicate on rows.

    The whole criterion is validated before any row is read, so an invalid one is rejected for an empty list too.
    A comparison with a missing value does not match, and its negation does.
    """

    def predicate(self, criterion: Criterion, table: Table[Row]) -> Predicate[Row]:
        """Return the predicate for `criterion`. Raises `BadRequest` if it is not valid for the table."""
        match criterion:
            case FieldCriterion():
                return self.field_predicate(criterion, table)
            case LogicalCriterion():
                return self.logical_predicate(criterion, table)

    def logical_predicate(self, criterion: LogicalCriterion, table: Table[Row]) -> Predicate[Row]:
        """Return the predicate that combines the parts.

        The document leaves some cases open. Here, without parts, `AND` and `NOT` match every row and `OR` none. `NOT`
        with several parts matches the rows that match none of them.
        """
        parts = [self.predicate(part, table) for part in criterion.parts]
        match criterion.connective:
            case Connective.AND:
                return lambda row: all(part(row) for part in parts)
            case Connective.OR:
                return lambda row: any(part(row) for part in parts)
            case Connective.NOT:
                return lambda row: not any(part(row) for part in parts)

    def field_predicate(self, criterion: FieldCriterion, table: Table[Row]) -> Predicate[Row]:
        """Return the predicate that compares one field."""
        column = table.resolve(criterion.path)
        name, operator = ".".join(criterion.path), criterion.operator
        if operator not in OPERATORS[column.type]:
            raise BadRequest(f"{operator} does not apply to {name}, which is of type {column.type.value}")
        asked = self.read_value(criterion.value, operator, column.type, name)
        compare = self.comparison(operator)
        return lambda row: compare(column.read(row), asked)

    def comparison(self, operator: Operator) -> Callable[[Any, Any], bool]:
        """Return the function that compares a stored value, `None` if missing, with the requested one."""
        return {
            Operator.EQ: self.equals,
            Operator.IN: self.is_in,
            Operator.LIKE: self.is_like,
            Operator.IS_NULL: self.is_null,
            Operator.GT: self.is_greater,
            Operator.GTE: self.is_greater_or_equal,
            Operator.LT: self.is_less,
            Operator.LTE: self.is_less_or_equal,
            Operator.BETWEEN: self.is_between,
        }[operator]

    def equals(self, stored: Any, asked: Any) -> bool:
        """Whether the JSON values are equal. A boolean is not equal to a number."""
        return isinstance(stored, bool) == isinstance(asked, bool) and bool(stored == asked)

    def is_in(self, stored: Any, asked: tuple[Any, ...]) -> bool:
        """Whether the value equals an item of the list."""
        return any(self.equals(stored, item) for item in asked)

    def is_like(self, stored: Any, asked: str) -> bool:
        """Whether the whole text matches the pattern, see `fits_pattern`."""
        return isinstance(stored, str) and fits_pattern(stored, asked)

    def is_null(self, stored: Any, asked: bool) -> bool:
        """Whether the value is missing or, if `asked` is `False`, present."""
        return (stored is None) == asked

    def is_greater(self, stored: datetime | None, asked: datetime) -> bool:
        """Whether the instant is after the other."""
        return stored is not None and stored > asked

    def is_greater_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        """Whether the instant is not before the other."""
        return stored is not None and stored >= asked

    def is_less(self, stored: datetime | None, asked: datetime) -> bool:
        """Whether the instant is before the other."""
        return stored is not None and stored < asked

    def is_less_or_equal(self, stored: datetime | None, asked: datetime) -> bool:
        """Whether the instant is not after the other."""
        return stored is not None and stored <= asked

    def is_between(self, stored: datetime | None, asked: tuple[datetime, datetime]) -> bool:
        """Whether the instant is between the two bounds, inclusive. False for reversed bounds."""
        return stored is not None and asked[0] <= stored <= asked[1]

    def read_value(self, value: FilterValue, operator: Operator, column_type: ColumnType, name: str) -> Any:
        """Return the value, converted to the type of the column.

        Raises `BadRequest` if the operator or the type does not accept it.
        """
        match operator:
            case Operator.IS_NULL:
                if not isinstance(value, bool):
                    raise BadRequest(f"IS_NULL on {name} requires true or false")
                return value
            case Operator.IN:
                if not isinstance(value, tuple):
                    raise BadRequest(f"IN on {name} requires a list")
                return tuple(read_item(item, column_type, name) for item in value)
            case Operator.BETWEEN:
                if not isinstance(value, tuple) or len(value) != 2:
                    raise BadRequest(f"BETWEEN on {name} requires a list of two values")
                return tuple(read_item(item, column_type, name) for item in value)
            case Operator.LIKE:
                return read_item(value, ColumnType.TEXT, name)
            case _:
                return read_item(value, column_type, name)


def read_item(value: FilterValue, column_type: ColumnType, name: str) -> Any:
    """Return one value converted to the type of the column: text, instant, state or any scalar. Raises `BadRequest`."""
    if isinstance(value, tuple):
        raise BadRequest(f"the operator on {name} requires one value, not a list")
    if column_type is ColumnType.VARIABLE:
        return value
    if not isinstance(value, str):
        raise BadRequest(f"{name} requires a string value, not {type(value).__name__}")
    try:
        match column_type:
            case ColumnType.DATE:
                return parse_instant(value)
            case ColumnType.STATE:
                return RunState(value)
            case _:
                return value
    except ValueError:
        raise BadRequest(f"the value for {name} is not a valid {column_type.value}") from None


def fits_pattern(text: str, pattern: str) -> bool:
    """Whether the whole `text` matches `pattern`, in which `*` and `%` match any number of characters.

    All other characters are literal. The parts between the wildcards are searched from left to right, which takes
    linear time for any pattern.
    """
    first, *rest = pattern.replace("%", "*").split("*")
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first):
        return False
    position = len(first)
    for part in middle:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return len(text) - len(last) >= position and text.endswith(last)
