"""What the client raises.

    ClientError
    ├── RequestError                  a request was sent
    │   ├── AnswerError                   and answered
    │   │   ├── ApiError                      but not with a documented success
    │   │   │   ├── BadRequest                    400
    │   │   │   ├── Unauthorized                  401
    │   │   │   ├── Forbidden                     403
    │   │   │   ├── NotFound                      404
    │   │   │   ├── Conflict                      409
    │   │   │   ├── PayloadTooLarge               413
    │   │   │   ├── UnprocessableContent          422
    │   │   │   ├── TooManyRequests               429
    │   │   │   └── ServerError                   500 to 599
    │   │   └── DecodeError                   with a success whose body is not what the document says
    │   └── TransportError                and no answer came, or none that could be read
    │       └── RequestTimeout                in time
    └── WaitTimeout                   what was waited for did not come to be in time

What is wrong before anything is sent, such as an argument of the wrong type, is a `ValueError`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Self, cast

if TYPE_CHECKING:
    import httpx

    from ._operations import DocumentedError

# How many characters of a reason are shown, and how many of an answer are looked at for one.
_SHOWN: Final = 200
_READ: Final = 100_000
# Where backends and gateways put the sentence of an error, in the order in which they are looked at.
_TELLING: Final = (
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
    """The root of what the client raises on its own account: `operation_id`, and as `reason` the cause in a line."""

    def __init__(self, operation_id: str, reason: str, message: str) -> None:
        self.operation_id = operation_id
        self.reason = reason
        super().__init__(message)

    @property
    def status(self) -> int | None:
        """The status of the answer, None where there is none."""
        return None

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """Say how to build this again, so that it can be copied and come back from another process."""
        return type(self), self._get_arguments()

    def _get_arguments(self) -> tuple[object, ...]:
        raise NotImplementedError


class RequestError(ClientError):
    """A request was sent: `request`, with its `method` and its `url`, which is without query and credentials."""

    def __init__(self, operation_id: str, request: httpx.Request, came: str, reason: str) -> None:
        self.request = request
        self.method = request.method
        self.url = str(request.url.copy_with(userinfo=b"", query=None))
        super().__init__(operation_id, reason, f"{operation_id}: {self.method} {self.url} {came}: {reason}")


class AnswerError(RequestError):
    """An answer came; `response` is that of the HTTP library, and `body` holds its bytes."""

    def __init__(self, operation_id: str, response: httpx.Response, reason: str) -> None:
        self.response = response
        self.body = response.content
        super().__init__(operation_id, response.request, f"answered {self.status}", reason)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.response.status_code


class ApiError(AnswerError):
    """An answer that is not a documented success.

    `error` is the parsed body where it is one that the document gives for errors, else `None`.
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
    """400: the backend takes the request for malformed."""


class Unauthorized(ApiError):
    """401: no token, or one that is not accepted or has expired."""


class Forbidden(ApiError):
    """403: the caller lacks the right."""


class NotFound(ApiError):
    """404: there is no such thing, or nothing lives at the address, as where the base URL is wrong."""


class Conflict(ApiError):
    """409: the state of things does not allow it."""


class PayloadTooLarge(ApiError):
    """413: the body is over the limit of the backend or of a gateway."""


class UnprocessableContent(ApiError):
    """422: the backend understands the request and will not have it."""


class TooManyRequests(ApiError):
    """429: the backend or a gateway wants fewer requests."""


class ServerError(ApiError):
    """500 to 599: the backend, or what stands before it, failed."""


class DecodeError(AnswerError):
    """A documented success whose content type or body is not what the document says."""

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.response, self.reason


class TransportError(RequestError):
    """No answer came, or none that could be read.

    `__cause__` is what the HTTP library raised, None where that tells a credential.
    """

    def __init__(self, operation_id: str, request: httpx.Request, reason: str) -> None:
        super().__init__(operation_id, request, "got no answer", reason)

    def _get_arguments(self) -> tuple[object, ...]:
        return self.operation_id, self.request, self.reason


class RequestTimeout(TransportError):
    """No answer came in time, or no connection."""


class WaitTimeout(ClientError, TimeoutError):
    """What was waited for did not come to be in time: `reason` says what that was, and what was found.

    `last` is what was read last, None where nothing could be; `__cause__` is the error that came last, if it was one.
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
    """Return the exception that stands for an answer of `status`."""
    return _BY_STATUS.get(status) or (ServerError if 500 <= status <= 599 else ApiError)


def find_transport_kind(problem: Exception) -> type[TransportError]:
    """Return the exception that stands for a failure of the HTTP library."""
    return RequestTimeout if "TimeoutException" in names_of(problem) else TransportError


def names_of(problem: Exception) -> set[str]:
    """Return the names of the kinds that `problem` is of, as httpx and what continues it call them."""
    kinds = type(problem).__mro__
    return {kind.__name__ for kind in kinds if kind.__module__.partition(".")[0].startswith("httpx")}


def find_reason(response: httpx.Response, error: object) -> str:
    """Return what an answer says of itself: the message of `error`, its parsed body, or what looks like one."""
    message = getattr(error, "message", None)
    if isinstance(message, str) and message.strip():
        return message
    # Not as its charset has it: that may be wrong, or none that text can have.
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
        told = cast("dict[str, object]", value)
        parts = [told.get(key) for key in _TELLING]
        if isinstance(told.get("name"), str) and isinstance(told.get("message"), str):
            return f"{told['name']}: {told['message']}"
    sentences = (_find_sentence(part) for part in parts)
    return next((sentence for sentence in sentences if sentence), "")


def shorten(text: str) -> str:
    """Return `text` as one line without control characters, cut where it is long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text[:_READ]).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
