"""Writes docstrings from the prose of a document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from ..api.ir import Operation
from ..document.hidden_characters import escape_hidden

_WIDTH: Final = 104


def quote_docstring(text: str) -> str:
    """Return `text` so that it can stand between triple quotes and means itself; no quote ends it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip('"')
    return escape_hidden(lines.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'))


def write_docstring(summary: str, description: str, arguments: Iterable[tuple[str, str]]) -> str:
    """Return the docstring of a method, without its quotes: what it does, and each argument that is described."""
    parts = [summary.rstrip(".") + "."]
    if description:
        parts.append("\n\n".join(_wrap(paragraph) for paragraph in description.split("\n\n")))
    lines = [_wrap(f"{name}: {' '.join(text.split())}", indent="    ") for name, text in arguments if text]
    if lines:
        parts.append("Args:\n" + "\n".join(lines))
    return textwrap.indent(quote_docstring("\n\n".join(parts)), " " * 8).strip()


def summarise(operation: Operation) -> str:
    """Return one sentence on the operation."""
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
