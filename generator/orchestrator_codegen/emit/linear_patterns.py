"""Has no pattern tried by Python's own engine, which some text can have work for ever; pydantic's takes linear time.

datamodel-code-generator asks for it where look-around is in sight: that of the document is gone by then, but it brings
some itself for the patterns of an `allOf`, and sees some where there is none.
"""

from __future__ import annotations

import ast
import re
from typing import Final

_ENGINE: Final = re.compile(
    r"    model_config = ConfigDict\(\n {8}regex_engine=\"python-re\",?\n    \)\n|"
    r" {8}regex_engine=\"python-re\",\n"
)


def keep_patterns_linear(source: str) -> str:
    """Return `source`, a module of models, without the patterns that are compiled for Python's engine."""
    source = _ENGINE.sub("", source)
    if "compile" not in source:
        return source
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    data = b"".join(lines)
    found = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.keyword)]
    for each in sorted(found, key=lambda keyword: (-keyword.lineno, -keyword.col_offset)):
        match each:
            case ast.keyword(arg="pattern", value=ast.Call(func=ast.Name(id="compile")) as call):
                begin = starts[each.lineno - 1] + each.col_offset
                end = starts[(call.end_lineno or 0) - 1] + (call.end_col_offset or 0)
                data = data[:begin] + b"pattern=None" + data[end:]
            case _:
                pass
    return data.decode()
