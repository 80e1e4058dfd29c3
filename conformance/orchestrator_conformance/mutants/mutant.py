"""Defines a mutant and builds its application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..reference.access import RequireToken
from ..reference.app import create_reference_app
from ..reference.backend import ReferenceBackend
from ..reference.filters.filtering import Filtering
from ..reference.lifecycle.lifecycle import Lifecycle
from ..reference.listing.rendering import Rendering
from ..reference.listing.search import Search
from ..reference.settings import ReferenceSettings


class Tamper:
    """A middleware that changes nothing; mutants override `tamper` to change answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect the answer, pass it to `tamper`, and send the result."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, headers, body = 0, [], b""

        async def collect(message: Message) -> None:
            nonlocal status, headers, body
            if message["type"] == "http.response.start":
                status, headers = message["status"], message["headers"]
            else:
                body += message.get("body", b"")

        await self.app(scope, receive, collect)
        content_type = dict(headers).get(b"content-type", b"").decode()
        status, content_type, body = self.tamper(scope["method"], scope["path"], status, content_type, body)
        kept = [(name, value) for name, value in headers if name not in (b"content-type", b"content-length")]
        if content_type:
            kept.append((b"content-type", content_type.encode()))
        kept.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": kept})
        await send({"type": "http.response.body", "body": body})

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        """Return the status, content type and body to send instead."""
        return status, content_type, body


Part = (
    type[ReferenceBackend]
    | type[Search]
    | type[Filtering]
    | type[Lifecycle]
    | type[Rendering]
    | type[RequireToken]
    | type[Tamper]
)
P = TypeVar("P", bound=Part)

_MARK: Final = "_breaks"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One misbehaving backend: the requirement that it breaks, and the part that breaks it."""

    requirement_id: str
    part: Part

    @property
    def name(self) -> str:
        """The name of the part."""
        return self.part.__name__

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the mutant as an application with its own state."""
        part = self.part
        if issubclass(part, Tamper):
            app = create_reference_app(settings)
            app.add_middleware(part)
            return app
        if issubclass(part, RequireToken):
            return create_reference_app(settings, guard=part)
        return create_reference_app(backend=_create_backend(part, settings))


def _create_backend(
    part: type[ReferenceBackend] | type[Search] | type[Filtering] | type[Lifecycle] | type[Rendering],
    settings: ReferenceSettings,
) -> ReferenceBackend:
    if issubclass(part, ReferenceBackend):
        return part(settings)
    if issubclass(part, Search):
        return ReferenceBackend(settings, search=part())
    if issubclass(part, Filtering):
        return ReferenceBackend(settings, search=Search(part()))
    if issubclass(part, Lifecycle):
        return ReferenceBackend(settings, lifecycle=part(settings.moment, settings.visibility_delay))
    return ReferenceBackend(settings, rendering=part())


def breaks(requirement_id: str) -> Callable[[P], P]:
    """Mark a part as the mutant that breaks a requirement."""

    def mark(part: P) -> P:
        setattr(part, _MARK, requirement_id)
        return part

    return mark


def read_mutant(part: object) -> Mutant | None:
    """Return the mutant that `part` is marked as, or None; subclasses do not inherit the mark."""
    if not isinstance(part, type) or _MARK not in vars(part):
        return None
    return Mutant(vars(part)[_MARK], part)
