"""Ends a run on Ctrl-C, on SIGTERM and after its time limit, but not while an instance is being started.

As long as an instance has no known id, the clean-up could not abort it.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
# Windows has no timer that sends a signal.
_ALARM: Final[signal.Signals | None] = getattr(signal, "SIGALRM", None)


@dataclass(slots=True)
class Interruption:
    """Ends the run with a `KeyboardInterrupt`, immediately or at the end of the outermost `held` block.

    `kind` and `reason` say why. `is_pending` says that a signal arrived within a block, and `depth` is the number of
    open blocks. A signal interrupts once: the clean-up that follows may use `held` blocks itself.
    """

    kind: Literal["interrupted", "out of time"] = "interrupted"
    reason: str = "the run was interrupted"
    is_pending: bool = False
    depth: int = 0
    _has_timer: bool = False

    def handle(self, number: int, frame: object) -> None:
        """Handle a signal."""
        if number == _ALARM:
            self.kind, self.reason = "out of time", "the time limit of the run is over"
        else:
            self.kind, self.reason = "interrupted", f"the run was interrupted ({signal.Signals(number).name})"
        if not self.depth:
            raise KeyboardInterrupt
        self.is_pending = True

    def stop_timer(self) -> None:
        """Let the time limit end nothing any more, so that the clean-up completes."""
        if self._has_timer:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._has_timer = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Postpone the interruption to the end of the block, or of the block around it."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
        if self.is_pending and not self.depth:
            self.is_pending = False
            raise KeyboardInterrupt

    @contextmanager
    def caught(self, time_limit: float | None = None) -> Iterator[None]:
        """Install the signal handlers while the block runs, and end the run after `time_limit` seconds."""
        numbers = [*_SIGNALS, *([_ALARM] if _ALARM is not None and time_limit is not None else [])]
        before = {number: signal.signal(number, self.handle) for number in numbers}
        if _ALARM in before and time_limit is not None:
            self._has_timer = True
            signal.setitimer(signal.ITIMER_REAL, time_limit)
        try:
            yield
        finally:
            self.stop_timer()
            for number, handler in before.items():
                signal.signal(number, handler)
