"""What OpenAPI's styles cannot carry, or cannot tell from something else: such values are drawn anew.

- An empty list or object in a path, a query or a header cannot be told from an absent one, and neither can a list of
  one empty text that is not exploded.
- A list of one item cannot be told from that item, where the schema allows both.
- Null has no text. A body that is null is none, where it need not be there.
- Where the schema names no type, what is sent is a text and nothing else.
- A text that is, to its letter, a number or a word of JSON cannot be told from that where the schema allows both.
- A path segment is not empty. In the exploded style `label`, a full stop ends an item, quoted or not.
- A delimiter that stands quoted as it would bare (a blank, `|`) cannot stand within an item.
- A header is printable ASCII, without blanks around a value, and nothing in it is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from .document import Said

_DELIMITERS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


def is_sendable(said: Said, value: Any, scalars: frozenset[str], names: frozenset[str]) -> bool:
    """Say whether `value` can be sent and read back: `names` are those of the parameters in the same place.

    `scalars` are the JSON types that a text of it may stand for.
    """
    if said.is_json:
        return said.place != "header" or _fits_header(json.dumps(value, ensure_ascii=False))
    texts = _list_texts(value)
    if texts is None or not texts or not _is_clear(value, scalars):
        return False
    is_joined = isinstance(value, dict | list) and (not said.explode or said.place in ("path", "header"))
    if is_joined and texts == [""]:
        return False
    if isinstance(value, dict) and said.explode and names & value.keys():
        return False
    match said.place:
        case "path":
            is_label = said.style == "label" and said.explode and isinstance(value, dict | list)
            is_whole = isinstance(value, dict | list) or said.style != "simple" or value != ""
            return is_whole and not (is_label and any("." in text for text in texts))
        case "header":
            sign = "=" if isinstance(value, dict) and said.explode else ""
            return all(_fits_header(text) for text in texts) and not (
                isinstance(value, dict | list)
                and any("," in text or (sign and sign in text) for text in texts)
            )
        case _:
            delimiter = _DELIMITERS.get(said.style) if not said.explode else None
            return not (delimiter and any(delimiter in text for text in texts))


def _list_texts(value: Any) -> list[str] | None:
    """Return the texts that `value` is sent as, None where some part of it has none."""
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


def _is_clear(value: Any, scalars: frozenset[str]) -> bool:
    """Say whether no text in `value` looks like another type that the schema allows."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    if scalars <= {"string"}:
        return all(isinstance(part, str) for part in parts)
    return not any(isinstance(part, str) and _looks_like_json(part) for part in parts)


def _looks_like_json(text: str) -> bool:
    try:
        return not isinstance(json.loads(text), str)
    except (ValueError, RecursionError):
        return False
