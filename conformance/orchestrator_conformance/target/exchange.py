"""One request and its answer as they were on the wire, with the secrets redacted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .json_reading import NotJson, read_json

__all__ = ["NO_ANSWER", "Exchange", "Headers", "NotJson", "Request", "Response", "read_json", "show_body"]

Headers = tuple[tuple[str, str], ...]

_SHOWN: Final = 2000
# What gateways answer: too many requests, and a backend that cannot be reached.
_OF_GATEWAYS: Final = frozenset({429, 502, 503, 504})
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was sent. `path` is the raw path with its query, relative to the base URL.

    `headers` does not include the headers of the target. `token` is the placeholder for the bearer token in reports:
    `$TOKEN` is the token of the caller, None means that no token was sent.
    """

    method: str
    path: str
    headers: Headers
    body: bytes
    token: str | None = "$TOKEN"


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it was received, with its body decompressed.

    `problem` says in one sentence why the answer could not be received completely, and is empty if it was. Such an
    answer has no body, and the status 0 if not even its head was complete.
    """

    status: int
    headers: Headers
    body: bytes
    problem: str = ""

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case, or an empty string if there is none."""
        values = [value for name, value in self.headers if name.lower() == "content-type"]
        return values[0].partition(";")[0].strip().lower() if values else ""

    @property
    def is_from_gateway(self) -> bool:
        """Whether a gateway in front of the backend answered. The contract says nothing about such an answer."""
        return self.status in _OF_GATEWAYS

    @property
    def charset(self) -> str:
        """The charset that the content type names, or `utf-8`."""
        values = [value for name, value in self.headers if name.lower() == "content-type"]
        found = _CHARSET.search(values[0]) if values else None
        return found[1] if found else "utf-8"

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status <= 299


# The placeholder for an answer if the connection was closed or the request timed out.
NO_ANSWER: Final = Response(0, (), b"")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to an operation of the document, and its answer.

    `is_good` means that the target has to accept every value in the request: its ids come from the target, and its
    filters are listed in the contract.
    """

    operation_id: str
    request: Request
    response: Response
    is_good: bool

    @property
    def is_success(self) -> bool:
        """Whether the status of the answer is 2xx."""
        return self.response.is_success


def show_body(body: bytes) -> str:
    """Return a body as text, truncated for display."""
    text = body.decode("utf-8", errors="replace")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(body)} bytes)"
