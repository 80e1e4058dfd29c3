"""Shows text that the target chose: characters that a terminal, a viewer or a reader could misread become escapes.

These are control characters, such as those of terminal escape sequences, characters that change the direction of text,
invisible characters, and lone surrogates. Text in other scripts stays as it is.
"""

from __future__ import annotations

import re
from typing import Final

# Every character that `str.isprintable` rejects matches, and most ordinary text does not.
_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")
_LAST_OF_THE_BASIC_PLANE: Final = 0xFFFF


def show_text(text: str) -> str:
    """Return `text` with line feeds and tabs, and with every other character that is not printable escaped."""
    return _SUSPECT.sub(lambda found: _escape(found[0], keep="\n\t"), text)


def show_line(text: str) -> str:
    """Return `text` on one line: runs of whitespace become a space, other characters that are not printable escapes."""
    return _SUSPECT.sub(lambda found: _escape(found[0]), " ".join(text.split()))


def escape_json(text: str) -> str:
    """Return JSON text with the same value, in which characters that are not printable are JSON escapes."""
    return _SUSPECT.sub(lambda found: _escape_json(found[0]), text)


def _escape(character: str, keep: str = "") -> str:
    if character.isprintable() or character in keep:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_OF_THE_BASIC_PLANE else f"\\U{code:08x}"


def _escape_json(character: str) -> str:
    # Whitespace between the parts of a JSON text is no part of a value. Within a string, it is escaped already.
    if character.isprintable() or character in "\n\r\t":
        return character
    code = ord(character)
    if code <= _LAST_OF_THE_BASIC_PLANE:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
