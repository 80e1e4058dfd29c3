"""Gives everything that can be linked to an anchor of its own: ASCII letters, digits, `-` and `_` alone."""

from __future__ import annotations

import re
from collections.abc import Iterable


def name_anchors(kind: str, names: Iterable[str]) -> dict[str, str]:
    """Return the anchor of each of `names`, `kind` in front; names that would share one are counted."""
    anchors: dict[str, str] = {}
    used: set[str] = set()
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-") or "unnamed"
        candidate, times = f"{kind}-{plain}", 1
        while candidate.lower() in used:
            times += 1
            candidate = f"{kind}-{plain}-{times}"
        used.add(candidate.lower())
        anchors[name] = candidate
    return anchors
