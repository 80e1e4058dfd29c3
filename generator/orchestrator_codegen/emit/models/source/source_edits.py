"""Replaces parts of the source of a module."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from itertools import accumulate


def replace_parts(source: str, parts: Iterable[tuple[ast.expr, str]]) -> str:
    """Return `source` with each node in `parts` replaced by its text. The nodes must not be nested."""
    data = source.encode()  # a column counts bytes
    starts = [0, *accumulate(map(len, data.splitlines(keepends=True)))]
    # From the end, so that earlier offsets stay valid.
    for node, text in sorted(parts, key=lambda part: (part[0].lineno, part[0].col_offset), reverse=True):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        data = data[:begin] + text.encode() + data[end:]
    return data.decode()
