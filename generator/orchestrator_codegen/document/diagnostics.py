"""Problems in a document, as values: what is wrong, where, and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .hidden_characters import escape_hidden


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a document: the file as the user named it, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, which editors and CI turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a problem matters: an error stops the generator, a warning says what it did instead or what hurts.

    A note says what could be better; the generator itself gives none.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, in one sentence that says what was found and what to do."""

    severity: Severity
    message: str
    location: Location

    def __str__(self) -> str:
        """Return the line that the command prints; nothing in it acts on a terminal or a log."""
        line = escape_hidden(f"{self.location}: {self.severity}: {self.message}")
        return line.replace("\n", "\\n").replace("\t", "\\t")


def error(message: str, location: Location) -> Diagnostic:
    """Return a diagnostic that stops the generator."""
    return Diagnostic(Severity.ERROR, message, location)


def warning(message: str, location: Location) -> Diagnostic:
    """Return a diagnostic that the generator survives."""
    return Diagnostic(Severity.WARNING, message, location)


class BrokenDocument(Exception):
    """A document, or a template, that nothing can be generated from; `diagnostics` holds every reason, by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda each: (each.location, each.message)))
        super().__init__("\n".join(str(each) for each in self.diagnostics))
