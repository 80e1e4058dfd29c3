"""How a token is sent in a request, according to the document's security scheme."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Credential:
    """How a token is sent: as a bearer token, as `user:password` of Basic, or as an API key with the name `name`."""

    scheme: Literal["bearer", "basic", "header", "cookie"] = "bearer"
    name: str = "authorization"

    def write_header(self, token: str) -> tuple[str, str] | None:
        """Return the name and value of the header for `token`, or None if it is not sent in a header.

        Raises `ValueError` if `token` cannot be sent.
        """
        check_token(token)
        match self.scheme:
            case "bearer":
                return "authorization", f"Bearer {token}"
            case "basic":
                return "authorization", f"Basic {b64encode(token.encode()).decode('ascii')}"
            case "header":
                return self.name.lower(), token
            case "cookie":
                return "cookie", f"{quote(self.name, safe='')}={quote(token, safe='')}"

    def write_pair(self, token: str) -> str:
        """Return the `name=value` pair for `token` in the query, or "" if it is not sent in the query."""
        return ""

    def put(self, request: Any, token: str) -> bool:
        """Set `token` on `request`; return whether the request had a different token, or none, before."""
        header = self.write_header(token)
        if header is None:
            return False
        name, value = header
        previous = request.headers.get(name)
        if self.scheme == "cookie" and previous is not None:
            key = value.partition("=")[0] + "="
            value = "; ".join([*(each for each in previous.split("; ") if not each.startswith(key)), value])
        request.headers[name] = value
        return bool(previous != value)


def check_token(token: str) -> str:
    """Return `token`; raise `ValueError` if it has characters that cannot be sent. The message omits the token."""
    if not re.fullmatch("[!-~]+", token):
        raise ValueError(
            "the token must be printable ASCII without whitespace; if it was read from a file, strip the newline"
        )
    return token
