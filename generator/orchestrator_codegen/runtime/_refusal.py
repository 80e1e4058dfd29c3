"""What a request is refused with: a status, a message, and a body of the shape that the document gives its errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

_LONGEST: Final = 2000


class HTTPError(Exception):
    """A refusal: answered with `status` (400 to 599), an error body that holds `message`, and `headers`."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        if not 400 <= status <= 599:
            raise ValueError(f"an error status is 400 to 599, got {status}")
        self.headers = dict(headers or {})
        for name, value in self.headers.items():
            if not (name.isascii() and value.isascii() and (name + value).isprintable()):
                raise ValueError(f"the header {name!r} holds more than printable ASCII")
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class Unhandled(HTTPError):
    """What the protocol's own methods raise: the operation has no handler."""

    def __init__(self, operation_id: str) -> None:
        super().__init__(501, f"{operation_id} is not implemented")


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """How the document writes an error: its media type, and what each of its fields holds."""

    media_type: str
    fields: tuple[tuple[str, Literal["message", "status"]], ...]

    def write(self, error: HTTPError) -> bytes:
        """Return the body that says `error`; what is no text in it, a lone surrogate, becomes a question mark."""
        message = error.message[:_LONGEST].encode("utf-8", "replace").decode()
        return json.dumps(
            {name: message if holds == "message" else error.status for name, holds in self.fields}
        ).encode()
