"""Runs contenders in turn, A B C A B C. The cost of a contender is the least CPU time of its turns."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Runs a contender the given number of times, and returns its CPU seconds.
Turn = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: the number of `rounds`, and the factor `scale` of the repetitions in each turn."""

    rounds: int = 15
    scale: float = 1.0

    def count(self, repetitions: int) -> int:
        """Return the scaled number of repetitions, at least 1."""
        return max(1, round(repetitions * self.scale))


@dataclass(frozen=True, slots=True)
class Target:
    """The highest allowed ratio of our cost to the cost of `peer`."""

    peer: str
    at_most: float


@dataclass(frozen=True, slots=True)
class Result:
    """The costs of one measurement: the figures of each contender's turns in `unit`, ours first."""

    subject: str
    what: str
    unit: str
    figures: Mapping[str, list[float]]
    targets: tuple[Target, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def best(self, contender: str) -> float:
        """Return the lowest figure of `contender`."""
        return min(self.figures[contender])

    def ratio(self, contender: str) -> float:
        """Return our lowest figure divided by that of `contender`."""
        return self.best(self.ours) / self.best(contender)

    def paired_ratio(self, contender: str) -> float:
        """Return the median of the ratios within each round."""
        pairs = zip(self.figures[self.ours], self.figures[contender], strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    @property
    def ours(self) -> str:
        """The name of our contender."""
        return next(iter(self.figures))


@dataclass(frozen=True, slots=True)
class Table:
    """A result with several columns: the cells of each row, by the name of the row."""

    subject: str
    what: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, str] = field(default_factory=dict)


def alternate(
    contenders: Mapping[str, Turn], repetitions: int, effort: Effort, *, per: float = 1e6
) -> dict[str, list[float]]:
    """Run the contenders in turn. Return the cost of one repetition for each turn, in seconds times `per`."""
    count = effort.count(repetitions)
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in contenders.values():
        turn(max(1, count // 10))  # the first calls fill the caches
    for _ in range(effort.rounds):
        for name, turn in contenders.items():
            gc.collect()
            figures[name].append(turn(count) / count * per)
    return figures


def repeat(function: Callable[[], object]) -> Turn:
    """Return a turn that calls `function` repeatedly."""

    def turn(count: int) -> float:
        started = time.process_time()
        for _ in range(count):
            function()
        return time.process_time() - started

    return turn
