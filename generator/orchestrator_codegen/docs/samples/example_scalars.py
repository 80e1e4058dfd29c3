"""Makes example strings and numbers that satisfy a schema."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

_FORMATS: Final[Mapping[str, str]] = {
    "date-time": "2026-01-31T09:30:00Z",
    "date": "2026-01-31",
    "time": "09:30:00Z",
    "duration": "PT15M",
    "email": "ada@example.com",
    "hostname": "host.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "/path",
    "url": "https://example.com/",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "byte": "dGV4dA==",
    "json-pointer": "/name",
    "regex": "^a+$",
}

# Strings to try against a pattern.
_CANDIDATES: Final = (
    "string",
    "a",
    "A",
    "1",
    "abc",
    "ABC",
    "a1",
    "123",
    "1.0.0",
    "a/b",
    "a:b/c",
    "2026-01-31",
    "#000000",
)


def make_string(schema: Mapping[str, Any]) -> str:
    """Return a string with the format, pattern and length in `schema`, as far as a matching one is known."""
    if (known := _FORMATS.get(str(schema.get("format")))) is not None:
        return known
    least, most = _read_count(schema, "minLength", 0), _read_count(schema, "maxLength", 1_000)
    fitting = [_fit(each, least, most) for each in _CANDIDATES]
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        return next((each for each in fitting if _matches(pattern, each)), fitting[0])
    return fitting[0]


def make_number(schema: Mapping[str, Any], *, is_integer: bool) -> int | float:
    """Return a number that satisfies the bounds and `multipleOf` of `schema`, 1 if possible."""
    low, high = (
        _read_bound(schema, "minimum", "exclusiveMinimum"),
        _read_bound(schema, "maximum", "exclusiveMaximum"),
    )
    step = schema.get("multipleOf")
    step = step if _is_number(step) and step > 0 else 1
    nudge = step if is_integer or step != 1 else 0.5
    value: int | float = step
    if low is not None and value < low[0]:
        value = math.ceil(low[0] / step) * step if is_integer or step != 1 else low[0]
    if low is not None and low[1] and value <= low[0]:
        value += nudge
    if high is not None and value > high[0]:
        value = math.floor(high[0] / step) * step if is_integer or step != 1 else high[0]
    if high is not None and high[1] and value >= high[0]:
        value -= nudge
    return int(value) if is_integer else value


def count_items(schema: Mapping[str, Any]) -> int:
    """Return the number of items in an example array: one if the bounds allow it, and at most 20."""
    return min(max(1, _read_count(schema, "minItems", 0)), _read_count(schema, "maxItems", 20), 20)


def _read_count(schema: Mapping[str, Any], key: str, otherwise: int) -> int:
    found = schema.get(key)
    return min(int(found), 1_000) if _is_number(found) and found >= 0 else otherwise


def _read_bound(schema: Mapping[str, Any], key: str, exclusive: str) -> tuple[float, bool] | None:
    """Return a bound and whether it is exclusive, which is a separate boolean in OpenAPI 3.0."""
    beyond, bound = schema.get(exclusive), schema.get(key)
    if _is_number(beyond):
        return beyond, True
    return (bound, beyond is True) if _is_number(bound) else None


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _fit(text: str, least: int, most: int) -> str:
    return (text + text[-1] * (least - len(text)))[: max(most, least)]


def _matches(pattern: str, text: str) -> bool:
    # The limits keep patterns with exponential backtracking fast.
    try:
        return len(pattern) <= 200 and len(text) <= 12 and re.search(pattern, text) is not None
    except re.error:
        return False
