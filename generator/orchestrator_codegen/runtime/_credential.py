"""Where a token goes in a request, as the document's security scheme says."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Credential:
    """How a token is sent: as a bearer token, as `user:password` of Basic, or as an API key called `name`."""

    scheme: Literal["bearer", "basic", "header", "cookie"] = "bearer"
    name: str = "authorization"

    def write_header(self, token: str) -> tuple[str, str] | None:
        """Return the header that carries `token`, None where none does; raise `ValueError`."""
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
        """Return the pair of the query that carries `token`; "" where none does."""
        return ""

    def put(self, request: Any, token: str) -> bool:
        """Have `request` carry `token`, and say whether it carried another, or none."""
        header = self.write_header(token)
        if header is None:
            return False
        name, value = header
        told = request.headers.get(name)
        if self.scheme == "cookie" and told is not None:
            key = value.partition("=")[0] + "="
            value = "; ".join([*(each for each in told.split("; ") if not each.startswith(key)), value])
        request.headers[name] = value
        return bool(told != value)


def check_token(token: str) -> str:
    """Return `token`; raise `ValueError`, which does not repeat it, where it cannot be sent as it is."""
    if not re.fullmatch("[!-~]+", token):
        raise ValueError(
            "the token must be printable ASCII without white space; strip the line end of one from a file"
        )
    return token
