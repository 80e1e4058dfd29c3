"""Targets that are not an orchestrator, fail during a run, or record requests."""

from __future__ import annotations

from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.settings import ReferenceSettings
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

BASE_PATH = "/api/orchestrator"
# Long and unusual enough to be found in any output that must not contain it.
TOKEN = "s3cret-b3arer-t0ken-of-the-tests"
OTHER_TOKEN = "hush-hush-2"


class Answer:
    """Answers every request with one response."""

    def __init__(self, response: Response) -> None:
        self._response = response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._response(scope, receive, send)


HTML = Answer(HTMLResponse("<!doctype html><title>Red Hat Developer Hub</title>"))
NOT_FOUND = Answer(JSONResponse({"error": {"name": "NotFoundError"}}, 404))
DENIED = Answer(JSONResponse({"error": {"name": "AuthenticationError"}}, 401))
LOGIN = Answer(RedirectResponse("https://sso.example.com/login", 302))


class DiesAfter:
    """A reference backend that drops the connection from the `count`th request on."""

    def __init__(self, count: int) -> None:
        self._app: ASGIApp = create_reference_app(ReferenceSettings())
        self._left = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._left -= 1
            if self._left < 0:
                # `send` is a method of the server's request, which has the connection.
                send.__self__.transport.abort()  # type: ignore[attr-defined]
                return
        await self._app(scope, receive, send)


class Recorder:
    """A reference backend that records its requests: method, path relative to the base path, and headers."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        self._app: ASGIApp = create_reference_app(settings or ReferenceSettings())
        self.requests: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.requests.append((scope["method"], scope["path"].removeprefix(BASE_PATH)))
            self.headers.append({name.decode(): value.decode("latin-1") for name, value in scope["headers"]})
        await self._app(scope, receive, send)


class Echo:
    """A reference backend that repeats the caller's credentials in the error for an unknown instance."""

    def __init__(self, token: str) -> None:
        self._app: ASGIApp = create_reference_app(ReferenceSettings(token=token))
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith("/statuses"):
            body = {"request": {"headers": {"authorization": f"Bearer {self._token}"}}}
            await JSONResponse(body, 500, {"x-echo": self._token})(scope, receive, send)
        else:
            await self._app(scope, receive, send)
