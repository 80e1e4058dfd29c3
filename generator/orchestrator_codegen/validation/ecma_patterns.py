"""Says a pattern of JSON Schema, which is a regular expression of ECMA 262, so that Rust's engine reads the same.

Where both know a construct and mean another thing by it, it is said in another way: to ECMA 262 `\\d`, `\\w` and
`\\b` are ASCII, and a class has no classes, unions or differences within. What Rust does not know stays, and is
refused there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = "0-9"
_LETTERS: Final = "0-9A-Za-z_"
# By what follows the backslash, within a class and elsewhere.
_IN_CLASS: Final = {"d": _DIGITS, "w": _LETTERS, "D": f"[^{_DIGITS}]", "W": f"[^{_LETTERS}]", "b": r"\x08"}
_ALONE: Final = {**_IN_CLASS, "d": f"[{_DIGITS}]", "w": f"[{_LETTERS}]", "b": r"(?-u:\b)"}
# What begins a set of signs, behind a backslash.
_SETS: Final = frozenset("dDwWsSpP")
# An escape: a pair of surrogates, a control letter, a property, a code, or a letter or sign.
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|u\{[0-9a-fA-F]+\}|"
    r"u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|.)",
    re.DOTALL,
)
_QUANTIFIER: Final = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
# What would be more than a sign within a class of Rust.
_SPECIAL: Final = frozenset("[&~-")


def say_in_rust(pattern: str) -> str:
    """Return what Rust's engine reads as ECMA 262 does `pattern`."""
    return "".join(_translate(pattern))


def _translate(pattern: str) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\" and (found := _ESCAPE.match(pattern, at)):
            yield _ALONE.get(found[0][1:]) or _say_escape(found[0])
            at = found.end()
        elif sign == "[":
            at, said = _translate_class(pattern, at)
            yield said
        elif sign == "{" and not _QUANTIFIER.match(pattern, at):
            yield r"\{"
            at += 1
        else:
            yield sign
            at += 1


def _translate_class(pattern: str, at: int) -> tuple[int, str]:
    """Return where the class that begins `at` a place ends, and what it is in Rust."""
    begin, at = at, at + 1
    opened = "[^" if pattern.startswith("^", at) else "["
    at += len(opened) - 1
    if pattern.startswith("]", at):
        return at + 1, r"[\s\S]" if opened == "[^" else r"[^\s\S]"
    said = [opened]
    is_range = False
    while at < len(pattern) and pattern[at] != "]":
        if pattern[at] == "\\" and (found := _ESCAPE.match(pattern, at)):
            atom = _IN_CLASS.get(found[0][1:]) or _say_escape(found[0])
            is_set = _is_set(pattern, at)
            at = found.end()
        else:
            atom = f"\\{pattern[at]}" if pattern[at] in _SPECIAL else pattern[at]
            is_set = False
            at += 1
        said.append(atom)
        # A hyphen between two signs is a range; beside a set it is a sign itself.
        follows = pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in ("", "]")
        if follows and not is_range and not is_set and not _is_set(pattern, at + 1):
            said.append("-")
            at += 1
            is_range = True
        else:
            is_range = False
    if at >= len(pattern):
        return len(pattern), pattern[begin:]
    return at + 1, "".join([*said, "]"])


def _is_set(pattern: str, at: int) -> bool:
    """Say whether a set such as `\\w` begins `at` a place."""
    return pattern[at : at + 1] == "\\" and pattern[at + 1 : at + 2] in _SETS


def _say_escape(escape: str) -> str:
    """Return an escape that is no class as Rust has it."""
    said = escape[1:]
    if said[0] == "c" and len(said) == 2:
        return f"\\x{ord(said[1]) % 32:02X}"
    if said[0] == "u" and "\\u" in said:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return f"\\u{{{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:X}}}"
    return r"\x00" if said == "0" else escape
