"""Writes a comparison for the terminal: operation by operation, a line for each change, and a line that sums up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..change import CLIENTS, NOBODY, SERVERS, Breaks, Change, Comparison, OperationName
from ..wording import clean, join_steps


def render_text(comparison: Comparison) -> str:
    """Return the text, which ends in a line break."""
    return "\n".join(_iter_lines(comparison)) + "\n"


def name_operation(operation: OperationName | None) -> str:
    """Return what the changes of an operation stand below, such as `GET /pets (listPets)`."""
    if operation is None:
        return "document"
    name = f"{operation.method} {clean(operation.path)}"
    return f"{name} ({clean(operation.id)})" if operation.id else name


def name_breaks(breaks: Breaks) -> str:
    """Return whom a change breaks, in words."""
    return f"breaks {' and '.join(sorted(breaks))}" if breaks else "compatible"


def sum_up(comparison: Comparison) -> str:
    """Return how many changes there are, and of what classes."""
    total = len(comparison.changes)
    if not total:
        return "no changes"
    clients, servers, compatible = (comparison.count(each) for each in (CLIENTS, SERVERS, NOBODY))
    changes = "1 change" if total == 1 else f"{total} changes"
    kinds = f"{clients} breaking for clients, {servers} breaking for servers, {compatible} compatible"
    return f"{changes}: {kinds}"


def _iter_lines(comparison: Comparison) -> Iterator[str]:
    for operation, changes in groupby(comparison.changes, key=lambda each: each.operation):
        yield name_operation(operation)
        for change in changes:
            yield f"  {name_breaks(change.breaks)}: {_say(change)}"
            yield f"    {_place(change)}"
        yield ""
    yield f"{clean(comparison.old)} -> {clean(comparison.new)}: {sum_up(comparison)}"


def _say(change: Change) -> str:
    return f"{join_steps(change.where)}: {change.says}" if change.where else change.says


def _place(change: Change) -> str:
    """Return where a change stands: in the old document, in the new one, or from here to there."""
    return " -> ".join(clean(str(each)) for each in (change.old, change.new) if each is not None)
