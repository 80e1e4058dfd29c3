"""Escapes characters that are not visible: control characters, line separators, bidirectional marks."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Control and format characters (including bidirectional ones), surrogates, line and paragraph separators.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_ASCII_TEXT: Final = re.compile(r"[^\n\t\x20-\x7e]")
# A comment with this text in one of the first two lines sets the encoding of a Python file (PEP 263).
_COOKIE: Final = re.compile(r"(coding)([:=])", re.IGNORECASE)


def escape_hidden(text: str) -> str:
    """Return `text` with each hidden character except newlines and tabs replaced by its Python escape."""
    return _NOT_ASCII_TEXT.sub(_escape, text)


def write_comment(text: str) -> str:
    """Return `text` as one line that is safe as a Python or YAML comment after a `#`."""
    return _COOKIE.sub(r"\1 \2", escape_hidden(" ".join(text.split())))


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
