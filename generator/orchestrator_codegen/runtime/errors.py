"""What the client raises.

    ClientError
    ├── ApiError       the backend answered, but not with a documented success
    └── DecodeError    the backend answered with a success whose body is not what the document says

What the transport raises (no connection, a time-out, a body that cannot be unpacked) stays an `httpx.RequestError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

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

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """Say how to build this again, so that it can be copied and come back from another process."""
        return type(self), (self.operation_id, self.response, self._get_detail())

    def _get_detail(self) -> object:
        raise NotImplementedError


class ApiError(ClientError):
    """An answer that is not a documented success.

    `error` is the parsed body where it is one that the document gives for errors, else `None`.
    """

    def __init__(self, operation_id: str, response: httpx.Response, error: DocumentedError | None) -> None:
        self.error = error
        message = getattr(error, "message", None)
        super().__init__(
            operation_id, response, _shorten(message) if isinstance(message, str) else _summarise(response)
        )

    def _get_detail(self) -> object:
        return self.error


class DecodeError(ClientError):
    """A documented success whose content type or body is not what the document says; `reason` says why."""

    def __init__(self, operation_id: str, response: httpx.Response, reason: str) -> None:
        self.reason = reason
        super().__init__(operation_id, response, reason)

    def _get_detail(self) -> object:
        return self.reason


def _summarise(response: httpx.Response) -> str:
    # Not as its charset has it: that may be wrong, or none that text can have.
    text = response.content.decode("utf-8", errors="replace")
    return _shorten(text) or response.reason_phrase or "no body"


def _shorten(text: str) -> str:
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
