"""Tests of `replace_parts`: replacements in one line, in several lines, and after multi-byte characters."""

from __future__ import annotations

import ast

from orchestrator_codegen.emit.models.source.source_edits import replace_parts


def test_each_part_is_replaced() -> None:
    source = "a = 1\n\u00fcb: 'x\u2028y' = '\U0001f600', 2\nc = (\n    3,\n    4)\n"
    numbers = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, int)
    ]
    changed = replace_parts(source, [(node, f"<{node.value}>") for node in numbers])
    assert changed == "a = <1>\n\u00fcb: 'x\u2028y' = '\U0001f600', <2>\nc = (\n    <3>,\n    <4>)\n"


def test_a_part_can_span_lines() -> None:
    source = "x = (1 +\n  2)\ny = 3\n"
    (node, *_) = [each.value for each in ast.parse(source).body if isinstance(each, ast.Assign)]
    assert replace_parts(source, [(node, "7")]) == "x = (7)\ny = 3\n"


def test_no_parts_leave_the_source_unchanged() -> None:
    assert replace_parts("x = 1\r\n", []) == "x = 1\r\n"
