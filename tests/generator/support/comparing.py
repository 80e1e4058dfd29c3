"""Compares documents that a test gives as text."""

from __future__ import annotations

from functools import cache

from orchestrator_codegen.changes.change import Change, Comparison
from orchestrator_codegen.changes.compare import compare
from orchestrator_codegen.changes.wording import join_steps
from orchestrator_codegen.document.load import Document, parse_text
from orchestrator_codegen.validation.validate import validate

# The expectation of a change: its place, its kind, and the parties that it breaks.
Expected = tuple[str, str, str]


@cache
def read_valid(text: str, file: str) -> Document:
    """Parse and validate `text`."""
    document = parse_text(text, file)
    validate(document)
    return document


def compare_texts(old: str, new: str) -> Comparison:
    """Return the changes between two valid documents."""
    return compare(read_valid(old, "old.yaml"), read_valid(new, "new.yaml"))


def summarize(change: Change) -> Expected:
    """Return a change in the form that the tables of tests use."""
    return join_steps(change.where), change.kind, " ".join(sorted(change.breaks))


def summarize_all(comparison: Comparison) -> list[Expected]:
    """Return all changes in the form that the tables of tests use."""
    return [summarize(each) for each in comparison.changes]
