"""Contenders side by side: each runs in turn, A B C A B C, and what counts is the least CPU time that a turn took."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Runs a contender that many times, and returns the CPU seconds that it took.
Turn = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: `rounds` of turns, and `scale`, by which the repetitions of each turn are multiplied."""

    rounds: int = 15
    scale: float = 1.0

    def count(self, repetitions: int) -> int:
        """Return how often something is done in a turn, once at least."""
        return max(1, round(repetitions * self.scale))


@dataclass(frozen=True, slots=True)
class Target:
    """What the ratio of our cost to that of `peer` should be at most."""

    peer: str
    at_most: float


@dataclass(frozen=True, slots=True)
class Result:
    """What one thing costs: for each contender, ours first, the figures of its turns in `unit`."""

    subject: str
    what: str
    unit: str
    figures: Mapping[str, list[float]]
    targets: tuple[Target, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def best(self, contender: str) -> float:
        """Return the least that a turn of `contender` took."""
        return min(self.figures[contender])

    def ratio(self, contender: str) -> float:
        """Return our cost divided by that of `contender`, of the best turns."""
        return self.best(self.ours) / self.best(contender)

    def paired_ratio(self, contender: str) -> float:
        """Return the median of the same ratio, taken within each round."""
        pairs = zip(self.figures[self.ours], self.figures[contender], strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    @property
    def ours(self) -> str:
        """The contender that is ours."""
        return next(iter(self.figures))


@dataclass(frozen=True, slots=True)
class Table:
    """What is not one figure for each contender: rows of cells below `columns`, each by its name."""

    subject: str
    what: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, str] = field(default_factory=dict)


def alternate(
    contenders: Mapping[str, Turn], repetitions: int, effort: Effort, *, per: float = 1e6
) -> dict[str, list[float]]:
    """Let the contenders run in turn; return the cost of one repetition, in seconds times `per`, for each turn."""
    count = effort.count(repetitions)
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in contenders.values():
        turn(max(1, count // 10))  # the first calls build what is kept
    for _ in range(effort.rounds):
        for name, turn in contenders.items():
            gc.collect()
            figures[name].append(turn(count) / count * per)
    return figures


def repeat(function: Callable[[], object]) -> Turn:
    """Return a turn that calls `function`."""

    def turn(count: int) -> float:
        started = time.process_time()
        for _ in range(count):
            function()
        return time.process_time() - started

    return turn
