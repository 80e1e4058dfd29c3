"""Patterns mean in generated code what they mean in ECMA 262, by a table of the results of a JavaScript engine."""

from __future__ import annotations

import shutil
import subprocess
from json import dumps, loads
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_codegen.validation.ecma_patterns import translate_to_rust
from orchestrator_codegen.validation.patterns import fits, is_linear

# A pattern, texts that match it, and texts that do not.
TABLE: Final = [
    (r"^\d+$", ["7"], ["\u0667", "x", "7\n"]),
    (r"^\D$", ["x", "\u0667"], ["7"]),
    (r"^\w+$", ["a_1"], ["\u00fc", "-"]),
    (r"^\W$", ["\u00fc", "-"], ["a"]),
    (r"^[\w-]{0,255}$", ["a-b", ""], ["\u00fc"]),
    (r"^[\w-.]+$", ["a-.b"], ["+"]),
    (r"^[a-\d]+$", ["a-7"], ["b"]),
    (r"^[^\d]$", ["x", "\u0667"], ["7"]),
    (r"^[\D7]$", ["x", "7"], ["8"]),
    (r"^[^\W_]+$", ["a1"], ["_", "\u00fc"]),
    (r"\bcat\b", ["a cat", "\u00fccat"], ["scat"]),
    (r"^[[]$", ["["], ["a"]),
    (r"^[a[b]$", ["a", "[", "b"], ["]"]),
    (r"^[a&&b]+$", ["a&b"], ["c"]),
    (r"^[a~~b]+$", ["a~b"], ["c"]),
    (r"^[+--]+$", ["+,-"], ["."]),
    (r"^[--/]+$", ["-./"], ["+"]),
    (r"^[a-]+$", ["a-"], ["b"]),
    (r"^[-a]+$", ["a-"], ["b"]),
    (r"^[]$", [], ["", "a"]),
    (r"^[^]$", ["a", "\n"], [""]),
    (r"^a{2}$", ["aa"], ["a"]),
    (r"^a{2,}b{1,2}$", ["aaabb"], ["ab"]),
    (r"^{a}$", ["{a}"], ["a"]),
    (r"^a{,2}$", ["a{,2}"], ["aa"]),
    (r"^\{a\}$", ["{a}"], ["a"]),
    (r"^\/a\-b$", ["/a-b"], ["a-b"]),
    (r"^[\b]$", ["\b"], ["b"]),
    (r"^\cJ$", ["\n"], ["J"]),
    (r"^\0$", ["\0"], ["0"]),
    (r"^\x41\u0042$", ["AB"], ["ab"]),
    ("^\\ud83d\\ude00$", ["\U0001f600"], ["a"]),
    ("^[\\ud83d\\ude00-\\ud83d\\ude02]$", ["\U0001f601"], ["\U0001f603"]),
    (r"^\p{L}+$", ["\u00fca"], ["7"]),
    (r"^\p{Script=Latin}$", ["a"], ["\u30a1"]),
    (r"^(?<year>\d{4})-(?:\d\d)$", ["2026-11"], ["26-11"]),
]


@pytest.mark.parametrize(("pattern", "matching", "others"), TABLE, ids=[each[0] for each in TABLE])
def test_a_pattern_matches_the_texts_of_the_table(
    pattern: str, matching: list[str], others: list[str]
) -> None:
    assert is_linear(pattern)
    assert {text: fits(pattern, text) for text in (*matching, *others)} == {
        **dict.fromkeys(matching, True),
        **dict.fromkeys(others, False),
    }


@pytest.mark.skipif(shutil.which("node") is None, reason="node, a JavaScript engine, is not installed")
def test_the_table_agrees_with_javascript() -> None:
    # JSON Schema does not require the flag `u`, but Unicode properties need it.
    rows = [
        [pattern, "u" if r"\p" in pattern or "ude" in pattern else "", [*matching, *others]]
        for pattern, matching, others in TABLE
    ]
    script = (
        f"const rows = {dumps(rows)};"
        "console.log(JSON.stringify(rows.map(([p, f, texts]) => texts.map(t => new RegExp(p, f).test(t)))))"
    )
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    expected = [[True] * len(matching) + [False] * len(others) for _, matching, others in TABLE]
    assert dict(zip([each[0] for each in TABLE], loads(done.stdout), strict=True)) == dict(
        zip([each[0] for each in TABLE], expected, strict=True)
    )


@pytest.mark.parametrize("pattern", ["^a(?=b)", r"(a)\1", "[a", "a)", "\\"])
def test_an_unsupported_pattern_is_not_changed(pattern: str) -> None:
    assert not is_linear(pattern)
    assert translate_to_rust(pattern) == pattern


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab01-^$[]{}()\\.*+?|&~,dwWDbcuxpPk<> ", max_size=14))
def test_no_text_breaks_it(pattern: str) -> None:
    assert isinstance(translate_to_rust(pattern), str)
    is_linear(pattern)


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "^a.b$", r"^\s*$", "^(a|b)$", r"^\.\*$", r"^\p{IsLatin}$"])
def test_what_both_read_alike_is_not_touched(pattern: str) -> None:
    assert translate_to_rust(pattern) == pattern
