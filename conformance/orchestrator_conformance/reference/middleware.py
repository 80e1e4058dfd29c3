"""Middleware for the error style of the settings."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNAUTHORIZED: Final = 401


class DocumentedErrors:
    """Changes the status of every error except 401 to 500, the only error status in the document."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, and replace the status of an error response."""

        async def send_documented(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_undocumented(message["status"]):
                message = {**message, "status": 500}
            await send(message)

        await self.app(scope, receive, send_documented)


def _is_undocumented(status: int) -> bool:
    return status >= 400 and status != _UNAUTHORIZED
