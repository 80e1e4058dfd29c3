"""Writes docstrings from the descriptions in a document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from ..api.ir import Operation
from ..document.hidden_characters import escape_hidden

_WIDTH: Final = 104


def quote_docstring(text: str) -> str:
    """Return `text` escaped for a triple-quoted string. Trailing quotes are dropped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip('"')
    return escape_hidden(lines.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'))


def write_docstring(summary: str, description: str, arguments: Iterable[tuple[str, str]]) -> str:
    """Return the docstring of a method, without quotes: summary, description, and each argument with a description."""
    parts = [summary.rstrip(".") + "."]
    if description:
        parts.append("\n\n".join(_wrap(paragraph) for paragraph in description.split("\n\n")))
    lines = [_wrap(f"{name}: {' '.join(text.split())}", indent="    ") for name, text in arguments if text]
    if lines:
        parts.append("Args:\n" + "\n".join(lines))
    return textwrap.indent(quote_docstring("\n\n".join(parts)), " " * 8).strip()


def summarise(operation: Operation) -> str:
    """Return a one-sentence summary of the operation."""
    summary = operation.summary or operation.description.partition("\n")[0] or f"Call {operation.id}"
    return " ".join(summary.split()).rstrip(".") + "."


def _wrap(paragraph: str, indent: str = "") -> str:
    if paragraph.lstrip().startswith(("-", "*", "|", "    ", "```")):
        return paragraph
    text = " ".join(paragraph.split())
    following = indent + "    " if indent else ""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
