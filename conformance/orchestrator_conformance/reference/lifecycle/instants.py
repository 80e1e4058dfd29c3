"""Timestamps and durations, in the formats of the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def now_in_utc() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def to_milliseconds(instant: datetime) -> datetime:
    """Return `instant` in UTC, truncated to milliseconds, the precision of `format_instant`."""
    whole = instant.astimezone(UTC)
    return whole.replace(microsecond=whole.microsecond // 1000 * 1000)


def format_instant(instant: datetime) -> str:
    """Return ISO 8601 in UTC with milliseconds, such as `2025-03-01T08:00:00.000Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def parse_instant(text: str) -> datetime:
    """Parse an ISO 8601 timestamp; UTC is the default time zone. Raises `ValueError`."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def describe_span(span: timedelta) -> str:
    """Return a readable text for `span`, in its largest whole unit, such as `3 minutes`."""
    seconds = int(span.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return _count(seconds // length, unit)
    return _count(seconds, "second")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
