"""Who may ask: the bearer tokens of the settings, as the stubs' hook for authentication."""

from __future__ import annotations

import hmac

from orchestrator_v2.server import HTTPError
from starlette.requests import Request

from .isolation import CALLER
from .settings import ReferenceSettings


class RequireToken:
    """Refuses every request that does not carry a bearer token of the settings with 401, and notes whose it is."""

    def __init__(self, settings: ReferenceSettings) -> None:
        self._callers = [(settings.token, None), (settings.other_token, settings.other_initiator)]

    async def __call__(self, request: Request) -> str | None:
        """Return the caller where it is the second user; raise `HTTPError`."""
        given = _read_token(request)
        for token, caller in self._callers:
            if token is not None and given is not None and hmac.compare_digest(given, token.encode()):
                CALLER.set(caller)
                return caller
        message = "credentials are missing or wrong; send the header Authorization: Bearer TOKEN"
        raise HTTPError(401, message, {"WWW-Authenticate": "Bearer"})


def _read_token(request: Request) -> bytes | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    # Starlette reads header bytes as Latin-1, which gives them back as they came.
    return token.strip().encode("latin-1") if scheme.lower() == "bearer" else None
