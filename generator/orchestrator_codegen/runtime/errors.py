"""The exceptions that the client raises.

    ClientError
    ├── RequestError                  a request was sent
    │   ├── AnswerError                   and there was a response
    │   │   ├── ApiError                      that is not a documented success
    │   │   │   ├── BadRequest                    400
    │   │   │   ├── Unauthorized                  401
    │   │   │   ├── Forbidden                     403
    │   │   │   ├── NotFound                      404
    │   │   │   ├── Conflict                      409
    │   │   │   ├── PayloadTooLarge               413
    │   │   │   ├── UnprocessableContent          422
    │   │   │   ├── TooManyRequests               429
    │   │   │   └── ServerError                   500 to 599
    │   │   └── DecodeError                   that is a success but does not match the document
    │   └── TransportError                and there was no response, or none that could be read
    │       └── RequestTimeout                within the timeout
    └── WaitTimeout                   polling ended without the wanted result

An error that is found before a request is sent, such as an argument of the wrong type, is a `ValueError`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Self, cast

if TYPE_CHECKING:
    import httpx

    from ._operations import DocumentedError

# How many characters of a reason are shown, and how many bytes of a response are searched for one.
_SHOWN: Final = 200
_READ: Final = 100_000
# The properties in which backends and gateways put the message of an error, in order of preference.
_MESSAGE_KEYS: Final = (
    "message",
    "detail",
    "error_description",
    "title",
    "error",
    "err",
    "errors",
    "reason",
    "name",
)


class ClientError(Exception):
    """The base class of the exceptions of the client, with the `operation_id` and the `reason` in one line."""

    def __init__(self, operation_id: str, reason: str, message: str) -> None:
        self.operation_id = operation_id
        self.reason = reason
        super().__init__(message)

    @property
    def status(self) -> int | None:
        """The HTTP status of the response, None if there is none."""
        return None

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """Support copying and pickling, for example to raise the exception in another process."""
        return type(self), self._get_arguments()

    def _get_arguments(self) -> tuple[object, ...]:
        raise NotImplementedError


class RequestError(ClientError):
    """A request was sent: `request`, with its `method` and its `url` without query and credentials."""

    def __init__(self, operation_id: str, request: httpx.Request, outcome: str, reason: str) -> None:
        self.request = request
        self.method = request.method
        self.url = str(request.url.copy_with(userinfo=b"", query=None))
        super().__init__(
            operation_id, reason, f"{operation_id}: {self.method} {self.url} {outcome}: {reason}"
        )


class AnswerError(RequestError):
    """There was a response: `response` is the one of the HTTP library, `body` its bytes."""

    def __init__(self, operation_id: str, response: httpx.Response, reason: str) -> None:
        self.response = response
        self.body = response.content
        super().__init__(operation_id, response.request, f"answered {self.status}", reason)

    @property
    def status(self) -> int:
        """The HTTP status of the response."""
        return self.response.status_code


class ApiError(AnswerError):
    """The response is not a documented success.

    `error` is the parsed body if it matches a documented error body, otherwise `None`.
    """

    def __init__(
        self,
        operation_id: str,
        response: httpx.Response,
        error: DocumentedError | None,
        reason: str | None = None,
    ) -> None:
        self.error = error
        super().__init__(
            operation_id, response, shorten(find_reason(response, error) if reason is None else reason)
        )

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.response, self.error, self.reason


class BadRequest(ApiError):
    """400: the backend rejects the request as malformed."""


class Unauthorized(ApiError):
    """401: no token, or one that is not accepted or has expired."""


class Forbidden(ApiError):
    """403: the caller does not have the required permission."""


class NotFound(ApiError):
    """404: the resource does not exist, or the base URL is wrong."""


class Conflict(ApiError):
    """409: the request conflicts with the current state of the resource."""


class PayloadTooLarge(ApiError):
    """413: the request body exceeds the limit of the backend or a gateway."""


class UnprocessableContent(ApiError):
    """422: the request is well-formed, but the backend rejects its content."""


class TooManyRequests(ApiError):
    """429: the backend or a gateway limits the rate of requests."""


class ServerError(ApiError):
    """500 to 599: the backend or a gateway failed."""


class DecodeError(AnswerError):
    """The response is a documented success, but its content type, headers or body do not match the document."""

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.response, self.reason


class TransportError(RequestError):
    """There was no response, or none that could be read.

    `__cause__` is the exception of the HTTP library, or None if that would reveal a credential.
    """

    def __init__(self, operation_id: str, request: httpx.Request, reason: str) -> None:
        super().__init__(operation_id, request, "got no answer", reason)

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.request, self.reason


class RequestTimeout(TransportError):
    """There was no connection, or no response, within the timeout."""


class WaitTimeout(ClientError, TimeoutError):
    """Polling ended without the wanted result: `reason` states what was expected and what was found.

    `last` is the last successful response, or None. `__cause__` is the error of the last attempt, if it failed.
    """

    def __init__(self, operation_id: str, reason: str, last: Any = None) -> None:
        self.last = last
        super().__init__(operation_id, reason, f"{operation_id}: {reason}")

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.reason, self.last


_BY_STATUS: Final[Mapping[int, type[ApiError]]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: PayloadTooLarge,
    422: UnprocessableContent,
    429: TooManyRequests,
}


def find_kind(status: int) -> type[ApiError]:
    """Return the exception class for a response with `status`."""
    return _BY_STATUS.get(status) or (ServerError if 500 <= status <= 599 else ApiError)


def find_transport_kind(problem: Exception) -> type[TransportError]:
    """Return the exception class for an exception of the HTTP library."""
    return RequestTimeout if "TimeoutException" in names_of(problem) else TransportError


def names_of(problem: Exception) -> set[str]:
    """Return the names of the classes of `problem` that are defined in httpx or in a successor such as httpx2."""
    kinds = type(problem).__mro__
    return {kind.__name__ for kind in kinds if kind.__module__.partition(".")[0].startswith("httpx")}


def find_reason(response: httpx.Response, error: object) -> str:
    """Return the reason in a response: the message of `error`, its parsed body, otherwise what looks like a message."""
    message = getattr(error, "message", None)
    if isinstance(message, str) and message.strip():
        return message
    # The declared charset is ignored, because it may be wrong or unknown.
    text = response.content[:_READ].decode("utf-8", errors="replace")
    with contextlib.suppress(ValueError, RecursionError):
        text = _find_sentence(json.loads(text)) or text
    return text.strip() or response.reason_phrase or "no body"


def _find_sentence(value: object) -> str:
    if isinstance(value, str):
        return value
    parts: list[object] = []
    if isinstance(value, list):
        parts = cast("list[object]", value)
    elif isinstance(value, dict):
        found = cast("dict[str, object]", value)
        parts = [found.get(key) for key in _MESSAGE_KEYS]
        if isinstance(found.get("name"), str) and isinstance(found.get("message"), str):
            return f"{found['name']}: {found['message']}"
    sentences = (_find_sentence(part) for part in parts)
    return next((sentence for sentence in sentences if sentence), "")


def shorten(text: str) -> str:
    """Return `text` as one line without control characters, truncated if it is long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text[:_READ]).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
