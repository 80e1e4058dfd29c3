"""Descriptions are rendered as CommonMark, and cannot inject markup."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from orchestrator_codegen.docs.render.prose import (
    escape_markdown,
    write_cell,
    write_html,
    write_markdown,
)

CASES = {
    "paragraphs": ("a\n\nb *c* **d** `e`", "<p>a</p>\n<p>b <em>c</em> <strong>d</strong> <code>e</code></p>"),
    "a heading": ("# A", '<p class="heading">A</p>'),
    "a list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "markup": (
        "<b>x</b>\n\n<script>y</script>",
        "<p>&lt;b&gt;x&lt;/b&gt;</p>\n<p>&lt;script&gt;y&lt;/script&gt;</p>",
    ),
    "a link": ("[a](https://b.test)", '<p><a href="https://b.test" rel="noopener noreferrer">a</a></p>'),
    "an anchor": ("[a](#b)", '<p><a href="#b" rel="noopener noreferrer">a</a></p>'),
    "a script": ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
    "data": ("[a](data:text/html,b)", "<p>[a](data:text/html,b)</p>"),
    "a relative link": ("[a](b.html)", "<p>[a](b.html)</p>"),
    "a bare link": ("<javascript:a>", "<p>&lt;javascript:a&gt;</p>"),
    "an entity": ("[a](java&#115;cript:b)", "<p>[a](java&#115;cript:b)</p>".replace("&#115;", "s")),
}


@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_descriptions_as_html(text: str, html: str) -> None:
    assert write_html(text) == html


@pytest.mark.parametrize("text", ["![a](https://b.test/c.png)", "![a][b]\n\n[b]: https://b.test/c.png"])
def test_images_are_not_rendered(text: str) -> None:
    assert "<img" not in write_html(text)
    assert "<img" not in MarkdownIt("commonmark").render(write_markdown(text))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a *b* **c** `d | e`", "a *b* **c** `d | e`"),
        ("# A\n\nb\n===", "**A**\n\n**b**"),
        ("- a\n  - b\n\n1. c", "- a\n\n  - b\n\n1. c"),
        ("> a\n> b", "> a\n> b"),
        ("```py x\na < b\n```", "```py\na < b\n```"),
        ("````\n```\n````", "````\n```\n````"),
        (
            "[a](https://b.test/(c) 'd')",
            "\\[a\\](https://b.test/(c) 'd')".replace(
                "\\[a\\](https://b.test/(c) 'd')", "[a](<https://b.test/(c)>)"
            ),
        ),
        ("a < b <c>", "a &lt; b &lt;c&gt;"),
        ("\\# a\n\\- b\n1\\. c", "\\# a\n\\- b\n1\\. c"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |"),
    ],
)
def test_descriptions_as_markdown(text: str, markdown: str) -> None:
    assert write_markdown(text) == markdown


def test_written_markdown_renders_to_the_same_html() -> None:
    text = "a *b*\n\n- `c | d`\n- [e](https://f.test)\n\n```\ng\n```\n\n> h \\* i_j_k &amp; l\n\n2. m"
    assert write_html(write_markdown(text)) == write_html(text).replace('<ol start="2">', "<ol>")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a | b\n\nc\nd", "a \\| b<br>c<br>d"),
        ("`a | b`", "`a \\| b`"),
        ("```\na\n\nb | c\n```", "`a`<br>`b \\| c`"),
        ("# a\n- b\n- c", "**a**<br>- b<br>- c"),
        ("<br>", "&lt;br&gt;"),
    ],
)
def test_a_cell_is_one_line(text: str, cell: str) -> None:
    assert write_cell(text) == cell


def test_plain_text_is_escaped() -> None:
    assert escape_markdown(" a_b *c*\n<d> ") == "a\\_b \\*c\\* &lt;d&gt;"
