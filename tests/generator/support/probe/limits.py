"""Decides which values the styles of OpenAPI cannot serialize unambiguously. Such values are drawn again.

- An empty list or object in a path, query or header equals an absent one, and so does a list of one empty string that
  is not exploded.
- A list of one item equals that item, if the schema allows both.
- Null has no serialization. A null body is an absent one, if the body is optional.
- If the schema has no type, only strings can be sent.
- A string that is valid JSON, such as a number, equals that JSON value, if the schema allows both.
- A path segment cannot be empty. In the exploded style `label`, a full stop ends an item, even if percent-encoded.
- An item cannot contain a delimiter that is always percent-encoded (space, `|`).
- A header is printable ASCII without surrounding spaces, and nothing in it is percent-encoded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from .document import DescribedParameter

_DELIMITERS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


def is_sendable(
    parameter: DescribedParameter, value: Any, scalars: frozenset[str], names: frozenset[str]
) -> bool:
    """Return whether `value` can be sent and read back.

    `scalars` are the JSON types that a string in it can have. `names` are the parameters in the same location.
    """
    if parameter.is_json:
        return parameter.place != "header" or _fits_header(json.dumps(value, ensure_ascii=False))
    texts = _list_texts(value)
    if texts is None or not texts or not _is_unambiguous(value, scalars):
        return False
    is_joined = isinstance(value, dict | list) and (
        not parameter.explode or parameter.place in ("path", "header")
    )
    if is_joined and texts == [""]:
        return False
    if isinstance(value, dict) and parameter.explode and names & value.keys():
        return False
    match parameter.place:
        case "path":
            is_label = parameter.style == "label" and parameter.explode and isinstance(value, dict | list)
            is_whole = isinstance(value, dict | list) or parameter.style != "simple" or value != ""
            return is_whole and not (is_label and any("." in text for text in texts))
        case "header":
            sign = "=" if isinstance(value, dict) and parameter.explode else ""
            return all(_fits_header(text) for text in texts) and not (
                isinstance(value, dict | list)
                and any("," in text or (sign and sign in text) for text in texts)
            )
        case _:
            delimiter = _DELIMITERS.get(parameter.style) if not parameter.explode else None
            return not (delimiter and any(delimiter in text for text in texts))


def _list_texts(value: Any) -> list[str] | None:
    """Return the strings that `value` is sent as, or None if a part of it has no serialization."""
    parts: list[Any] = [value]
    if isinstance(value, Mapping):
        parts = [part for pair in value.items() for part in pair]
    elif isinstance(value, list):
        parts = value
    if any(part is None or isinstance(part, dict | list) for part in parts):
        return None
    return [part if isinstance(part, str) else json.dumps(part) for part in parts]


def _fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()


def _is_unambiguous(value: Any, scalars: frozenset[str]) -> bool:
    """Return whether no string in `value` can be read as another type that the schema allows."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    if scalars <= {"string"}:
        return all(isinstance(part, str) for part in parts)
    return not any(isinstance(part, str) and _looks_like_json(part) for part in parts)


def _looks_like_json(text: str) -> bool:
    try:
        return not isinstance(json.loads(text), str)
    except (ValueError, RecursionError):
        return False
