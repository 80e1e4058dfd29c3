"""Parses a search filter from JSON.

`Filter` is a `oneOf` in the document: a value that matches several branches, such as one with `nested` in addition to
`operator` and `value`, is as invalid as a value that matches none, and is rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ..errors import BadRequest

Scalar = str | int | float | bool
FilterValue = Scalar | tuple[Scalar, ...]

# Deeper filters are rejected explicitly, before they reach the recursion limit of the interpreter.
MAX_DEPTH: Final = 64


class Operator(StrEnum):
    """A comparison of a field with a value."""

    EQ = "EQ"
    GT = "GT"
    GTE = "GTE"
    LT = "LT"
    LTE = "LTE"
    IN = "IN"
    IS_NULL = "IS_NULL"
    LIKE = "LIKE"
    BETWEEN = "BETWEEN"


class Connective(StrEnum):
    """The operator of a logical filter."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class FieldCriterion:
    """A comparison of one field. `path` has several steps if the field is inside objects."""

    path: tuple[str, ...]
    operator: Operator
    value: FilterValue


@dataclass(frozen=True, slots=True)
class LogicalCriterion:
    """A logical combination of criteria."""

    connective: Connective
    parts: tuple[Criterion, ...]


Criterion = FieldCriterion | LogicalCriterion

_Parse = Callable[[Mapping[str, Any], tuple[str, ...], int], Criterion | None]


def parse_criterion(data: object) -> Criterion:
    """Parse a filter. Raises `BadRequest` if it matches no branch of the document's `Filter`, or several."""
    criterion = _parse_any(data, 1)
    if criterion is None:
        raise BadRequest("the filter is neither a logical filter, nor a field filter, nor a nested filter")
    return criterion


def _parse_any(data: object, depth: int) -> Criterion | None:
    return _parse_one_of((_parse_logical, _parse_field, _parse_nested), data, (), depth)


def _parse_one_of(
    branches: Sequence[_Parse], data: object, path: tuple[str, ...], depth: int
) -> Criterion | None:
    if depth > MAX_DEPTH:
        raise BadRequest(f"the filter has more than {MAX_DEPTH} levels")
    if not isinstance(data, Mapping):
        return None
    found = [criterion for parse in branches if (criterion := parse(data, path, depth)) is not None]
    if len(found) > 1:
        raise BadRequest(
            f"a filter with the members {', '.join(sorted(data))} matches more than one kind of filter"
        )
    return found[0] if found else None


def _parse_logical(data: Mapping[str, Any], path: tuple[str, ...], depth: int) -> Criterion | None:
    filters = data.get("filters")
    if data.get("operator") not in list(Connective) or not isinstance(filters, list):
        return None
    parts = [_parse_any(part, depth + 1) for part in filters]
    known = tuple(part for part in parts if part is not None)
    return LogicalCriterion(Connective(data["operator"]), known) if len(known) == len(parts) else None


def _parse_field(data: Mapping[str, Any], path: tuple[str, ...], depth: int) -> Criterion | None:
    field, value = data.get("field"), _freeze(data.get("value"))
    if not isinstance(field, str) or data.get("operator") not in list(Operator) or value is None:
        return None
    return FieldCriterion((*path, field), Operator(data["operator"]), value)


def _parse_nested(data: Mapping[str, Any], path: tuple[str, ...], depth: int) -> Criterion | None:
    field = data.get("field")
    if not isinstance(field, str) or "nested" not in data:
        return None
    return _parse_one_of((_parse_field, _parse_nested), data["nested"], (*path, field), depth + 1)


def _freeze(value: object) -> FilterValue | None:
    """Return the value, with a list as a tuple, or `None` if the document does not allow it."""
    if isinstance(value, Scalar):
        return value
    if isinstance(value, list) and all(isinstance(item, Scalar) for item in value):
        return tuple(value)
    return None
