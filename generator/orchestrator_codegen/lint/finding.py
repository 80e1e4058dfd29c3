"""The results of lint: a `Hit` as a rule yields it, and a `Finding` as it is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..document.diagnostics import Location, Severity
from ..document.load import Pointer
from .subject import Subject


@dataclass(frozen=True, slots=True)
class Hit:
    """One violation of a rule: its pointer, what was found there, and what to change."""

    at: Pointer
    found: str
    change: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable id, severity, summary, the reason why it matters, and the function that finds violations."""

    id: str
    severity: Severity
    summary: str
    reason: str
    look: Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in a document: the id of the rule, what was found, why it matters, what to change, and where."""

    rule: str
    severity: Severity
    found: str
    reason: str
    change: str
    location: Location
