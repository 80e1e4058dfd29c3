"""Problems in a document, as values: severity, message and source location."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .hidden_characters import escape_hidden


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A source location: the file as the user named it, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, which editors and CI systems turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """The severity of a problem.

    An error stops the generator. A warning says what the generator did instead, or what causes problems for users. A
    note suggests an improvement; only `lint` writes notes.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. The message is one sentence that says what was found and what to do."""

    severity: Severity
    message: str
    location: Location

    def __str__(self) -> str:
        """Return the line to print. It contains no control characters that could act on a terminal or a log."""
        line = escape_hidden(f"{self.location}: {self.severity}: {self.message}")
        return line.replace("\n", "\\n").replace("\t", "\\t")


def error(message: str, location: Location) -> Diagnostic:
    """Return a diagnostic with severity error."""
    return Diagnostic(Severity.ERROR, message, location)


def warning(message: str, location: Location) -> Diagnostic:
    """Return a diagnostic with severity warning."""
    return Diagnostic(Severity.WARNING, message, location)


class BrokenDocument(Exception):
    """A document or template that no code can be generated from. `diagnostics` holds every reason, by location."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda each: (each.location, each.message)))
        super().__init__("\n".join(str(each) for each in self.diagnostics))
