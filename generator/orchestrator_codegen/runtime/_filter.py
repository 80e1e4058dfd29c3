"""The filter builder: the comparisons of `field(...)`, and the combination of filters.

A filter consists of models of the document. `Grammar` maps these models, their properties and their operators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, TypeVar, cast

from ._model import Model

C_co = TypeVar("C_co", covariant=True)
L_co = TypeVar("L_co", covariant=True)
M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)
K = TypeVar("K", bound=Model)

Scalar = str | int | float | bool | datetime

_PARENTHESES = "put each comparison in parentheses, because & and | bind more tightly than == and <"


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One kind of filter model: `properties` maps roles to wire names, `words` maps meanings to operator values."""

    model: type[M]
    properties: Mapping[str, str]
    words: Mapping[str, str]

    def build(self, **parts: object) -> M:
        """Return a model with `parts`, given by role; raise pydantic's `ValidationError` for an invalid one."""
        return self.model.model_validate({self.properties[name]: part for name, part in parts.items()})

    def find_word(self, meaning: str) -> str:
        """Return the operator value for `meaning`; raise `ValueError` if the document has none."""
        if meaning not in self.words:
            raise ValueError(
                f"the document has no operator for {meaning!r} in {self.model.__name__}; "
                f"it has {', '.join(self.words) or 'none'}"
            )
        return self.words[meaning]

    def read(self, filter_: M, name: str) -> Any:
        """Return the value of the property with the role `name` in `filter_`."""
        wire_name = self.properties[name]
        fields = type(filter_).model_fields.items()
        attribute = next(each for each, field in fields if wire_name in (each, field.alias))
        return getattr(filter_, attribute)


@dataclass(frozen=True, slots=True)
class Grammar(Generic[M, N, K]):
    """The filter models of a document; `nested` is None if it has no filter on the fields of nested objects."""

    comparison: Part[M]
    logical: Part[N]
    nested: Part[K] | None

    def compare(self, path: tuple[str, ...], meaning: str, value: object) -> M | K:
        """Return the comparison of the field at `path`, nested in one filter for each step before the last."""
        word = self.comparison.find_word(meaning)
        found: M | K = self.comparison.build(field=path[-1], operator=word, value=value)
        for step in reversed(path[:-1]):
            if self.nested is None:
                raise ValueError(
                    f"the document has no filter on fields of nested objects: give one name, got {path!r}"
                )
            found = self.nested.build(field=step, nested=found)
        return found

    def join(self, meaning: str, first: object, second: object) -> N:
        """Return the combination of both filters. Combinations with the same operator are flattened.

        Raises `TypeError` if `second` is not a filter.
        """
        if isinstance(second, Field):
            raise TypeError(f"{second!r} is not a filter; {_PARENTHESES}")
        models = [part.model for part in (self.comparison, self.logical, self.nested) if part]
        if not isinstance(second, tuple(models)):
            raise TypeError(f"a filter can only be combined with a filter, got {type(second).__name__}")
        filters = [*self._split(meaning, first), *self._split(meaning, second)]
        return self.logical.build(operator=self.logical.find_word(meaning), filters=filters)

    def negate(self, filter_: object) -> Any:
        """Return the negation of `filter_`; a double negation is removed."""
        inner = self._split("not", filter_)
        if len(inner) == 1 and inner[0] is not filter_:
            return inner[0]
        return self.logical.build(operator=self.logical.find_word("not"), filters=[filter_])

    def _split(self, meaning: str, filter_: object) -> list[object]:
        """Return the filters that `filter_` combines with the operator `meaning`, otherwise `filter_` alone.

        A combination that is empty or has unknown properties is also returned as it is.
        """
        logical = self.logical
        if not isinstance(filter_, logical.model) or filter_.model_extra:
            return [filter_]
        # The operator may be an enum member, which compares equal to its string.
        if logical.read(filter_, "operator") != logical.find_word(meaning):
            return [filter_]
        return list(logical.read(filter_, "filters")) or [filter_]


