"""What a list can be filtered and sorted by: columns with a type, over rows of any kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from ..errors import BadRequest
from .criteria import Operator

Row = TypeVar("Row")


class ColumnType(Enum):
    """What a column holds, which decides the operators that it takes and whether it orders the rows."""

    TEXT = "text"
    ID = "id"
    DATE = "date"
    STATE = "state"
    SPAN = "span of time"
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
    """One column: its type and how a row's value is read, `None` where the row has none.

    An `OBJECT` reads a mapping, whose `members` have types of their own. A `VARIABLE` reads any JSON, and can
    be reached into by whatever names it holds.
    """

    type: ColumnType
    read: Callable[[Row], Any]
    members: Mapping[str, ColumnType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The columns of a kind of row by name, the key of its default order, and the id that breaks ties."""

    columns: Mapping[str, Column[Row]]
    default_order: str
    read_id: Callable[[Row], str]

    def sort_column(self, name: str) -> Column[Row]:
        """Return the column that orders by `name`; raise `BadRequest` where none does."""
        column = self.columns.get(name)
        if column is None or column.type in _UNSORTABLE:
            raise BadRequest(f"cannot order by {name!r}; expected one of {', '.join(self.sort_keys())}")
        return column

    def sort_keys(self) -> list[str]:
        """Return the names that rows can be ordered by."""
        return [name for name, column in self.columns.items() if column.type not in _UNSORTABLE]

    def resolve(self, path: tuple[str, ...]) -> Column[Row]:
        """Return what `path` reaches, as a column of its own; raise `BadRequest` for an unknown field."""
        column = self.columns.get(path[0])
        if column is None:
            raise BadRequest(f"unknown field {path[0]!r}; expected one of {', '.join(self.columns)}")
        if len(path) == 1:
            return column
        if column.type is not ColumnType.OBJECT:
            raise BadRequest(f"the field {path[0]!r} has no fields of its own")
        member = column.members.get(path[1])
        if member is None:
            expected = ", ".join(column.members)
            raise BadRequest(f"unknown field {path[1]!r} in {path[0]!r}; expected one of {expected}")
        if len(path) > 2 and member is not ColumnType.VARIABLE:
            raise BadRequest(f"the field {path[1]!r} has no fields of its own")
        return Column(member, lambda row: _reach(column.read(row), path[1:]))


def _reach(value: Any, path: tuple[str, ...]) -> Any:
    """Return what lies at `path` in JSON, `None` where something on the way is missing."""
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value
