"""Removes patterns that need Python's regex engine, which can take exponential time. Pydantic's takes linear time.

datamodel-code-generator selects Python's engine for patterns with look-around. Those of the document are dropped
earlier, but it adds look-around for the patterns of an `allOf`, and detects some that does not exist.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from .source_edits import replace_parts

_ENGINE: Final = re.compile(
    r"    model_config = ConfigDict\(\n {8}regex_engine=\"python-re\",?\n    \)\n|"
    r" {8}regex_engine=\"python-re\",\n"
)


def keep_patterns_linear(source: str) -> str:
    """Return `source`, a module of models, without the patterns compiled for Python's engine."""
    source = _ENGINE.sub("", source)
    if "compile" not in source:
        return source
    compiled = [
        each.value
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.keyword) and each.arg == "pattern" and _is_compiled(each.value)
    ]
    return replace_parts(source, [(each, "None") for each in compiled])


def _is_compiled(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "compile"
