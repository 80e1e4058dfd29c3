"""Renders CommonMark descriptions as HTML, and as Markdown that is safe to embed. No other module reads CommonMark.

HTML in a description is shown as text. Links are limited to `http`, `https`, `mailto` and anchors. Images are disabled.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from .fences import fence_code, quote_code

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

# Takes the text and the language of a code block, and returns it as Markdown.
WriteCode: TypeAlias = Callable[[str, str], str]

_LINK: Final = re.compile(r"(?:https?://|mailto:|#)[^\s<>]*", re.IGNORECASE)
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
# Characters that start a list, a rule or a heading at the beginning of a line.
_LEADING: Final = re.compile(r"^(\s*)(\d+(?=[.)](?:\s|$))|[-+=](?=[-+=\s]|$))", re.MULTILINE)


@cache
def write_html(text: str) -> str:
    """Return `text` as HTML. Headings become paragraphs, because the page has headings of its own."""
    reader = _build_reader()
    return str(reader.renderer.render(_parse(text), reader.options, {})).strip()


@cache
def write_markdown(text: str) -> str:
    """Return `text` as normalized Markdown. Headings become bold."""
    return _write_all(text, fence_code)


def write_cell(text: str) -> str:
    """Return `text` as one line of Markdown for a table cell. Every `|` is escaped, in code too."""
    lines = [line.strip() for line in _write_all(text, _quote_lines).split("\n")]
    return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(line for line in lines if line))


def escape_markdown(text: str) -> str:
    """Return plain `text`, on one line, escaped for Markdown."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(
        lambda found: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[1], f"\\{found[1]}"), text
    )
    return _LEADING.sub(
        lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}", escaped
    )


def _is_safe(link: str) -> bool:
    return _LINK.fullmatch(link) is not None


@cache
def _build_reader() -> MarkdownIt:
    # Imported here because generation without docs does not need it.
    from markdown_it import MarkdownIt

    class Reader(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return _is_safe(url)

    return Reader("commonmark", {"html": False}).enable("table").disable("image")


def _write_all(text: str, write_code: WriteCode) -> str:
    tokens = _parse(text)
    from markdown_it.tree import SyntaxTreeNode

    return _write_blocks(SyntaxTreeNode(tokens), write_code)


@cache
def _parse(text: str) -> list[Token]:
    """Return the tokens of `text`, with headings as paragraphs and `rel` set on links."""
    tokens = _build_reader().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
        if token.type == "heading_open":
            token.attrSet("class", "heading")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
    return tokens


def _quote_lines(text: str, language: str) -> str:
    return "\n".join(quote_code(line) for line in text.split("\n") if line.strip())


def _write_blocks(node: SyntaxTreeNode, write_code: WriteCode) -> str:
    return "\n\n".join(filter(None, (_write_block(each, write_code) for each in node.children)))


def _write_block(node: SyntaxTreeNode, write_code: WriteCode) -> str:
    match node.type:
        case "paragraph":
            return _write_inline(node)
        case "heading":
            return f"**{_write_inline(node)}**"
        case "bullet_list" | "ordered_list":
            return _write_list(node, write_code)
        case "blockquote":
            return _prefix(_write_blocks(node, write_code), "> ", "> ")
        case "fence" | "code_block":
            return write_code(node.content.rstrip("\n"), re.sub(r"\W.*", "", node.info))
        case "table":
            return _write_table(node)
        case "hr":
            return ""
        case _:
            return _escape(node.content)


def _write_list(node: SyntaxTreeNode, write_code: WriteCode) -> str:
    items = []
    for number, item in enumerate(node.children, 1):
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        items.append(_prefix(_write_blocks(item, write_code), mark, " " * len(mark)))
    return "\n".join(items)


def _write_table(node: SyntaxTreeNode) -> str:
    rows = [
        [_write_inline(cell).replace("\n", " ") for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    written = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([written[0], "|" + " --- |" * len(rows[0]), *written[1:]])


def _write_inline(node: SyntaxTreeNode) -> str:
    return "".join(map(_write_span, node.children))


def _write_span(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _write_inline(node)
        case "code_inline":
            return quote_code(node.content)
        case "strong":
            return f"**{_write_inline(node)}**"
        case "em":
            return f"*{_write_inline(node)}*"
        case "link":
            return f"[{_write_inline(node)}](<{_read_target(node.attrs)}>)"
        case "softbreak" | "hardbreak":
            return "\n"
        case _:
            return _escape(node.content)


def _read_target(attrs: Any) -> str:
    return str(attrs.get("href", "")).replace("\\", "%5C")


def _prefix(text: str, first: str, later: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((later + line).rstrip() for line in lines[1:])])
