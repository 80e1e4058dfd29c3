"""Compares the servers of a document or of one operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.load import Pointer
from ..change import CLIENTS, NOBODY, Finding
from ..schemas.fold import write_canonically
from ..side import Side, is_prose
from ..wording import quote

# A side, and the pointers of a path item and of an operation.
_Owner = tuple[Side, Pointer, Pointer]


def compare_document_servers(old: Side, new: Side) -> Iterator[Finding]:
    """Yield the changes of the servers of the document. The default is `/` (OpenAPI 3.1, section 4.8.1)."""
    yield from _compare(_read(old, ()) or _ROOT, _read(new, ()) or _ROOT)


def compare_own_servers(old: _Owner, new: _Owner) -> Iterator[Finding]:
    """Yield the changes of the servers of an operation or its path item, if either has its own."""
    before, after = (_read(side, at) or _read(side, item_at) for side, item_at, at in (old, new))
    if before or after:
        yield from _compare(before or _read(old[0], ()) or _ROOT, after or _read(new[0], ()) or _ROOT)


_Servers = dict[str, tuple[str, Pointer | None]]
_ROOT: _Servers = {write_canonically({"url": "/"}): ("/", None)}


def _read(side: Side, at: Pointer) -> _Servers:
    """Return the URL and the pointer of each server, by everything that affects requests."""
    listed: list[dict[str, Any]] = side.follow(at)[1].get("servers") or []
    return {
        write_canonically(_strip(server)): (str(server["url"]), (*at, "servers", index))
        for index, server in enumerate(listed)
    }


def _strip(server: dict[str, Any]) -> dict[str, Any]:
    variables = {
        name: {key: each for key, each in variable.items() if not is_prose(key)}
        for name, variable in (server.get("variables") or {}).items()
    }
    return {"url": server["url"], **({"variables": variables} if variables else {})}


def _compare(old: _Servers, new: _Servers) -> Iterator[Finding]:
    for key, (url, at) in old.items():
        if key not in new:
            yield Finding(
                "server-removed", f"{quote(url)} was removed", CLIENTS, None, at, None, ("servers",)
            )
    for key, (url, at) in new.items():
        if key not in old:
            yield Finding("server-added", f"{quote(url)} is new", NOBODY, None, None, at, ("servers",))
