"""Quotes text of a document in messages, so that it can neither end a line nor act as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from ..document.load import JSON

_LONGEST: Final = 80
_MOST: Final = 12


def clean(text: str) -> str:
    """Return `text` as one line. Unprintable characters are escaped, and a backtick becomes an apostrophe."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text.replace("`", "'"))


def mark_as_code(text: str) -> str:
    """Return `text` between backticks, where Markdown is not interpreted."""
    return f"`{clean(text)}`"


def quote(text: str) -> str:
    """Return `text` between backticks. An empty text is shown as two quotes, a long one is cut."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
    return mark_as_code(shown or '""')


def quote_value(value: JSON) -> str:
    """Return a JSON value between backticks."""
    return quote(json.dumps(value, ensure_ascii=False))


def quote_all(texts: Iterable[str]) -> str:
    """Return several texts, each between backticks. If there are many, only the first ones and a count of the rest."""
    quoted = [quote(each) for each in texts]
    more = len(quoted) - _MOST
    return ", ".join(quoted) if more <= 0 else f"{', '.join(quoted[:_MOST])} and {more} more"


def join_steps(where: Iterable[str]) -> str:
    """Return a place such as `answer 200 / items[] / state`."""
    return " / ".join(clean(each) for each in where).replace(" / []", "[]")
