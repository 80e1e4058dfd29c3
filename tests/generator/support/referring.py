"""Reads the API reference of a document, and parses HTML pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from orchestrator_codegen.api.operation_ids import name_operations
from orchestrator_codegen.api.parse import parse
from orchestrator_codegen.docs.build import build_reference
from orchestrator_codegen.docs.reference import Operation, Reference
from orchestrator_codegen.docs.samples.model_kinds import find_model_kinds
from orchestrator_codegen.document.load import load
from orchestrator_codegen.validation.repair import repair_document
from orchestrator_codegen.validation.validate import validate

_VOID: Final = frozenset({"meta", "link", "input", "br", "hr"})
_LOADING: Final = frozenset({"src", "srcset", "action", "data", "poster", "background", "formaction"})


def read_reference(spec: Path, models: str = "", package: str = "orchestrator_v2") -> Reference:
    """Return the reference of the document at `spec`, whose models module is `models`."""
    repaired, _ = repair_document(load(spec))
    validate(repaired)
    document, _ = name_operations(repaired)
    api, _ = parse(document)
    return build_reference(document, api, find_model_kinds(models), package)


def list_operations(reference: Reference) -> list[Operation]:
    return [operation for group in reference.groups for operation in group.operations]


@dataclass
class Page(HTMLParser):
    """A parsed page: unmatched tags, ids, links, URLs that it loads, and event handlers."""

    wrong: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append(tag)
        for name, value in attrs:
            text = value or ""
            if name == "id":
                self.ids.append(text)
            elif name == "href":
                (self.links if tag == "a" else self.loaded).append(text)
            elif name in _LOADING:
                self.loaded.append(text)
            elif name.startswith("on") or name == "style":
                self.handlers.append(f"{name}={text}")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> in line {self.getpos()[0]}")

    def close(self) -> None:
        super().close()
        self.wrong += [f"<{tag}> is not closed" for tag in self._open]


def read_page(text: str) -> Page:
    """Parse the HTML `text`."""
    page = Page()
    page.feed(text)
    page.close()
    return page
