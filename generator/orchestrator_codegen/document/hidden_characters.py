"""Writes out the characters that do not show as themselves: controls, line separators, and those that turn text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Control and format characters (bidirectional ones among them), surrogates, separators of lines and paragraphs.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_ASCII_TEXT: Final = re.compile(r"[^\n\t\x20-\x7e]")
# What makes a comment in one of the first two lines name the encoding of a Python file (PEP 263).
_COOKIE: Final = re.compile(r"(coding)([:=])", re.IGNORECASE)


def escape_hidden(text: str) -> str:
    """Return `text` with each hidden character but newlines and tabs as Python's escape of it."""
    return _NOT_ASCII_TEXT.sub(_escape, text)


def write_comment(text: str) -> str:
    """Return `text` in one line that means nothing to Python or YAML after a `#`."""
    return _COOKIE.sub(r"\1 \2", escape_hidden(" ".join(text.split())))


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
