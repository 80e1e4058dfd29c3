"""Writes JSON values as Python, laid out as a formatter would."""

from __future__ import annotations

import json
from typing import Any, Final

_WIDTH: Final = 80


def write_literal(value: Any, indent: str = "") -> str:
    """Return an expression that is `value`; over several lines where one is too short, the later ones with `indent`."""
    flat = _write_flat(value)
    if len(indent) + len(flat) <= _WIDTH or not isinstance(value, list | dict) or not value:
        return flat
    inner = f"{indent}    "
    if isinstance(value, list):
        lines = [write_literal(each, inner) for each in value]
        return "[\n" + "".join(f"{inner}{line},\n" for line in lines) + f"{indent}]"
    lines = [f"{_write_text(key)}: {write_literal(each, inner)}" for key, each in value.items()]
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
    # JSON's escapes are among Python's; what cannot be seen is told by its number.
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)
