"""Compares JSON values to the letter: 1, 1.0 and true are three."""

from __future__ import annotations

from typing import Any


def find_difference(wanted: Any, found: Any, at: str = "value") -> str:
    """Return where and how `found` is not `wanted`; "" where it is the same."""
    if type(wanted) is not type(found):
        return f"{at}: wanted {wanted!r}, found {found!r}"
    if isinstance(wanted, dict):
        if lacking := wanted.keys() ^ found.keys():
            return f"{at}: {sorted(lacking)} on one side only: wanted {wanted!r}, found {found!r}"
        parts = [find_difference(each, found[key], f"{at}.{key}") for key, each in wanted.items()]
    elif isinstance(wanted, list):
        if len(wanted) != len(found):
            return f"{at}: wanted {wanted!r}, found {found!r}"
        pairs = zip(wanted, found, strict=True)
        parts = [find_difference(each, other, f"{at}.{index}") for index, (each, other) in enumerate(pairs)]
    else:
        return "" if wanted == found else f"{at}: wanted {wanted!r}, found {found!r}"
    return next(filter(None, parts), "")


def require_same(wanted: Any, found: Any, what: str) -> None:
    """Raise `AssertionError`, which says where, where `found` is not `wanted`."""
    if difference := find_difference(wanted, found, what):
        raise AssertionError(difference)
