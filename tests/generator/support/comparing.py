"""Compares documents that stand in a test as text."""

from __future__ import annotations

from functools import cache

from orchestrator_codegen.changes.change import Change, Comparison
from orchestrator_codegen.changes.compare import compare
from orchestrator_codegen.changes.wording import join_steps
from orchestrator_codegen.document.load import Document, parse_text
from orchestrator_codegen.validation.validate import validate

# What is expected of a change: where, of what kind, and whom it breaks.
Expected = tuple[str, str, str]


@cache
def read_valid(text: str, file: str) -> Document:
    """Return the document, which must be valid."""
    document = parse_text(text, file)
    validate(document)
    return document


def compare_texts(old: str, new: str) -> Comparison:
    """Return what changed between two valid documents."""
    return compare(read_valid(old, "old.yaml"), read_valid(new, "new.yaml"))


def tell(change: Change) -> Expected:
    """Return what a table expects of a change."""
    return join_steps(change.where), change.kind, " ".join(sorted(change.breaks))


def tell_all(comparison: Comparison) -> list[Expected]:
    """Return what a table expects of all changes."""
    return [tell(each) for each in comparison.changes]
