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
    """Whether the run was asked to end. It ends with a `KeyboardInterrupt`, immediately or after a `held` block."""

    is_wanted: bool = False
    is_held: bool = False

    def handle(self, number: int, frame: object) -> None:
        """Handle a signal."""
        self.is_wanted = True
        if not self.is_held:
            raise KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        """Postpone the interruption to the end of the block."""
        self.is_held = True
        try:
            yield
        finally:
            self.is_held = False
        if self.is_wanted:
            self.is_wanted = False
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
