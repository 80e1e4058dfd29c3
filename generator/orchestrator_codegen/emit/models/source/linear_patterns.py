"""Has no pattern tried by Python's own engine, which some text can have work for ever; pydantic's takes linear time.

datamodel-code-generator asks for it where look-around is in sight: that of the document is gone by then, but it brings
some itself for the patterns of an `allOf`, and sees some where there is none.
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
    """Return `source`, a module of models, without the patterns that are compiled for Python's engine."""
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
