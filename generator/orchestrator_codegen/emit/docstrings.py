"""Writes the docstrings of clients and handlers from the document's prose."""

from __future__ import annotations

import textwrap

from ..ir import Operation
from .names import Arguments

_WIDTH = 96


def quote_docstring(text: str) -> str:
    """Return `text` so that it can stand between triple quotes and means itself."""
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').rstrip('"')


def write_docstring(operation: Operation, arguments: Arguments) -> str:
    """Return what stands between the quotes of an operation's docstring, `arguments` by their names in Python."""
    parts = [summarise(operation)]
    if operation.description and operation.summary:
        parts.append("\n\n".join(_wrap(paragraph) for paragraph in operation.description.split("\n\n")))
    described = [
        (arguments[each.place, each.name], each.description)
        for each in operation.parameters
        if each.description
    ]
    if operation.body is not None and operation.body.description:
        described.append(("body", operation.body.description))
    if described:
        lines = [_wrap(f"{name}: {' '.join(text.split())}", indent="    ") for name, text in described]
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
