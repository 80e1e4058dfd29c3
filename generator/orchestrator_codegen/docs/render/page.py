"""Renders a reference as one self-contained HTML page, with inline stylesheet and scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Final

from jinja2 import Environment, StrictUndefined

from ...emit.template_set import BUILT_IN, TemplateSet
from ..reference import Example, Field, Operation, Piece, Reference, Schema
from .highlight import highlight
from .prose import write_html

# The label above an example. Samples use their title.
_LABELS: Final = {"json": "JSON", "text": "Text"}


def render_page(reference: Reference, templates: TemplateSet = BUILT_IN) -> str:
    """Return the page from `<html>` on. Raise `BrokenDocument` if a custom template fails."""
    style, early, late = (templates.read(name) for name in ("page.css", "theme.js", "page.js"))
    with templates.reporting_errors():
        page = _build_environment(templates).get_template("page.html")
        return page.render(
            reference=reference, style=style, early=early, late=late, policy=_write_policy(style, early, late)
        )


def _write_policy(style: str, *scripts: str) -> str:
    """Return a content security policy that allows only the given stylesheet and scripts, by hash."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _build_environment(templates: TemplateSet) -> Environment:
    environment = Environment(
        loader=templates.make_loader(),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )

    def render_fields(fields: Iterable[Field]) -> str:
        return environment.get_template("fields.html").render(fields=fields)

    def render_type(pieces: Iterable[Piece]) -> str:
        return environment.get_template("type.html").render(pieces=pieces)

    def render_code(example: Example) -> str:
        marked = highlight(example.text.rstrip("\n"), example.language)
        return environment.get_template("code.html").render(
            example=example, marked=marked, label=_LABELS.get(example.language, example.title)
        )

    environment.filters |= {
        "prose": write_html,
        "fields": render_fields,
        "type": render_type,
        "code": render_code,
        "words": _list_words,
    }
    return environment


def _list_words(found: Operation | Schema) -> str:
    """Return the search text of an operation or a schema, in lower case."""
    match found:
        case Operation():
            names = [field.name for each in found.parameters for field in each.fields]
            words = [found.method, found.path, found.id, found.summary, *names]
        case Schema():
            words = [found.name, *(field.name for field in found.fields)]
    return " ".join(" ".join(words).lower().split())
