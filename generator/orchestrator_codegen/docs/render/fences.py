"""Sets text as code in Markdown, between more backticks than it holds itself."""

from __future__ import annotations

import re


def fence_code(text: str, language: str) -> str:
    """Return `text` as a block of code."""
    fence = "`" * max(3, _count_longest(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def quote_code(text: str) -> str:
    """Return `text`, in one line, as code within a line."""
    flat = " ".join(text.split()) or " "
    fence = "`" * (_count_longest(flat) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def quote_cell(text: str) -> str:
    """Return `text` as code that can stand in a table."""
    return quote_code(text).replace("|", "\\|")


def _count_longest(text: str) -> int:
    return max((len(each) for each in re.findall(r"`+", text)), default=0)
