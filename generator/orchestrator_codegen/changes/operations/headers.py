"""Compares the headers of a response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Direction, Finding
from ..schemas.schemas import Schemas
from ..side import Side, is_prose, means_the_same
from ..wording import quote
from .contents import compare_contents, prefix

_Header = tuple[Pointer, dict[str, Any]]
_READ = frozenset({"required", "deprecated", "schema", "content"})


def compare_headers(old: _Header, new: _Header, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes of the headers of two responses. Names are case-insensitive."""
    before, after = _read(schemas.old, old), _read(schemas.new, new)
    for name in dict.fromkeys((*before, *after)):
        yield from prefix(f"header {name}", _compare(before.get(name), after.get(name), schemas))


def _read(side: Side, answer: _Header) -> dict[str, _Header]:
    at, data = answer
    names = data.get("headers") or {}
    # OpenAPI ignores Content-Type here.
    return {
        name.lower(): side.follow((*at, "headers", name)) for name in names if name.lower() != "content-type"
    }


def _compare(old: _Header | None, new: _Header | None, schemas: Schemas) -> Iterator[Finding]:
    if old is None or new is None:
        if new is not None:
            is_required = bool(new[1].get("required"))
            says = "is new and required" if is_required else "is new and optional"
            breaks = SERVERS if is_required else NOBODY
            yield Finding("header-added", says, breaks, Direction.ANSWER, None, new[0])
        elif old is not None:
            yield Finding("header-removed", "was removed", CLIENTS, Direction.ANSWER, old[0])
        return
    was, is_ = bool(old[1].get("required")), bool(new[1].get("required"))
    if is_ and not was:
        yield Finding("header-required", "is now required", SERVERS, Direction.ANSWER, old[0], new[0])
    elif was and not is_:
        yield Finding("header-optional", "is now optional", CLIENTS, Direction.ANSWER, old[0], new[0])
    if bool(old[1].get("deprecated")) != bool(new[1].get("deprecated")):
        says = "is deprecated" if new[1].get("deprecated") else "is no longer deprecated"
        yield Finding("deprecated", says, NOBODY, Direction.ANSWER, old[0], new[0])
    yield from _compare_values(old, new, schemas)


def _compare_values(old: _Header, new: _Header, schemas: Schemas) -> Iterator[Finding]:
    (old_at, one), (new_at, other) = old, new
    if "content" in one and "content" in other:
        yield from compare_contents((*old_at, "content"), (*new_at, "content"), Direction.ANSWER, schemas)
    elif "content" in one or "content" in other:
        yield Finding("header-style", "is serialized differently", BOTH, Direction.ANSWER, old_at, new_at)
    else:
        places = [((*at, "schema"),) if "schema" in data else () for at, data in (old, new)]
        yield from schemas.compare(places[0], places[1], Direction.ANSWER)
    for key in dict.fromkeys((*one, *other)):
        if key in _READ or is_prose(key):
            continue
        old_key, new_key = ((*at, key) if data.get(key, False) else None for at, data in (old, new))
        if not means_the_same(schemas.old, schemas.new, old_key, new_key):
            says = f"{quote(key)} has changed; its effect is unknown"
            yield Finding("unknown", says, BOTH, Direction.ANSWER, old_key, new_key)
