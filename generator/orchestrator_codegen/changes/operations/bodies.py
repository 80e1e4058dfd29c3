"""Compares the request bodies of an operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Direction, Finding
from ..schemas.schemas import Schemas
from ..side import Side
from .contents import compare_contents, prefix


def compare_request_bodies(old: Pointer, new: Pointer, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes of the request bodies of the operations at `old` and `new`."""
    yield from prefix("request body", _compare(_read(schemas.old, old), _read(schemas.new, new), schemas))


_Body = tuple[Pointer, dict[str, Any]]


def _read(side: Side, at: Pointer) -> _Body | None:
    return side.follow((*at, "requestBody")) if "requestBody" in side.follow(at)[1] else None


def _compare(old: _Body | None, new: _Body | None, schemas: Schemas) -> Iterator[Finding]:
    if old is None and new is None:
        return
    if old is None or new is None:
        if new is not None:
            is_required = bool(new[1].get("required"))
            says = "is new and required" if is_required else "is new and optional"
            breaks = CLIENTS if is_required else NOBODY
            yield Finding("body-added", says, breaks, Direction.REQUEST, None, new[0])
        elif old is not None:
            breaks = BOTH if old[1].get("required") else CLIENTS
            yield Finding("body-removed", "was removed", breaks, Direction.REQUEST, old[0])
        return
    was, is_ = bool(old[1].get("required")), bool(new[1].get("required"))
    places = ((*old[0], "required"), (*new[0], "required"))
    if is_ and not was:
        yield Finding("body-required", "is now required", CLIENTS, Direction.REQUEST, *places)
    elif was and not is_:
        yield Finding("body-optional", "is now optional", SERVERS, Direction.REQUEST, *places)
    yield from compare_contents((*old[0], "content"), (*new[0], "content"), Direction.REQUEST, schemas)
