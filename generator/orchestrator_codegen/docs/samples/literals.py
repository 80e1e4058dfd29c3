"""Writes JSON values as Python literals, formatted as ruff would."""

from __future__ import annotations

import json
from typing import Any, Final

# Fits the column of the HTML page.
_WIDTH: Final = 60


def write_literal(value: Any, indent: str = "", before: int = 0) -> str:
    """Return `value` as an expression, on several lines if it does not fit on one.

    Lines after the first are indented by `indent`. `before` is the number of characters before it on the first line.
    """
    flat = _write_flat(value)
    if len(indent) + before + len(flat) <= _WIDTH or not isinstance(value, list | dict) or not value:
        return flat
    inner = f"{indent}    "
    if isinstance(value, list):
        lines = [write_literal(each, inner) for each in value]
        return "[\n" + "".join(f"{inner}{line},\n" for line in lines) + f"{indent}]"
    keys = {key: f"{_write_text(key)}: " for key in value}
    lines = [keys[key] + write_literal(each, inner, len(keys[key])) for key, each in value.items()]
    return "{\n" + "".join(f"{inner}{line},\n" for line in lines) + f"{indent}}}"


def _write_flat(value: Any) -> str:
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_write_flat, value)) + "]"
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_write_text(key)}: {_write_flat(each)}" for key, each in value.items()) + "}"
        )
    return repr(value)


def _write_text(text: str) -> str:
    # Python accepts JSON escapes. `repr` escapes characters that are not printable.
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)
