"""Polls an operation until its response has a wanted value."""

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
# How long "not found" is tolerated, in seconds: the backend may read from an index that lags behind.
_UNKNOWN_FOR: Final = 30.0


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """How to poll `operation`: by default until `property` of the response, a wire name, is one of `until`.

    `absent` are the statuses of a resource that does not exist, or not yet.
    """

    operation: Operation[T]
    property: str
    until: frozenset[str]
    absent: frozenset[int]


Until: TypeAlias = Collection[str] | Callable[[T], bool]


def wait(
    waiting: Waiting[T], arguments: Mapping[str, object], until: Until[T] | None, timeout: float
) -> Flow[T]:
    """Poll at growing intervals and return the first response that matches `until`; raise `WaitTimeout`.

    `until` is one wanted value, a collection of them, or a function that returns whether a response is the wanted
    one. `timeout` is in seconds.
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
            found_last = "it was not found" if last is None else state
            reason = f"waited {timeout:g} s for {wanted}, but {found_last}: {subject}"
            raise WaitTimeout(waiting.operation.id, reason, last) from problem
        yield Pause(min(pause, remaining))
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _read_until(waiting: Waiting[T], until: Until[T] | None) -> tuple[Callable[[T], bool], str]:
    if callable(until):
        return until, "until(...) to return True"
    wanted = waiting.until if until is None else frozenset([until] if isinstance(until, str) else until)
    if not wanted:
        raise ValueError("until must have at least one value to wait for, got an empty collection")
    listed = " or ".join(sorted(str(each) for each in wanted))
    return lambda value: read_property(value, waiting.property) in wanted, f"{waiting.property} {listed}"
