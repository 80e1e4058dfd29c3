"""Waiting for what an operation reads to come to be as it is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from ._flows import Call, Flow, Pause
from ._model import read_property
from ._operation import Operation
from .errors import ApiError, WaitTimeout

T = TypeVar("T")

_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 10.0
# How long the backend may not know it, in seconds: it may read from an index that lags behind.
_UNKNOWN_FOR: Final = 30.0


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """How `operation` is waited with: until its answer's `property`, a name on the wire, is one of `until`.

    `absent` are the statuses that say that there is no such thing, or not yet.
    """

    operation: Operation[T]
    property: str
    until: frozenset[str]
    absent: frozenset[int]


Until: TypeAlias = Collection[str] | Callable[[T], bool]


def wait(
    waiting: Waiting[T], arguments: Mapping[str, object], until: Until[T] | None, timeout: float
) -> Flow[T]:
    """Read at growing intervals until it is as wanted, and return what was read; raise `WaitTimeout`.

    `until` are the wanted values, or says of an answer whether it will do. `timeout` is in seconds.
    """
    if not timeout >= 0:
        raise ValueError(f"timeout must be 0 seconds or more, got {timeout}")
    is_over, wanted = _read_until(waiting, until)
    begun = known_at = time.monotonic()
    pause = _FIRST_PAUSE
    last: T | None = None
    while True:
        problem: ApiError | None = None
        try:
            found: T = yield Call(waiting.operation, arguments)
            if is_over(found):
                return found
            last, known_at = found, time.monotonic()
        except ApiError as error:
            if error.status not in waiting.absent or time.monotonic() - known_at > _UNKNOWN_FOR:
                raise
            problem = error
        remaining = begun + timeout - time.monotonic()
        if remaining <= 0:
            subject = ", ".join(str(each) for each in arguments.values())
            state = f"{waiting.property} was {read_property(last, waiting.property)}"
            came = "it was not found" if last is None else state
            said = f"waited {timeout:g} s for {wanted}, but {came}: {subject}"
            raise WaitTimeout(waiting.operation.id, said, last) from problem
        yield Pause(min(pause, remaining))
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _read_until(waiting: Waiting[T], until: Until[T] | None) -> tuple[Callable[[T], bool], str]:
    if callable(until):
        return until, "what until() takes"
    wanted = waiting.until if until is None else frozenset([until] if isinstance(until, str) else until)
    if not wanted:
        raise ValueError("until names nothing to wait for")
    listed = " or ".join(sorted(str(each) for each in wanted))
    return lambda value: read_property(value, waiting.property) in wanted, f"{waiting.property} {listed}"
