"""A search filter, parsed from JSON.

The document's `Filter` is a `oneOf`: a value that fits two of its branches, such as one with `nested` beside
`operator` and `value`, fits the whole no more than a value that fits none, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ..errors import BadRequest

Scalar = str | int | float | bool
FilterValue = Scalar | tuple[Scalar, ...]

# Deeper filters are refused by name, before the interpreter's own limit would be reached.
MAX_DEPTH: Final = 64


class Operator(StrEnum):
    """How a field is compared with a value."""

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
    """How a logical filter joins its parts."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class FieldCriterion:
    """Compare one field; `path` has more than one step where the field lies within objects."""

    path: tuple[str, ...]
    operator: Operator
    value: FilterValue


@dataclass(frozen=True, slots=True)
class LogicalCriterion:
    """Join several criteria."""

    connective: Connective
    parts: tuple[Criterion, ...]


Criterion = FieldCriterion | LogicalCriterion

_Parse = Callable[[Mapping[str, Any], tuple[str, ...], int], Criterion | None]


def parse_criterion(data: object) -> Criterion:
    """Parse a filter; raise `BadRequest` where it fits none of the document's branches, or more than one."""
    criterion = _parse_any(data, 1)
    if criterion is None:
        raise BadRequest("the filter is neither a logical, nor a field, nor a nested filter")
    return criterion


def _parse_any(data: object, depth: int) -> Criterion | None:
    return _parse_one_of((_parse_logical, _parse_field, _parse_nested), data, (), depth)


def _parse_one_of(
    branches: Sequence[_Parse], data: object, path: tuple[str, ...], depth: int
) -> Criterion | None:
    if depth > MAX_DEPTH:
        raise BadRequest(f"a filter may be at most {MAX_DEPTH} levels deep")
    if not isinstance(data, Mapping):
        return None
    found = [criterion for parse in branches if (criterion := parse(data, path, depth)) is not None]
    if len(found) > 1:
        raise BadRequest(f"a filter with the members {', '.join(sorted(data))} is of more than one kind")
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
    """Return the value as the document allows it, or `None`."""
    if isinstance(value, Scalar):
        return value
    if isinstance(value, list) and all(isinstance(item, Scalar) for item in value):
        return tuple(value)
    return None
