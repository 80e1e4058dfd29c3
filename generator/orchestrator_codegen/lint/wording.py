"""Phrases for parts of a document in findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from ..document.load import JSON, Pointer

_LISTED: Final = 5
_SHOWN: Final = 200


def show(value: JSON) -> str:
    """Return `value` as one line of text. A long value is cut."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def enumerate_names(names: Sequence[str]) -> str:
    """Return `names` as a list in a sentence. If there are many, the rest is counted."""
    shown = [show(name) for name in names[:_LISTED]]
    if len(names) > _LISTED:
        shown.append(f"{len(names) - _LISTED} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def name_schema(at: Pointer) -> str:
    """Return a phrase for the schema at a pointer, such as `each item of "tags"`."""
    *above, last = at
    parent = above[-1] if above else ""
    if parent in ("properties", "patternProperties"):
        return f"the property {show(last)}"
    if parent in ("schemas", "$defs"):
        return f"the schema {show(last)}"
    if last == "items":
        return f"each item of {name_schema(tuple(above))}"
    if last == "additionalProperties":
        return f"each value of {name_schema(tuple(above))}"
    if isinstance(last, int) and len(above) > 1:
        return f"branch {last + 1} of {name_schema(tuple(above[:-1]))}"
    if last == "schema":
        return _name_content(tuple(above))
    return f"the schema below {show(str(last))}"


def _name_content(at: Pointer) -> str:
    if "content" in at[-2:]:
        return f"the {show(at[-1])} of {_name_owner(at[:-2])}"
    if len(at) > 1 and at[-2] == "headers":
        return f"the header {show(at[-1])}"
    if len(at) > 1 and at[-2] == "parameters":
        return "the parameter" if isinstance(at[-1], int) else f"the parameter {show(at[-1])}"
    return "the schema"


def _name_owner(at: Pointer) -> str:
    if at[-1:] == ("requestBody",):
        return "the request body"
    return f"the response {show(at[-1])}" if len(at) > 1 and at[-2] == "responses" else "the body"
