"""Walks the operations of a document, and follows the references of path items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .load import JSON, Pointer
from .references import follow

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def find_sent(path: str) -> str:
    """Return the part of a path that is sent: without its fragment, and without declared parameters in its query.

    OpenAPI allows neither in a path, but some documents have them.
    """
    base, _, query = path.partition("#")[0].partition("?")
    fixed = "&".join(pair for pair in query.split("&") if pair and "{" not in pair)
    return f"{base}?{fixed}" if fixed else base


def iter_operations(data: JSON) -> Iterator[tuple[str, str, Pointer]]:
    """Yield the path, the lowercase method and the pointer of the path item for each operation, in document order."""
    for path in data.get("paths") or {}:
        if path.startswith("/"):
            at, item = follow(data, ("paths", path))
            for method in METHODS:
                if method in item:
                    yield path, method, at
