"""Chooses unique anchors, which consist of ASCII letters, digits, `-` and `_`."""

from __future__ import annotations

import re
from collections.abc import Iterable


def name_anchors(kind: str, names: Iterable[str]) -> dict[str, str]:
    """Return an anchor for each of `names`, prefixed with `kind`. Equal anchors get a number."""
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
