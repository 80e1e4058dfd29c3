"""Renders a reference as one Markdown file, for GitHub and similar viewers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2 import Environment, StrictUndefined

from ...emit.template_set import BUILT_IN, TemplateSet
from ..reference import Example, Field, Piece, Reference
from .fences import fence_code, quote_cell, quote_code
from .prose import escape_markdown, write_cell, write_markdown

_FENCE: Final = re.compile(r"\s*(```+)")


def render_markdown(reference: Reference, templates: TemplateSet = BUILT_IN) -> str:
    """Return the text of the file, without its notice. Raise `BrokenDocument` if a custom template fails."""
    with templates.reporting_errors():
        text = _build_environment(templates).get_template("api.md").render(reference=reference)
    return "\n".join(_keep_single_blanks(text)).strip("\n") + "\n"


def _keep_single_blanks(text: str) -> Iterator[str]:
    """Yield the lines of `text` with runs of empty lines collapsed to one, except in code blocks."""
    fence = ""
    was_blank = False
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened:
            fence = opened[1]
        if fence or line or not was_blank:
            yield line
        was_blank = not line


def _build_environment(templates: TemplateSet) -> Environment:
    environment = Environment(
        loader=templates.make_loader(),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        # The filters escape plain text for Markdown.
        autoescape=False,
    )

    def render_fields(fields: Iterable[Field]) -> str:
        return environment.get_template("fields.md").render(fields=fields)

    environment.filters |= {
        "plain": escape_markdown,
        "prose": write_markdown,
        "cell": write_cell,
        "code": quote_code,
        "cell_code": quote_cell,
        "example": _write_example,
        "fields": render_fields,
        "remarks": _write_remarks,
        "type": _write_type,
    }
    return environment


def _write_remarks(field: Field) -> str:
    values = ", ".join(map(quote_cell, field.values))
    parts = [
        "**deprecated**" if field.is_deprecated else "",
        f"one of {values}" if values else "",
        "; ".join(map(quote_cell, field.notes)),
    ]
    return "<br>".join(filter(None, parts))


def _write_type(pieces: Iterable[Piece]) -> str:
    return "".join(
        f"[{escape_markdown(each.text)}](#{each.anchor})" if each.anchor else _keep_ends(each.text)
        for each in pieces
    )


def _keep_ends(text: str) -> str:
    start, end = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return f"{start}{escape_markdown(text)}{end}"


def _write_example(example: Example) -> str:
    return fence_code(example.text.rstrip("\n"), example.language)
