"""What the client raises.

    ClientError
    ├── ApiError       the backend answered, but not with a documented success
    └── DecodeError    the backend answered with a success whose body is not what the document says

An exception of the transport (no connection, time-out) stays the `httpx.TransportError` that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from ._operations import DocumentedError

_SHOWN = 200


class ClientError(Exception):
    """The root of what the client raises on its own account.

    `operation_id`, `method`, `url` and `status` say what was asked and what came; `body` holds the raw bytes.
    """

    def __init__(self, operation_id: str, response: httpx.Response, reason: str) -> None:
        self.operation_id = operation_id
        self.response = response
        self.method = response.request.method
        self.url = str(response.request.url.copy_with(userinfo=b"", query=None))
        self.status = response.status_code
        self.body = response.content
        super().__init__(f"{operation_id}: {self.method} {self.url} answered {self.status}: {reason}")


class ApiError(ClientError):
    """An answer that is not a documented success.

    `error` is the parsed body where it is one that the document gives for errors, else `None`.
    """

    def __init__(self, operation_id: str, response: httpx.Response, error: DocumentedError | None) -> None:
        self.error = error
        message = getattr(error, "message", None)
        super().__init__(
            operation_id, response, message if isinstance(message, str) else _summarise(response)
        )


class DecodeError(ClientError):
    """A documented success whose content type or body is not what the document says; `reason` says why."""

    def __init__(self, operation_id: str, response: httpx.Response, reason: str) -> None:
        self.reason = reason
        super().__init__(operation_id, response, reason)


def _summarise(response: httpx.Response) -> str:
    text = " ".join(response.text.split())
    if not text:
        return response.reason_phrase or "no body"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
