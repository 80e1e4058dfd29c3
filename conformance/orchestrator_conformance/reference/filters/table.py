"""The typed columns by which a list of rows can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from ..errors import BadRequest
from .criteria import Operator

Row = TypeVar("Row")


class ColumnType(Enum):
    """The type of a column. It decides which operators are allowed and whether rows can be sorted by the column."""

    TEXT = "text"
    ID = "id"
    DATE = "date"
    STATE = "state"
    SPAN = "duration"
    VARIABLE = "variable"
    OBJECT = "object"


OPERATORS: Final[Mapping[ColumnType, frozenset[Operator]]] = {
    ColumnType.TEXT: frozenset({Operator.EQ, Operator.IN, Operator.LIKE, Operator.IS_NULL}),
    ColumnType.ID: frozenset({Operator.EQ, Operator.IN, Operator.IS_NULL}),
    ColumnType.DATE: frozenset(Operator) - {Operator.IN, Operator.LIKE},
    ColumnType.STATE: frozenset({Operator.EQ, Operator.IN}),
    ColumnType.SPAN: frozenset(),
    ColumnType.VARIABLE: frozenset({Operator.EQ, Operator.IN, Operator.LIKE, Operator.IS_NULL}),
    ColumnType.OBJECT: frozenset(),
}

_UNSORTABLE: Final = frozenset({ColumnType.VARIABLE, ColumnType.OBJECT})


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its type, and a function that reads the value of a row, or `None` if it has none.

    An `OBJECT` has a mapping as its value; `members` are the types of its members. A `VARIABLE` has any JSON value, and
    filters may use any path into it.
    """

    type: ColumnType
    read: Callable[[Row], Any]
    members: Mapping[str, ColumnType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The columns of one kind of row by name, its default sort key, and the id that breaks ties."""

    columns: Mapping[str, Column[Row]]
    default_order: str
    read_id: Callable[[Row], str]

    def sort_column(self, name: str) -> Column[Row]:
        """Return the column to sort by. Raises `BadRequest` if rows cannot be sorted by `name`."""
        column = self.columns.get(name)
        if column is None or column.type in _UNSORTABLE:
            raise BadRequest(f"cannot sort by {name!r}; expected one of {', '.join(self.sort_keys())}")
        return column

    def sort_keys(self) -> list[str]:
        """Return the names of the columns that rows can be sorted by."""
        return [name for name, column in self.columns.items() if column.type not in _UNSORTABLE]

    def resolve(self, path: tuple[str, ...]) -> Column[Row]:
        """Return the value at `path` as a column. Raises `BadRequest` for an unknown field."""
        column = self.columns.get(path[0])
        if column is None:
            raise BadRequest(f"unknown field {path[0]!r}; expected one of {', '.join(self.columns)}")
        if len(path) == 1:
            return column
        if column.type is not ColumnType.OBJECT:
            raise BadRequest(f"the field {path[0]!r} has no nested fields")
        member = column.members.get(path[1])
        if member is None:
            expected = ", ".join(column.members)
            raise BadRequest(f"unknown field {path[1]!r} in {path[0]!r}; expected one of {expected}")
        if len(path) > 2 and member is not ColumnType.VARIABLE:
            raise BadRequest(f"the field {path[1]!r} has no nested fields")
        return Column(member, lambda row: _reach(column.read(row), path[1:]))


def _reach(value: Any, path: tuple[str, ...]) -> Any:
    """Return the JSON value at `path`, or `None` if a step is missing."""
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value
