"""Applies every rule to a document, and adds the warnings of the generator as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..document.diagnostics import Diagnostic
from ..document.load import Document
from .finding import Finding
from .rule_table import BROKEN, RULES, DiagnosticKind
from .subject import read_subject


def examine(document: Document, said: Iterable[tuple[DiagnosticKind, Diagnostic]]) -> tuple[Finding, ...]:
    """Return all findings in the valid `document`, including the warnings in `said`, in document order."""
    return _sort((*_look(document), *(_repeat(kind, diagnostic) for kind, diagnostic in said)))


def examine_broken(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Return the findings of a document that no code can be generated from."""
    return _sort(_repeat(BROKEN, diagnostic) for diagnostic in diagnostics)


def _look(document: Document) -> Iterator[Finding]:
    subject = read_subject(document)
    for rule in RULES:
        for hit in rule.look(subject):
            at = document.locate(hit.at)
            yield Finding(rule.id, rule.severity, hit.found, rule.reason, hit.change, at)


def _repeat(kind: DiagnosticKind, diagnostic: Diagnostic) -> Finding:
    return Finding(
        kind.id, diagnostic.severity, diagnostic.message, kind.reason, kind.change, diagnostic.location
    )


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    # A part that several operations share, by a $ref or by their path, is reported once.
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: (each.location, each.rule, each.found)))
