"""What stands before the API: the health check, credentials, the body's size, and the style of errors."""

from __future__ import annotations

import hmac
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .separation import CALLER
from .settings import ReferenceSettings

_UNAUTHORIZED: Final = 401


class HealthCheck:
    """Answers GET and HEAD of one path with 200, whoever asks."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] == "http" and scope["path"] == self.path and scope["method"] in ("GET", "HEAD"):
            await JSONResponse({"status": "ok"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class RequireToken:
    """Refuses every request that does not carry a bearer token of the settings with 401, and notes whose it is."""

    def __init__(self, app: ASGIApp, settings: ReferenceSettings) -> None:
        # The settings rather than the token: Starlette shows a middleware's arguments in its repr.
        self.app = app
        self._callers = [(settings.token, None), (settings.other_token, settings.other_initiator)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _read_token(Headers(scope=scope))
        for token, caller in self._callers:
            if token is not None and given is not None and hmac.compare_digest(given, token.encode()):
                CALLER.set(caller)
                await self.app(scope, receive, send)
                return
        body = {"message": "credentials are missing or wrong; send the header Authorization: Bearer TOKEN"}
        refusal = JSONResponse(body, _UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
        await refusal(scope, receive, send)


def _read_token(headers: Headers) -> bytes | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    # Starlette reads header bytes as Latin-1, which gives them back as they came.
    return token.strip().encode("latin-1") if scheme.lower() == "bearer" else None


class LimitBody:
    """Refuses a body of more than `limit` bytes with 413, whether or not its length was announced."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, then refuse it or pass it on in one piece."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.limit:
                refusal = JSONResponse({"message": f"the body is larger than {self.limit} bytes"}, 413)
                await refusal(scope, receive, send)
                return
        await self.app(scope, _replay(bytes(body), receive), send)


class DocumentedErrors:
    """Gives every error the status 500, the only one that the document has; 401 stays what it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with its status replaced."""

        async def send_documented(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_undocumented(message["status"]):
                message = {**message, "status": 500}
            await send(message)

        await self.app(scope, receive, send_documented)


def _is_undocumented(status: int) -> bool:
    return status >= 400 and status != _UNAUTHORIZED


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a channel that gives `body` once, and then what `receive` gives."""
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
