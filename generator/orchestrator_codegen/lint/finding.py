"""What is found in a document: as a rule yields it, and as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..document.diagnostics import Location, Severity
from ..document.load import Pointer
from .subject import Subject


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a rule is about: where it is, what was found there, and what to change."""

    at: Pointer
    found: str
    change: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, which stays; how much it matters; what it is about; why that hurts; and how it is found."""

    id: str
    severity: Severity
    summary: str
    reason: str
    look: Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change in a document: the rule's id, what was found, why it hurts, what to change, and where."""

    rule: str
    severity: Severity
    found: str
    reason: str
    change: str
    location: Location
