"""Draws numbers and strings within the bounds of a schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil, floor
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from .formats import FORMATS, texts

Strategy: TypeAlias = st.SearchStrategy[Any]

integers: Final = st.integers(-3, 300) | st.integers(-(2**70), 2**70)
numbers: Final = integers | st.floats(allow_nan=False, allow_infinity=False)


def draw_number(kind: str, schema: Mapping[str, Any]) -> Strategy:
    """Return a strategy for the numbers of JSON type `kind` that `schema` allows."""
    least, most = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    low = above if isinstance(above, int | float) and not isinstance(above, bool) else least
    high = below if isinstance(below, int | float) and not isinstance(below, bool) else most
    if step := schema.get("multipleOf"):
        return st.integers(-50, 50).map(lambda times: times * step)
    if low is None and high is None:
        if schema.get("format") == "int32":
            return st.integers(-(2**31), 2**31 - 1)
        if schema.get("format") == "int64":
            return st.integers(-(2**63), 2**63 - 1)
        return integers if kind == "integer" else numbers
    # If one bound is missing, values are drawn near the other.
    bottom = (high or 0) - 1000 if low is None else low
    top = bottom + 1000 if high is None else high
    first, last = ceil(bottom), floor(top)
    whole = st.integers(first, last) if first <= last else st.nothing()
    return whole if kind == "integer" else whole | st.floats(bottom, top, allow_nan=False)


def draw_text(schema: Mapping[str, Any]) -> Strategy:
    """Return a strategy for the strings that `schema` allows."""
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if "pattern" in schema:
        found = st.from_regex(re.compile(schema["pattern"], re.ASCII), fullmatch=False)
        # In ECMA-262, `\w` is ASCII only. JSON Schema's `$` matches only the end, Python's also before a final newline.
        return found.filter(lambda text: len(text) >= least and not text.endswith("\n"))
    named = FORMATS.get(schema.get("format", ""))
    if named is not None:
        return named.filter(lambda text: len(text) >= least and (most is None or len(text) <= most))
    size = max(least, 8) if most is None else most
    return st.text(_letters, min_size=least, max_size=min(size, least + 8)) | texts.filter(
        lambda text: least <= len(text) and (most is None or len(text) <= most)
    )


_letters: Final = st.characters(codec="utf-8", exclude_characters="\0")
