"""Walks the operations of a document, wherever its path items stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .load import JSON, Pointer
from .references import follow

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def find_sent(path: str) -> str:
    """Return what is sent of a path: not its fragment, nor the parameters in its query, which are declared as such.

    Neither belongs into a path, but documents have them there.
    """
    base, _, query = path.partition("#")[0].partition("?")
    fixed = "&".join(pair for pair in query.split("&") if pair and "{" not in pair)
    return f"{base}?{fixed}" if fixed else base


def iter_operations(data: JSON) -> Iterator[tuple[str, str, Pointer]]:
    """Yield the path, the method in lower case, and the path item's pointer of each operation, in document order."""
    for path in data.get("paths") or {}:
        if path.startswith("/"):
            at, item = follow(data, ("paths", path))
            for method in METHODS:
                if method in item:
                    yield path, method, at