def refuse_truth() -> NoReturn:
    """Raise the `TypeError` that explains how filters are combined."""
    raise TypeError(
        "a filter has no truth value: write (a) & (b), (a) | (b) and ~(a) instead of and, or and not, "
        "field(...).between(low, high) instead of low <= field(...) <= high, and test for None with `is None`"
    )


class Field(Generic[C_co, L_co]):
    """A field to compare in a filter: `!=` returns an `L_co`, every other comparison a `C_co`.

    Values are strings, numbers, booleans and datetimes. A datetime needs a time zone and is sent as ISO 8601. A
    comparison raises `TypeError` for any other value, and `ValueError` for a datetime without a time zone or for an
    operator that the document does not have.
    """

    __slots__ = ("_compare", "_negate", "_path")
    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(
        self,
        path: tuple[str, ...],
        compare: Callable[[tuple[str, ...], str, object], C_co],
        negate: Callable[[object], L_co],
    ) -> None:
        self._path = path
        self._compare = compare
        self._negate = negate

    def __repr__(self) -> str:
        return f"field({', '.join(map(repr, self._path))})"

    def __eq__(self, value: Scalar) -> C_co:  # type: ignore[override]
        return self._build("eq", _write(value))

    def __ne__(self, value: Scalar) -> L_co:  # type: ignore[override]
        return self._negate(self._build("eq", _write(value)))

    def __gt__(self, value: Scalar) -> C_co:
        return self._build("gt", _write(value))

    def __ge__(self, value: Scalar) -> C_co:
        return self._build("gte", _write(value))

    def __lt__(self, value: Scalar) -> C_co:
        return self._build("lt", _write(value))

    def __le__(self, value: Scalar) -> C_co:
        return self._build("lte", _write(value))

    def in_(self, values: Iterable[Scalar]) -> C_co:
        """Match values that are equal to one of `values`."""
        if isinstance(values, str):
            raise TypeError(f"in_ takes a list of values, got one string: write in_([{values!r}])")
        return self._build("in", [_write(each) for each in values])

    def like(self, pattern: str) -> C_co:
        """Match values that fit `pattern`. The document defines the wildcard characters."""
        return self._build("like", _write_pattern(pattern))

    def between(self, low: Scalar, high: Scalar) -> C_co:
        """Match values between `low` and `high`, both included."""
        return self._build("between", [_write(low), _write(high)])

    def is_null(self, is_null: bool = True, /) -> C_co:
        """Match fields without a value, or with `is_null(False)` fields with a value."""
        return self._build("isNull", is_null)

    def is_not_null(self) -> C_co:
        """Match fields with a value."""
        return self.is_null(False)

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} is not a filter: compare it with a value, as in {self!r} == value")

    def _build(self, meaning: str, value: object) -> C_co:
        return self._compare(self._path, meaning, value)

    if not TYPE_CHECKING:  # hidden from type checkers, which then report `&`, `|` and `~` on a field

        def _refuse(self, _: object = None) -> NoReturn:
            raise TypeError(f"{self!r} is not a filter; {_PARENTHESES}")

        __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refuse


def _write_pattern(pattern: object) -> str:
    if not isinstance(pattern, str):
        raise TypeError(f"like takes a pattern as a str, got {type(pattern).__name__}")
    return str(pattern)


def _write(value: object) -> object:
    """Return `value` as a JSON value; raise `TypeError` or `ValueError` if a field cannot be compared with it."""
    kind = type(value).__name__
    if isinstance(value, Enum):
        value = cast("object", value.value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(
                f"{value.isoformat()} has no time zone: add one, as in {value!r}.replace(tzinfo=timezone.utc), "
                "or use .astimezone() for the local time zone"
            )
        return value.isoformat()
    if isinstance(value, str | int | float):
        return value
    hint = ""
    if value is None:
        hint = "; use is_null() to match fields without a value"
    elif isinstance(value, date):
        hint = "; use a datetime with a time zone"
    elif isinstance(value, Field | Model):
        hint = f"; {_PARENTHESES}"
    elif isinstance(value, Iterable):
        hint = "; use in_(...) for several values"
    raise TypeError(f"a field can be compared with a str, number, bool or datetime, got {kind}{hint}")
