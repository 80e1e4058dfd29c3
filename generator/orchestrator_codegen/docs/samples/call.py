"""A sample call of an operation: the values that its curl and Python samples send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .credentials import Credential


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter and its JSON value."""

    place: str
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class SampleBody:
    """A body: its media type, and its JSON value, or its text if it is not JSON."""

    media_type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call with the required parameters only. `accept` lists the media types of its answers."""

    method: str
    path: str
    arguments: tuple[Argument, ...]
    body: SampleBody | None
    accept: str
    credentials: tuple[Credential, ...]


def write_scalar(value: Any) -> str:
    """Return a value as text for a path, query or header. Items of a list are joined by commas."""
    if isinstance(value, list):
        return ",".join(map(write_scalar, value))
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    return str(value)
