"""Middleware that changes the answers of the reference backend."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = Any
Headers = list[tuple[bytes, bytes]]
Change = Callable[[str, int, Headers, bytes], tuple[int, Headers, bytes]]
Wrap = Callable[[ASGIApp], ASGIApp]

STARTED = "/execute"
LISTS = ("/v2/workflows/instances", "/instances")


class Changed:
    """The application with `change` applied to each answer."""

    def __init__(self, app: ASGIApp, change: Change) -> None:
        self._app = app
        self._change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        await self._app(scope, receive, keep)
        status, headers, body = self._change(
            scope["path"], start["status"], list(start["headers"]), b"".join(parts)
        )
        headers = [(name, value) for name, value in headers if name != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def change_answers(change: Change) -> Wrap:
    """Change every answer."""
    return lambda app: Changed(app, change)


def change_bodies(change: Callable[[bytes], bytes], part: str = "") -> Wrap:
    """Change the body of every success whose path ends with `part`."""

    def apply(path: str, status: int, headers: Headers, body: bytes) -> tuple[int, Headers, bytes]:
        return status, headers, change(body) if status == 200 and path.endswith(part) else body

    return change_answers(apply)


def change_json(change: Callable[[JSON], JSON], part: str = "") -> Wrap:
    """Change the JSON of every success whose path ends with `part`."""

    def apply(body: bytes) -> bytes:
        try:
            value = json.loads(body)
        except ValueError:
            return body
        return json.dumps(change(value)).encode()

    return change_bodies(apply, part)


def change_instances(change: Callable[[dict[str, JSON]], JSON]) -> Wrap:
    """Change every instance, in lists and alone."""

    def apply(value: JSON) -> JSON:
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            return {**value, "items": [change(dict(each)) for each in value["items"]]}
        return change(dict(value)) if isinstance(value, dict) and "processId" in value else value

    return change_json(apply)


def set_fields(**fields: JSON) -> Wrap:
    """Set fields of every instance."""
    return change_instances(lambda row: {**row, **fields})


def rename_ids(template: str) -> Wrap:
    """Show every instance id as `template`, in which ID is the real id; accept these ids in paths."""
    before, _, after = template.partition("ID")

    def rename(row: dict[str, JSON]) -> JSON:
        return {**row, "id": before + row["id"] + after}

    def apply(value: JSON) -> JSON:
        if isinstance(value, dict) and set(value) == {"id"}:
            return rename(value)
        return value

    def wrap(app: ASGIApp) -> ASGIApp:
        shown = change_instances(rename)(change_json(apply, STARTED)(app))

        async def call(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                path = scope["path"].replace(before, "", 1) if before else scope["path"]
                scope = {**scope, "path": path.replace(after, "", 1) if after else path}
            await shown(scope, receive, send)

        return call

    return wrap


def set_headers(**headers: str) -> Wrap:
    """Set headers of every answer; underscores in their names are dashes."""
    given = {
        name.replace("_", "-").encode(): value.encode("latin-1", "replace") for name, value in headers.items()
    }

    def apply(path: str, status: int, old: Headers, body: bytes) -> tuple[int, Headers, bytes]:
        kept = [(name, value) for name, value in old if name not in given]
        return status, [*kept, *given.items()], body

    return change_answers(apply)


def set_schema(schema: JSON) -> Wrap:
    """Give every workflow this input schema."""
    return change_json(lambda value: {**value, "inputSchema": schema}, "/inputSchema")


def set_source(text: str) -> Wrap:
    """Give every workflow this source."""

    def apply(body: bytes) -> bytes:
        return text.encode()

    return change_bodies(apply, "/source")
