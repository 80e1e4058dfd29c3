"""One exemplary call of an operation: the values that both samples of it send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .credentials import Credential


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter and the JSON value that it has in the call."""

    place: str
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Sent:
    """A body: its media type and the JSON value that it holds, or the text where it is no JSON."""

    media_type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call, with the required parameters alone; `accept` are the media types of its answers."""

    method: str
    path: str
    arguments: tuple[Argument, ...]
    body: Sent | None
    accept: str
    credentials: tuple[Credential, ...]


def write_scalar(value: Any) -> str:
    """Return how a value stands in a path, a query or a header; the items of a list with commas between."""
    if isinstance(value, list):
        return ",".join(map(write_scalar, value))
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    return str(value)
