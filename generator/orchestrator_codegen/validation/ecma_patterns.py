"""Translates patterns of JSON Schema, which are ECMA 262 regular expressions, for the regex engine of Rust.

Constructs with a different meaning in Rust are rewritten: in ECMA 262 `\\d`, `\\w` and `\\b` are ASCII, and a character
class contains no nested classes, unions or differences. Constructs that Rust does not support are not changed, and
its engine rejects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = "0-9"
_LETTERS: Final = "0-9A-Za-z_"
# By the character after the backslash, inside and outside of a class.
_IN_CLASS: Final = {"d": _DIGITS, "w": _LETTERS, "D": f"[^{_DIGITS}]", "W": f"[^{_LETTERS}]", "b": r"\x08"}
_ALONE: Final = {**_IN_CLASS, "d": f"[{_DIGITS}]", "w": f"[{_LETTERS}]", "b": r"(?-u:\b)"}
# The characters that start a character set after a backslash.
_SETS: Final = frozenset("dDwWsSpP")
# An escape: a surrogate pair, a control letter, a property, a code point, or a single character.
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|u\{[0-9a-fA-F]+\}|"
    r"u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|.)",
    re.DOTALL,
)
_QUANTIFIER: Final = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
# Characters with a special meaning inside a class in Rust.
_SPECIAL: Final = frozenset("[&~-")


def translate_to_rust(pattern: str) -> str:
    """Return a pattern that means in Rust what `pattern` means in ECMA 262."""
    return "".join(_translate(pattern))


def _translate(pattern: str) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\" and (found := _ESCAPE.match(pattern, at)):
            yield _ALONE.get(found[0][1:]) or _translate_escape(found[0])
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
    """Return the end of the class that starts at index `at`, and its translation."""
    begin, at = at, at + 1
    opened = "[^" if pattern.startswith("^", at) else "["
    at += len(opened) - 1
    if pattern.startswith("]", at):
        return at + 1, r"[\s\S]" if opened == "[^" else r"[^\s\S]"
    said = [opened]
    is_range = False
    while at < len(pattern) and pattern[at] != "]":
        if pattern[at] == "\\" and (found := _ESCAPE.match(pattern, at)):
            atom = _IN_CLASS.get(found[0][1:]) or _translate_escape(found[0])
            is_set = _is_set(pattern, at)
            at = found.end()
        else:
            atom = f"\\{pattern[at]}" if pattern[at] in _SPECIAL else pattern[at]
            is_set = False
            at += 1
        said.append(atom)
        # A hyphen between two characters is a range. Next to a set it is a literal hyphen.
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
    """Return whether a set such as `\\w` starts at index `at`."""
    return pattern[at : at + 1] == "\\" and pattern[at + 1 : at + 2] in _SETS


def _translate_escape(escape: str) -> str:
    """Return the translation of an escape that is not a class."""
    said = escape[1:]
    if said[0] == "c" and len(said) == 2:
        return f"\\x{ord(said[1]) % 32:02X}"
    if said[0] == "u" and "\\u" in said:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return f"\\u{{{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:X}}}"
    return r"\x00" if said == "0" else escape
