"""The pages of documentation: their code blocks, links and headings, parsed as CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT: Final = Path(__file__).parents[2]
README: Final = ROOT / "README.md"
DOCS: Final = ROOT / "docs"
# The pages whose code blocks run.
RUNNABLE: Final = (README, *sorted(DOCS.rglob("*.md")))
# The pages whose commands are only checked: they change the repository.
CHECKED: Final = (ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "spec" / "README.md")
PAGES: Final = (
    *RUNNABLE,
    *CHECKED,
    ROOT / "ARCHITECTURE.md",
    ROOT / "CHANGELOG.md",
    ROOT / "generator" / "orchestrator_codegen" / "templates" / "README.md",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced code block: its language, the file name in its `title`, or "", and its text."""

    line: int
    language: str
    title: str
    text: str


@cache
def parse(page: Path) -> tuple[Token, ...]:
    """Return the tokens of a page."""
    return tuple(MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")))


def list_blocks(page: Path) -> list[Block]:
    """Return the fenced code blocks of a page, in order."""
    return [_read_block(each) for each in parse(page) if each.type == "fence"]


def _read_block(token: Token) -> Block:
    language, _, rest = token.info.partition(" ")
    title = re.fullmatch(r'title="([^"]+)"', rest)
    assert title or not rest, token.info
    assert token.map
    return Block(token.map[0] + 1, language, title[1] if title else "", token.content)


def iter_links(page: Path) -> Iterator[str]:
    """Yield the target of every link and picture of a page."""
    for token in parse(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)


@cache
def list_anchors(page: Path) -> frozenset[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    tokens = parse(page)
    headings = [
        tokens[number + 1].content for number, each in enumerate(tokens) if each.type == "heading_open"
    ]
    return frozenset(re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings)


def name_page(page: Path) -> str:
    """Return the path of a page, relative to the repository."""
    return page.relative_to(ROOT).as_posix()
