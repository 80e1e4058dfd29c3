"""The logic of a call without I/O: which requests are sent, which tokens are fetched and when to pause.

A flow is a generator. It yields steps and receives the result of each, so the synchronous and the asynchronous
client share everything except the few lines in `_http.py` that execute the steps.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from ._credential import Credential
from ._operation import Operation
from ._retry import Retry
from ._secrets import mask, reveals_secret
from .errors import TransportError, find_transport_kind, names_of, shorten

T = TypeVar("T")

# Returns a token. It is called for every request, so any caching is up to the function.
TokenSource: TypeAlias = Callable[[], str] | Callable[[], Awaitable[str]]
# Each source with the credential that describes how its token is sent.
Tokens: TypeAlias = tuple[tuple[TokenSource, Credential], ...]

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request. The result is the response; an exception of the HTTP library is thrown into the flow."""

    request: Any


@dataclass(frozen=True, slots=True)
class Ask:
    """Call a token source. The result is the token."""

    source: TokenSource


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait for `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Call an operation. The result is its return value; an exception that it raises is thrown into the flow."""

    operation: Operation[Any]
    arguments: Mapping[str, object]


Step: TypeAlias = Send | Ask | Pause | Call
Flow: TypeAlias = Generator[Step, Any, T]


def exchange(operation: Operation[Any], request: Any, retry: Retry, tokens: Tokens) -> Flow[Any]:
    """Send `request`, repeated as `retry` allows, and return the response; raise `TransportError` if there is none.

    After a 401 the tokens are fetched again. If one of them changed, the request is sent once more.
    """
    yield from _put(request, tokens)
    answer = yield from _send(operation, request, retry)
    if answer.status_code == 401 and (yield from _put(request, tokens)):
        answer = yield from _send(operation, request, retry)
    return answer


def _put(request: Any, tokens: Tokens) -> Flow[bool]:
    """Set the token of each source on `request`; return whether any of them differs from the previous token."""
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
            transport_error = _make_transport_error(operation, request, problem)
            del problem
            raise transport_error


def _make_transport_error(operation: Operation[Any], request: Any, problem: Exception) -> TransportError:
    detail = shorten(mask(str(problem), operation, request))
    reason = f"{type(problem).__name__}{': ' if detail else ''}{detail}"
    error = find_transport_kind(problem)(operation.id, request, reason)
    # A traceback also shows the cause and its own causes.
    error.__cause__ = None if reveals_secret(problem, operation, request) else problem
    return error


def is_idempotent(operation: Operation[Any]) -> bool:
    """Whether repeating the operation has no further effect: as the document states, otherwise by HTTP method."""
    return operation.method in _IDEMPOTENT if operation.idempotent is None else operation.idempotent
