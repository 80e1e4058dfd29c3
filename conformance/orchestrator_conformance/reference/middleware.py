"""What stands before the API: the style of errors."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNAUTHORIZED: Final = 401


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
