"""Writes a comparison as Markdown, for example for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..change import Change, Comparison
from ..wording import join_steps, mark_as_code
from .text import name_breaks, name_operation, sum_up


def render_markdown(comparison: Comparison) -> str:
    """Return the Markdown. All text of a document is between backticks, where Markdown is not interpreted."""
    return "\n".join(_iter_lines(comparison)) + "\n"


def _iter_lines(comparison: Comparison) -> Iterator[str]:
    yield f"## Changes from {mark_as_code(comparison.old)} to {mark_as_code(comparison.new)}"
    yield ""
    yield f"{sum_up(comparison).capitalize()}."
    for operation, changes in groupby(comparison.changes, key=lambda each: each.operation):
        yield ""
        yield "### The document" if operation is None else f"### {mark_as_code(name_operation(operation))}"
        yield ""
        for change in changes:
            yield _write_item(change)


def _write_item(change: Change) -> str:
    classes = f"**{name_breaks(change.breaks)}**" if change.breaks else "compatible"
    where = f"{mark_as_code(join_steps(change.where))}: " if change.where else ""
    places = [mark_as_code(str(each)) for each in (change.old, change.new) if each is not None]
    return f"- {classes}: {where}{change.says} ({' -> '.join(places)})"
