"""Authentication with the bearer tokens of the settings, as the authentication hook of the server stubs."""

from __future__ import annotations

import hmac

from orchestrator_v2.server import HTTPError
from starlette.requests import Request

from .isolation import CALLER
from .settings import ReferenceSettings


class RequireToken:
    """Rejects every request without a bearer token of the settings with 401, and sets `CALLER`."""

    def __init__(self, settings: ReferenceSettings) -> None:
        self._callers = [(settings.token, None), (settings.other_token, settings.other_initiator)]

    async def __call__(self, request: Request) -> str | None:
        """Return the initiator of the second user, or None for the first. Raises `HTTPError` without a valid token."""
        given = _read_token(request)
        for token, caller in self._callers:
            if token is not None and given is not None and hmac.compare_digest(given, token.encode()):
                CALLER.set(caller)
                return caller
        message = "credentials are missing or wrong; send the header Authorization: Bearer TOKEN"
        raise HTTPError(401, message, {"WWW-Authenticate": "Bearer"})


def _read_token(request: Request) -> bytes | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    # Starlette decodes headers as Latin-1; encoding as Latin-1 restores the original bytes.
    return token.strip().encode("latin-1") if scheme.lower() == "bearer" else None
