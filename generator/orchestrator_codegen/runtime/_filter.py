"""Filters that read: what `field(...)` offers, and how filters are combined.

A filter is made of models of the document; `Grammar` says which, and what their properties and words mean.
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

_PARENTHESES = "put each comparison in parentheses: & and | bind stronger than == and <"


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One model that filters are made of: its wire names by what they hold, the words of its operator by meaning."""

    model: type[M]
    properties: Mapping[str, str]
    words: Mapping[str, str]

    def build(self, **parts: object) -> M:
        """Return the model that holds `parts`, each given by what it is; raise pydantic's `ValidationError`."""
        return self.model.model_validate({self.properties[name]: part for name, part in parts.items()})

    def find_word(self, meaning: str) -> str:
        """Return the word for `meaning`; raise `ValueError` where the document has none."""
        if meaning not in self.words:
            raise ValueError(f"the operators of {self.model.__name__} have no word for {meaning!r}")
        return self.words[meaning]

    def read(self, filter_: M, name: str) -> Any:
        """Return the part `name` of `filter_`."""
        wire_name = self.properties[name]
        fields = type(filter_).model_fields.items()
        attribute = next(each for each, field in fields if wire_name in (each, field.alias))
        return getattr(filter_, attribute)


@dataclass(frozen=True, slots=True)
class Grammar(Generic[M, N, K]):
    """The models of a document's filters; `nested` is None where it has no filter on what lies within an object."""

    comparison: Part[M]
    logical: Part[N]
    nested: Part[K] | None

    def compare(self, path: tuple[str, ...], meaning: str, value: object) -> M | K:
        """Return the comparison of what `path` leads to, within as many objects as there are steps before its last."""
        word = self.comparison.find_word(meaning)
        found: M | K = self.comparison.build(field=path[-1], operator=word, value=value)
        for step in reversed(path[:-1]):
            if self.nested is None:
                raise ValueError("the document has no filter on what lies within an object; give one name")
            found = self.nested.build(field=step, nested=found)
        return found

    def join(self, meaning: str, first: object, second: object) -> N:
        """Return one filter of both; what is such a combination already is not put into another one.

        Raises `TypeError` where `second` is no filter.
        """
        if isinstance(second, Field):
            raise TypeError(f"{second!r} is no filter yet; {_PARENTHESES}")
        models = [part.model for part in (self.comparison, self.logical, self.nested) if part]
        if not isinstance(second, tuple(models)):
            raise TypeError(f"a filter is combined with a filter, not {type(second).__name__}")
        filters = [*self._split(meaning, first), *self._split(meaning, second)]
        return self.logical.build(operator=self.logical.find_word(meaning), filters=filters)

    def negate(self, filter_: object) -> Any:
        """Return the filter for what `filter_` does not let through: what stands in it where it is a `not` itself."""
        inner = self._split("not", filter_)
        if len(inner) == 1 and inner[0] is not filter_:
            return inner[0]
        return self.logical.build(operator=self.logical.find_word("not"), filters=[filter_])

    def _split(self, meaning: str, filter_: object) -> list[object]:
        """Return what `filter_` combines by `meaning`, or itself: also where it holds more, or nothing."""
        logical = self.logical
        if not isinstance(filter_, logical.model) or filter_.model_extra:
            return [filter_]
        # An operator may be a member of an enum, which is its text as well.
        if logical.read(filter_, "operator") != logical.find_word(meaning):
            return [filter_]
        return list(logical.read(filter_, "filters")) or [filter_]


def refuse_truth() -> NoReturn:
    """Raise the `TypeError` that says how filters are combined."""
    raise TypeError(
        "a filter is neither true nor false: write (a) & (b), (a) | (b) and ~(a) instead of and, or and not, "
        "field(...).between(low, high) instead of low <= field(...) <= high, and `is None` to see whether there is one"
    )


class Field(Generic[C_co, L_co]):
    """A field that filters compare: each comparison gives a `C_co`, and `!=` an `L_co`.

    Values are text, numbers, booleans and moments. A moment needs a time zone, and is sent as ISO 8601. Raises
    `TypeError` for another value, and `ValueError` for a moment without a time zone and for what the document lacks.
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
        """Let through what is equal to one of `values`."""
        if isinstance(values, str):
            raise TypeError(f"in_ takes a list of values, not one text: [{values!r}]")
        return self._build("in", [_write(each) for each in values])

    def like(self, pattern: str) -> C_co:
        """Let through what fits `pattern`; the document says which characters stand for others."""
        return self._build("like", _write_pattern(pattern))

    def between(self, low: Scalar, high: Scalar) -> C_co:
        """Let through what lies between `low` and `high`, or is equal to either."""
        return self._build("between", [_write(low), _write(high)])

    def is_null(self, is_null: bool = True, /) -> C_co:
        """Let through what has no value, or with False what has one."""
        return self._build("isNull", is_null)

    def is_not_null(self) -> C_co:
        """Let through what has a value."""
        return self.is_null(False)

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} is no filter yet: compare it, as in {self!r} == value")

    def _build(self, meaning: str, value: object) -> C_co:
        return self._compare(self._path, meaning, value)

    if not TYPE_CHECKING:  # a type checker sees it without

        def _refuse(self, _: object = None) -> NoReturn:
            raise TypeError(f"{self!r} is no filter yet; {_PARENTHESES}")

        __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refuse


def _write_pattern(pattern: object) -> str:
    if not isinstance(pattern, str):
        raise TypeError(f"like takes a pattern, which is text, not {type(pattern).__name__}")
    return str(pattern)


def _write(value: object) -> object:
    """Return `value` as JSON has it."""
    kind = type(value).__name__
    if isinstance(value, Enum):
        value = cast("object", value.value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(
                f"{value.isoformat()} has no time zone: give it one, as in {value!r}.replace(tzinfo=timezone.utc), "
                "or .astimezone() for the one of this machine"
            )
        return value.isoformat()
    if isinstance(value, str | int | float):
        return value
    hint = ""
    if value is None:
        hint = "; is_null() finds what has no value"
    elif isinstance(value, date):
        hint = "; a day is no moment: give a datetime with a time zone"
    elif isinstance(value, Field | Model):
        hint = f"; {_PARENTHESES}"
    elif isinstance(value, Iterable):
        hint = "; in_(...) takes several values"
    raise TypeError(f"a field is compared with text, a number, a boolean or a datetime, not {kind}{hint}")
