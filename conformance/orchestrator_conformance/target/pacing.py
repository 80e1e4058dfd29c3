"""Paces the requests of a run: limits their rate, and waits if a gateway answers in place of the backend.

The statuses 429, 502, 503 and 504 come from a proxy or a rate limiter in front of a backend. The contract says nothing
about them, so they are never a violation. A request that a gateway has answered is sent again if that is safe. All
threads and users of a run share one `Pacing`.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

from .exchange import Response

TOO_MANY_REQUESTS: Final = 429
UNAVAILABLE: Final = 503

# Seconds to wait before each repetition of a request, if the answer does not say.
_PAUSES: Final = (0.1, 0.5, 1.0, 2.0, 4.0)
_SHORTEST_PAUSE: Final = 0.1
# The maximum number of seconds to wait for one answer of the backend, and in a whole run.
LONGEST_WAIT: Final = 60.0
WAIT_BUDGET: Final = 600.0
_MOST_REPETITIONS: Final = 10
# Seconds between two requests after the first 429. The time doubles with each further one, and shrinks again slowly.
_FIRST_INTERVAL: Final = 0.02
_LONGEST_INTERVAL: Final = 1.0
_RECOVERY: Final = 0.998
# A long wait is divided into parts of this length in seconds, so that it can be interrupted.
_STEP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds since an arbitrary moment and since 1970, and a function that waits."""

    now: Callable[[], float] = time.monotonic
    date: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Pacing:
    """Decides when the next request may be sent, and whether a request is repeated.

    - `rate`: the maximum number of requests per second, over all threads; None means no limit.
    - `is_stopped`: ends every wait early if it returns true. It may raise an exception to end the run.
    - `met`: how many answers came from a gateway, by status.
    """

    def __init__(self, rate: float | None = None, clock: Clock | None = None) -> None:
        self.is_stopped: Callable[[], bool] = lambda: False
        self.met: Counter[int] = Counter()
        self._least_interval = 0.0 if rate is None else 1.0 / rate
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._interval = 0.0
        self._next = 0.0
        self._slowed_at = float("-inf")
        self._waited = 0.0
        # Operations whose last request got no answer of the backend, and whether that is true of the last request.
        self._given_up: set[str] = set()
        self._is_out = False

    @property
    def interval(self) -> float:
        """The number of seconds between two requests."""
        return max(self._least_interval, self._interval)

    def limit_concurrency(self, wanted: int) -> int:
        """Return how many requests to send concurrently, if `wanted` would be sent otherwise."""
        return max(1, wanted // 2) if self._interval else wanted

    def await_turn(self, is_stopped: Callable[[], bool] = lambda: False) -> None:
        """Wait until the next request may be sent."""
        with self._lock:
            turn = max(self._clock.now(), self._next)
            self._next = turn + self.interval
        self._wait_until(turn, is_stopped)

    def pause(self, seconds: float) -> None:
        """Wait for a number of seconds."""
        self._wait_until(self._clock.now() + seconds, lambda: False)

    def await_repetition(
        self,
        operation_id: str,
        response: Response,
        attempt: int,
        *,
        is_safe: bool,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Wait before a request is repeated. Returns whether to repeat it; false if the backend has answered it.

        `attempt` is the number of earlier repetitions. `is_safe` says that the request changes nothing. Other
        requests are repeated only if the gateway has surely not forwarded them.
        """
        if not response.is_from_gateway:
            self._note_answer(operation_id)
            return False
        pause = self._find_pause(operation_id, response, attempt, is_safe=is_safe)
        if pause is None:
            return False
        self._wait_until(self._clock.now() + pause, is_stopped)
        return not (self.is_stopped() or is_stopped())

    def _note_answer(self, operation_id: str) -> None:
        with self._lock:
            self._is_out = False
            self._given_up.discard(operation_id)
            self._interval *= _RECOVERY
            if self._interval < _FIRST_INTERVAL / 2:
                self._interval = 0.0

    def _find_pause(
        self, operation_id: str, response: Response, attempt: int, *, is_safe: bool
    ) -> float | None:
        asked = read_retry_after(response, self._clock.date())
        with self._lock:
            self.met[response.status] += 1
            if not is_safe and not _was_surely_not_forwarded(response, asked):
                return None
            if asked is None:
                pause = _PAUSES[attempt] if attempt < len(_PAUSES) else None
            else:
                pause = min(max(asked, _SHORTEST_PAUSE), LONGEST_WAIT)
                # After a wait of this length, one repetition is enough.
                pause = pause if (attempt + 1) * pause <= LONGEST_WAIT else None
            is_hopeless = self._is_out or operation_id in self._given_up or attempt >= _MOST_REPETITIONS
            if pause is None or is_hopeless or self._waited + pause > WAIT_BUDGET:
                self._is_out = True
                self._given_up.add(operation_id)
                return None
            self._waited += pause
            if response.status == TOO_MANY_REQUESTS:
                self._slow_down(pause)
            return pause

    def _slow_down(self, pause: float) -> None:
        # The other threads wait too. If several get a 429 at once, that is one reason to slow down.
        now = self._clock.now()
        self._next = max(self._next, now + pause)
        if now - self._slowed_at < self._interval:
            return
        self._slowed_at = now
        self._interval = min(max(_FIRST_INTERVAL, 2 * self._interval), _LONGEST_INTERVAL)

    def _wait_until(self, moment: float, is_stopped: Callable[[], bool]) -> None:
        while (remaining := moment - self._clock.now()) > 0 and not (self.is_stopped() or is_stopped()):
            self._clock.sleep(min(remaining, _STEP))


def read_retry_after(response: Response, date: float) -> float | None:
    """Return the seconds that `Retry-After` asks to wait, or None without a valid one. `date` is the time now."""
    value = next((value for name, value in response.headers if name.lower() == "retry-after"), "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:_LONGEST_NUMBER])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - date)
    except (ValueError, OverflowError):
        return None


_LONGEST_NUMBER: Final = 12


def _was_surely_not_forwarded(response: Response, asked: float | None) -> bool:
    is_announced = response.status == UNAVAILABLE and asked is not None
    return response.status == TOO_MANY_REQUESTS or is_announced
