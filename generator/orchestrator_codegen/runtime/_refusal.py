"""The rejection of a request: a status, a message, and an error body in the shape that the document defines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

_LONGEST: Final = 2000


class HTTPError(Exception):
    """Rejects the request with `status` (400 to 599), an error body with `message`, and `headers`."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        if not 400 <= status <= 599:
            raise ValueError(f"the status of an HTTPError must be from 400 to 599, got {status}")
        self.headers = dict(headers or {})
        for name, value in self.headers.items():
            if not (name.isascii() and value.isascii() and (name + value).isprintable()):
                raise ValueError(f"the name and value of the header {name!r} must be printable ASCII")
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class Unhandled(HTTPError):
    """Raised by the methods of the protocol itself: the operation has no handler."""

    def __init__(self, operation_id: str) -> None:
        super().__init__(501, f"{operation_id} is not implemented")


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """The shape of an error body in the document: its media type, and the content of each field."""

    media_type: str
    fields: tuple[tuple[str, Literal["message", "status"]], ...]

    def write(self, error: HTTPError) -> bytes:
        """Return the error body for `error`. A lone surrogate in the message becomes a question mark."""
        message = error.message[:_LONGEST].encode("utf-8", "replace").decode()
        return json.dumps(
            {name: message if holds == "message" else error.status for name, holds in self.fields}
        ).encode()
