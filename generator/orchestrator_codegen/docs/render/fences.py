"""Writes text as code in Markdown, with fences longer than any run of backticks in it."""

from __future__ import annotations

import re


def fence_code(text: str, language: str) -> str:
    """Return `text` as a fenced code block."""
    fence = "`" * max(3, _count_longest(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def quote_code(text: str) -> str:
    """Return `text`, on one line, as inline code."""
    flat = " ".join(text.split()) or " "
    fence = "`" * (_count_longest(flat) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def quote_cell(text: str) -> str:
    """Return `text` as inline code for a table cell."""
    return quote_code(text).replace("|", "\\|")


def _count_longest(text: str) -> int:
    return max((len(each) for each in re.findall(r"`+", text)), default=0)
