"""Compares JSON values strictly: 1, 1.0 and true are different."""

from __future__ import annotations

from typing import Any


def find_difference(expected: Any, found: Any, at: str = "value") -> str:
    """Return the first difference between `expected` and `found`, or an empty text."""
    if type(expected) is not type(found):
        return f"{at}: expected {expected!r}, found {found!r}"
    if isinstance(expected, dict):
        if missing := expected.keys() ^ found.keys():
            return f"{at}: {sorted(missing)} on one side only: expected {expected!r}, found {found!r}"
        parts = [find_difference(each, found[key], f"{at}.{key}") for key, each in expected.items()]
    elif isinstance(expected, list):
        if len(expected) != len(found):
            return f"{at}: expected {expected!r}, found {found!r}"
        pairs = zip(expected, found, strict=True)
        parts = [find_difference(each, other, f"{at}.{index}") for index, (each, other) in enumerate(pairs)]
    else:
        return "" if expected == found else f"{at}: expected {expected!r}, found {found!r}"
    return next(filter(None, parts), "")


def require_same(expected: Any, found: Any, what: str) -> None:
    """Raise `AssertionError` with the first difference if `found` is not `expected`."""
    if difference := find_difference(expected, found, what):
        raise AssertionError(difference)
