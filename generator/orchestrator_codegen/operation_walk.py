"""Walks the operations of a document, wherever its path items stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .load import JSON, Pointer
from .references import follow

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def iter_operations(data: JSON) -> Iterator[tuple[str, str, Pointer]]:
    """Yield the path, the method in lower case, and the path item's pointer of each operation, in document order."""
    for path in data.get("paths") or {}:
        if path.startswith("/"):
            at, item = follow(data, ("paths", path))
            for method in METHODS:
                if method in item:
                    yield path, method, at
