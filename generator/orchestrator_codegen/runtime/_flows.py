"""What a call does, step by step and without doing it: what is sent, asked for and paused, in which order.

A flow is a generator that yields steps and is given what came of each, so that the synchronous and the asynchronous
client share all but the few lines in `_http.py` that take the steps.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from ._credential import Credential
from ._operation import Operation
from ._retry import Retry
from ._secrets import mask, tells_secret
from .errors import TransportError, find_transport_kind, names_of, shorten

T = TypeVar("T")

# Gives the token of each request; whatever it remembers is its own affair.
TokenSource: TypeAlias = Callable[[], str] | Callable[[], Awaitable[str]]
# Each with where its token goes.
Tokens: TypeAlias = tuple[tuple[TokenSource, Credential], ...]

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request, and give back the answer; throw what the HTTP library raises."""

    request: Any


@dataclass(frozen=True, slots=True)
class Ask:
    """Call a source of tokens, and give back the token."""

    source: TokenSource


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait that many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Call an operation, and give back what it answers; throw what it raises."""

    operation: Operation[Any]
    arguments: Mapping[str, object]


Step: TypeAlias = Send | Ask | Pause | Call
Flow: TypeAlias = Generator[Step, Any, T]


def exchange(operation: Operation[Any], request: Any, retry: Retry, tokens: Tokens) -> Flow[Any]:
    """Send `request` until there is an answer to keep; raise `TransportError` where there is none.

    Where one of `tokens` is refused with 401 and the next is another, that is tried once.
    """
    yield from _put(request, tokens)
    answer = yield from _send(operation, request, retry)
    if answer.status_code == 401 and (yield from _put(request, tokens)):
        answer = yield from _send(operation, request, retry)
    return answer


def _put(request: Any, tokens: Tokens) -> Flow[bool]:
    """Have `request` carry what each source gives, and say whether it carried anything else."""
    is_another = False
    for source, credential in tokens:
        is_another |= credential.put(request, (yield Ask(source)))
    return is_another


def _send(operation: Operation[Any], request: Any, retry: Retry) -> Flow[Any]:
    attempts = retry.attempts if retry.unsafe or is_idempotent(operation) else 1
    paused = 0.0
    attempt = 0
    while True:
        attempt += 1
        answer: Any = None
        problem: Exception | None = None
        try:
            answer = yield Send(request)
        except Exception as error:
            if "RequestError" not in names_of(error):
                raise
            problem = error
        if problem is None and answer.status_code not in retry.statuses:
            return answer
        pause = retry.choose_pause(attempt, answer.headers if problem is None else None)
        paused += pause
        if attempt < attempts and paused <= retry.budget:
            yield Pause(pause)
        elif problem is None:
            return answer
        else:
            told = _tell(operation, request, problem)
            del problem
            raise told


def _tell(operation: Operation[Any], request: Any, problem: Exception) -> TransportError:
    said = shorten(mask(str(problem), operation, request))
    reason = f"{type(problem).__name__}{': ' if said else ''}{said}"
    told = find_transport_kind(problem)(operation.id, request, reason)
    # A traceback shows the cause too, and what that came from.
    told.__cause__ = None if tells_secret(problem, operation, request) else problem
    return told


def is_idempotent(operation: Operation[Any]) -> bool:
    """Whether calling the operation twice does what calling it once does: the document says, or else its method."""
    return operation.method in _IDEMPOTENT if operation.idempotent is None else operation.idempotent
