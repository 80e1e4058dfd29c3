"""When a call is repeated, and how long to wait before."""

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
    """How calls are repeated that got no response, or one with a status in `statuses`.

    - `attempts`: the maximum number of requests, including the first; 1 disables retries.
    - `statuses`: the response statuses after which a request is repeated.
    - `budget`: the maximum total of all pauses of one call, in seconds. A pause that would exceed it ends the retries.
    - `first_pause`, `longest_pause`: the first and the maximum pause, in seconds. Each pause doubles the previous one,
      and is then reduced at random by up to a half. A `Retry-After` in the response is the minimum.
    - `unsafe`: whether operations that are not idempotent are repeated too. One call may then take effect twice.
    """

    attempts: int = 3
    statuses: Collection[int] = _DEFAULT_STATUSES
    budget: float = 30.0
    first_pause: float = 0.25
    longest_pause: float = 8.0
    unsafe: bool = False

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError(f"attempts must be at least 1 (1 disables retries), got {self.attempts}")
        if min(self.budget, self.first_pause, self.longest_pause) < 0:
            raise ValueError(
                "budget, first_pause and longest_pause must be 0 seconds or more, "
                f"got {self.budget}, {self.first_pause} and {self.longest_pause}"
            )

    def choose_pause(self, attempt: int, headers: _Headers | None) -> float:
        """Return the seconds to wait after `attempt`, counted from 1; `headers` are those of the response, if any."""
        doubled: float = min(self.first_pause * 2.0 ** (attempt - 1), self.longest_pause)
        drawn = doubled * random.uniform(0.5, 1.0)  # jitter, so that clients do not retry at the same time
        return max(drawn, read_retry_after(headers.get("Retry-After")) if headers else 0.0)


def read_retry_after(text: str | None) -> float:
    """Return the seconds that a `Retry-After` requests (RFC 9110, section 10.2.3), 0 if it is absent or invalid."""
    if not text:
        return 0.0
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # OverflowError: the year is out of range
        return 0.0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
