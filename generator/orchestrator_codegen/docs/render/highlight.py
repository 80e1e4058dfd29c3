"""Highlights the syntax of samples as HTML, so that the page needs no script for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

_TEXT: Final = r'"(?:[^"\\\n]|\\.)*"'
_TEXTS: Final = rf"(?P<string>{_TEXT}|'(?:[^'\\\n]|\\.)*')"
_NUMBER: Final = r"(?P<number>(?<![\w.-])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)"

# The tokens of each language. The group name is the CSS class. Other languages are not highlighted.
_LANGUAGES: Final[Mapping[str, re.Pattern[str]]] = {
    "json": re.compile(
        rf"(?P<key>{_TEXT})(?=\s*:)|(?P<string>{_TEXT})|{_NUMBER}|(?P<word>\b(?:true|false|null)\b)"
    ),
    "python": re.compile(rf"{_TEXTS}|{_NUMBER}|(?P<word>\b(?:import|from|with|as|print|True|False|None)\b)"),
    "bash": re.compile(
        r"(?P<variable>\$[A-Z_]+)|(?P<string>'[^']*')|(?P<word>^curl\b|^export\b)|(?P<option>(?<=\s)--[a-z-]+)",
        re.MULTILINE,
    ),
}


def highlight(text: str, language: str) -> str:
    """Return `text` as HTML, with a `span` around each token of `language`."""
    pattern = _LANGUAGES.get(language)
    if pattern is None:
        return escape(text)
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<span class="{found.lastgroup}">{escape(found[0])}</span>')
        end = found.end()
    return "".join([*parts, escape(text[end:])])
