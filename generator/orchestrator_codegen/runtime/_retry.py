"""When a call is repeated, and after how long."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

_DEFAULT_STATUSES: Final = frozenset({429, 502, 503, 504})


class _Headers(Protocol):
    def get(self, key: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How calls are repeated that found no answer, or one of `statuses`.

    - `attempts`: how often a request is sent at most, the first time included; 1 never repeats.
    - `statuses`: the answers that are worth another try.
    - `budget`: how many seconds all pauses of one call may take together. A pause that goes beyond is not made.
    - `first_pause`, `longest_pause`: in seconds. Each pause is twice the one before, less up to a half by chance. Where
      the answer has a `Retry-After`, that is the least.
    - `unsafe`: whether operations are repeated too that are not idempotent, so that one call may act twice.
    """

    attempts: int = 3
    statuses: Collection[int] = _DEFAULT_STATUSES
    budget: float = 30.0
    first_pause: float = 0.25
    longest_pause: float = 8.0
    unsafe: bool = False

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError(f"attempts must be at least 1, which never repeats, got {self.attempts}")
        if min(self.budget, self.first_pause, self.longest_pause) < 0:
            raise ValueError("budget, first_pause and longest_pause are seconds, and not below 0")

    def choose_pause(self, attempt: int, headers: _Headers | None) -> float:
        """Return the seconds to wait after `attempt`, counted from 1; `headers` are those of the answer, if any."""
        doubled: float = min(self.first_pause * 2.0 ** (attempt - 1), self.longest_pause)
        drawn = doubled * random.uniform(0.5, 1.0)  # by chance, so that callers spread
        return max(drawn, read_retry_after(headers.get("Retry-After")) if headers else 0.0)


def read_retry_after(text: str | None) -> float:
    """Return the seconds that a `Retry-After` asks for (RFC 9110, section 10.2.3), 0 where it is none."""
    if not text:
        return 0.0
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the year may be any number
        return 0.0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
