"""Handles Ctrl-C and SIGTERM: they end a run, but not while an instance is being started and has no known id."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Interruption:
    """Ends the run with a `KeyboardInterrupt`, immediately or at the end of the outermost `held` block.

    `is_pending` says that a signal arrived within a block, and `depth` is the number of open blocks. A signal
    interrupts once: the clean-up that follows may use `held` blocks itself.
    """

    is_pending: bool = False
    depth: int = 0

    def handle(self, number: int, frame: object) -> None:
        """Handle a signal."""
        if not self.depth:
            raise KeyboardInterrupt
        self.is_pending = True

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
    def caught(self) -> Iterator[None]:
        """Install the signal handlers while the block runs."""
        before = {number: signal.signal(number, self.handle) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
