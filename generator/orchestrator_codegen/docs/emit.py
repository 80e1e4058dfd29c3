"""Emits the files of the docs, each with a notice in its first line."""

from __future__ import annotations

from html import escape
from typing import Final

from ..document.load import Document
from ..emit.notice import write_notice
from ..emit.template_set import BUILT_IN, TemplateSet
from .ownership import Ownership
from .reference import Reference
from .render.catalog import render_catalog
from .render.markdown import render_markdown
from .render.page import render_page

MARKDOWN: Final = "api.md"
PAGE: Final = "index.html"
CATALOG: Final = "catalog-info.yaml"


def emit_docs(
    reference: Reference,
    ownership: Ownership,
    document: Document,
    source_name: str,
    templates: TemplateSet = BUILT_IN,
) -> dict[str, str]:
    """Return the text of every file, by name. The first line of each names `source_name` as its source."""
    notice = write_notice(reference.title, reference.version, source_name)
    # The title may contain `-->`, which would end the comment.
    comment = f"<!-- {escape(notice).replace('--', '- -')} -->"
    return {
        MARKDOWN: f"{comment}\n\n{render_markdown(reference, templates)}",
        PAGE: f"<!doctype html>{comment}\n{render_page(reference, templates)}",
        CATALOG: f"# {notice}\n{render_catalog(reference, ownership, document, templates)}",
    }
