"""Reads and compares timestamps of any precision."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

# Everything before the fraction of a second, the fraction, and the UTC offset.
_FRACTION: Final = re.compile(r"(.*:\d\d)[.,](\d+)(.*)", re.DOTALL)
_OF_A_DATETIME: Final = 6
_SECONDS: Final = re.compile(r"T\d\d:?\d\d:?\d\d")
# The length of an ISO 8601 timestamp up to the seconds.
_OF_SECONDS: Final = 19
# Milliseconds since 1970, from 2001 to 2286.
_EPOCH: Final = re.compile(r"\d{12,13}")
# Near the years 1 and 9999, an instant does not exist in every time zone, and nothing can be added to it.
_FIRST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)


class Instant(datetime):
    """A point in time as it was written.

    `fraction` has the digits of its fraction of a second, of which a `datetime` keeps only six. `has_seconds` is false
    if it was written in hours and minutes.
    """

    fraction: str | None = None
    has_seconds: bool = True

    def __eq__(self, other: object) -> bool:
        return datetime.__eq__(self, other) is True and _rest_of(self) == _rest_of(other)

    def __hash__(self) -> int:
        return datetime.__hash__(self)

    def __lt__(self, other: Any) -> bool:
        if datetime.__eq__(self, other) is True:
            # Digits after a decimal point are in numerical order if they are in lexicographical order.
            return _rest_of(self) < _rest_of(other)
        return datetime.__lt__(self, other)

    def __gt__(self, other: Any) -> bool:
        if datetime.__eq__(self, other) is True:
            return _rest_of(self) > _rest_of(other)
        return datetime.__gt__(self, other)

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other


def _fraction_of(instant: object) -> str:
    if isinstance(instant, Instant) and instant.fraction is not None:
        return instant.fraction
    return f"{instant.microsecond:06}" if isinstance(instant, datetime) else ""


def _rest_of(instant: object) -> str:
    return _fraction_of(instant)[_OF_A_DATETIME:].rstrip("0")


def write_with_offset(instant: datetime, offset: timedelta) -> str:
    """Return ISO 8601 with a UTC offset, and with as many digits of the fraction of a second as were read."""
    fraction = _fraction_of(instant)
    whole = instant.astimezone(timezone(offset)).replace(microsecond=0).isoformat()
    return f"{whole[:_OF_SECONDS]}{'.' if fraction else ''}{fraction}{whole[_OF_SECONDS:]}"


def is_before(one: datetime, other: datetime) -> bool:
    """Whether `one` is earlier than `other`.

    A backend may show one time in more detail than another, truncated or rounded. If so, they have to differ by one
    unit of the lower precision.
    """
    units = [_unit_of(each) for each in (one, other)]
    return one < other if units[0] == units[1] else one + max(units) <= other


def _unit_of(instant: datetime) -> timedelta:
    """Return the smallest difference that the instant shows, at least a microsecond."""
    if isinstance(instant, Instant) and not instant.has_seconds:
        return timedelta(minutes=1)
    return timedelta(microseconds=10 ** (_OF_A_DATETIME - min(_OF_A_DATETIME, len(_fraction_of(instant)))))


def complete_timestamp(value: object) -> object:
    """Return the timestamp with a zone that `value` probably stands for, or `value` itself.

    A timestamp without a zone is in UTC, as most backends store it. A number counts milliseconds since 1970.
    """
    if not isinstance(value, str) or read_instant(value) is not None:
        return value
    if _EPOCH.fullmatch(value):
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(value))
        return instant.isoformat(timespec="milliseconds")
    completed = f"{value.strip().replace(' ', 'T')}Z"
    return completed if read_instant(completed) is not None else value


def read_instant(value: object) -> datetime | None:
    """Return the instant of an ISO 8601 timestamp with a UTC offset, or None for any other value.

    The fraction of a second may have any number of digits.
    """
    if not isinstance(value, str):
        return None
    # RFC 3339 allows lower-case letters.
    text = value.upper()
    found = _FRACTION.fullmatch(text)
    fraction = found[2] if found else ""
    try:
        read = Instant.fromisoformat(
            f"{found[1]}.{fraction[:_OF_A_DATETIME]:0<6}{found[3]}" if found else text
        )
    except ValueError:
        return None
    if read.tzinfo is None or not _FIRST < read < _LAST:
        return None
    read.fraction = fraction
    read.has_seconds = _SECONDS.search(text) is not None
    return read
