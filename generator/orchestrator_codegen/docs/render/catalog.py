"""Writes the Backstage catalog entity of an API, which includes the document.

Follows https://backstage.io/docs/features/software-catalog/descriptor-format: `kind: API`, names and tags.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final

import yaml
from jinja2 import Environment, StrictUndefined

from ...document.load import Document
from ...emit.template_set import BUILT_IN, TemplateSet
from ..ownership import Ownership
from ..reference import Reference

_LONGEST: Final = 63
_TEMPLATE: Final = "catalog-info.yaml.jinja"


def render_catalog(
    reference: Reference, ownership: Ownership, document: Document, templates: TemplateSet = BUILT_IN
) -> str:
    """Return the entity as YAML, without its notice. Its `definition` is the original text of `document`.

    Raises `BrokenDocument` if a custom template fails, or renders text that is not valid YAML.
    """
    tags = dict.fromkeys(_name_tag(group.name) for group in reference.groups)
    about = reference.summary or reference.description.partition("\n\n")[0]
    metadata: dict[str, Any] = {"name": _name_entity(reference.title), "title": reference.title}
    metadata |= {"description": " ".join(about.split())} if about else {}
    metadata |= {"tags": [each for each in tags if each]} if any(tags) else {}
    spec = {"type": "openapi", "lifecycle": ownership.lifecycle, "owner": ownership.owner}
    spec |= {"system": ownership.system} if ownership.system else {}
    entity = {"apiVersion": "backstage.io/v1alpha1", "kind": "API", "metadata": metadata, "spec": spec}
    environment = Environment(
        loader=templates.make_loader(),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["yaml"] = _dump
    with templates.reporting_errors():
        template = environment.get_template("catalog-info.yaml")
        text = template.render(entity=entity, reference=reference, definition=_write_block(document.text))
    if _TEMPLATE in templates.replaced:
        _check_yaml(text, templates)
    return text


def _check_yaml(text: str, templates: TemplateSet) -> None:
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as problem:
        reason = " ".join(str(problem).split())
        templates.reject(_TEMPLATE, f"its output is not valid YAML: {reason}")


def _dump(value: Any) -> str:
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110))


def _name_entity(title: str) -> str:
    """Return `title` as an entity name: ASCII letters and digits, separated by `-`, at most 63 characters."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:_LONGEST].strip("-") or "api"


def _name_tag(name: str) -> str:
    """Return `name` as a tag: lower-case letters, digits, `+` and `#`, separated by `-`, at most 63 characters."""
    return "-".join(re.findall(r"[a-z0-9+#]+", name.lower()))[:_LONGEST].strip("-")


def _write_block(text: str) -> str:
    """Return `text` as a YAML block scalar, or quoted if a block scalar cannot represent it exactly."""
    if not text.strip() or not _fits_block(text):
        return str(yaml.safe_dump(text, default_style='"', width=10**9)).rstrip("\n")
    kept = text.rstrip("\n")
    ending = "-" if kept == text else "+" if text.endswith("\n\n") else ""
    # YAML needs an explicit indentation if the first line is empty or begins with a space.
    inset = "2" if text[0] in " \n" else ""
    lines = textwrap.indent(kept, "    ", lambda line: line != "\n")
    return f"|{inset}{ending}\n{lines}" + "\n" * max(0, len(text) - len(kept) - 1)


def _fits_block(text: str) -> bool:
    """Return whether a block scalar can hold `text`: printable characters only, and no line end but `\\n`."""
    return not re.search(
        "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]", text
    )
