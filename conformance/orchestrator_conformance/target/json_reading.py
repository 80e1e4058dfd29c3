"""Parses JSON of the target within limits: no value that results can exhaust a stack, or fail to be written again."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

JSON = Any

# Deeper values exhaust the stack of those who walk them.
_DEEPEST: Final = 200
# Below this share of brackets that is left, another round is worth its time.
_SHRINKING: Final = 0.9
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
# An escape in a string: a pair of surrogates, a surrogate, or anything else.
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_MAY_BE_A_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class NotJson(ValueError):
    """The bytes are not a JSON document, or not one that can be read within the limits."""


def read_json(data: bytes) -> JSON:
    """Parse JSON.

    A lone surrogate, which no encoding can write, is read as U+FFFD, see `find_lone_surrogate`. Raises `NotJson`, also
    for NaN and Infinity, for numbers of thousands of digits, and for values that are nested too deeply.
    """
    if _is_deep(data):
        raise NotJson(f"it is nested more than {_DEEPEST} levels deep")
    try:
        text = data.decode("utf-8")
        if _MAY_BE_A_SURROGATE.search(text):
            text = _ESCAPE.sub(lambda found: r"\ufffd" if found[1] else found[0], text)
        return json.loads(text, parse_constant=_refuse, parse_float=_read_float)
    except NotJson:
        raise
    except (ValueError, RecursionError) as problem:
        raise NotJson(str(problem)) from None


def read_object(data: bytes) -> dict[str, JSON]:
    """Parse a JSON object, or return an empty one for anything else."""
    try:
        value = read_json(data)
    except NotJson:
        return {}
    return value if isinstance(value, dict) else {}


def find_lone_surrogate(data: bytes) -> str | None:
    """Return the first escape of a lone surrogate in a JSON text, such as `\\ud800`, or None."""
    text = data.decode("utf-8", errors="replace")
    if not _MAY_BE_A_SURROGATE.search(text):
        return None
    return next((f"\\{found[1]}" for found in _ESCAPE.finditer(text) if found[1]), None)


def _refuse(constant: str) -> float:
    raise NotJson(f"{constant} is not JSON")


def _read_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise NotJson(f"the number {text[:40]} is out of range")
    return number


def _is_deep(data: bytes) -> bool:
    if data.count(b"[") + data.count(b"{") <= _DEEPEST:
        return False
    # Each round removes the innermost pairs. Brackets within strings can only make the rest look deeper than it is.
    brackets = data.translate(None, _NOT_BRACKETS)
    for _ in range(_DEEPEST):
        before = len(brackets)
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not brackets:
            return False
        if len(brackets) > _SHRINKING * before:
            break
    depth = 0
    for token in _TOKEN.finditer(data):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token[0], 0)
        if depth > _DEEPEST:
            return True
    return False
