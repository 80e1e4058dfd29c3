"""Recognizes the same refusal in different exchanges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from ..target.exchange import NO_ANSWER, Exchange
from ..target.reading import read_message

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|<[^>]*>")
# Anything with a digit: ids, numbers, versions, timestamps.
_ID: Final = re.compile(r"[\w.:+-]*\d[\w.:+-]*")
_SPACES: Final = re.compile(r"\s+")
_PLACEHOLDER: Final = "_"
# A shorter value of the request may be part of a word of the message.
_SHORTEST_VALUE: Final = 4


@dataclass(frozen=True, slots=True)
class Refusal:
    """How an operation refuses: the status, 0 if there is no answer, and the message without ids and values."""

    operation_id: str
    status: int
    message: str


def read_refusal(exchange: Exchange) -> Refusal | None:
    """Return how the answer refuses the request, or None if it does not."""
    response = exchange.response
    if response == NO_ANSWER:
        return Refusal(exchange.operation_id, 0, "")
    if response.status < 400:
        return None
    message = hide_values(read_message(response), list_values(exchange))
    return Refusal(exchange.operation_id, response.status, message)


def hide_values(text: str, values: Iterable[str] = ()) -> str:
    """Return the text in one line with a placeholder for `values`, quoted values, numbers and ids."""
    for value in values:
        text = text.replace(value, _PLACEHOLDER)
    hidden = _ID.sub(_PLACEHOLDER, _QUOTED.sub(_PLACEHOLDER, text))
    return _SPACES.sub(" ", hidden).strip()


def list_values(exchange: Exchange) -> list[str]:
    """Return the segments of the path, which may be ids that a message repeats, the longest first."""
    path = exchange.request.path.partition("?")[0]
    segments = {unquote(part) for part in path.split("/")}
    return sorted(
        (each for each in segments if len(each) >= _SHORTEST_VALUE), key=lambda each: (-len(each), each)
    )
