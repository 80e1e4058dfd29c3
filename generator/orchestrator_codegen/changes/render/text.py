"""Writes a comparison for the terminal: two lines for each change, grouped by operation, and a summary line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..change import CLIENTS, NOBODY, SERVERS, Breaks, Change, Comparison, OperationName
from ..wording import clean, join_steps


def render_text(comparison: Comparison) -> str:
    """Return the text, which ends with a newline."""
    return "\n".join(_iter_lines(comparison)) + "\n"


def name_operation(operation: OperationName | None) -> str:
    """Return the heading for the changes of an operation, such as `GET /pets (listPets)`."""
    if operation is None:
        return "document"
    name = f"{operation.method} {clean(operation.path)}"
    return f"{name} ({clean(operation.id)})" if operation.id else name


def name_breaks(breaks: Breaks) -> str:
    """Return a phrase that says whom a change breaks."""
    return f"breaks {' and '.join(sorted(breaks))}" if breaks else "compatible"


def sum_up(comparison: Comparison) -> str:
    """Return a phrase with the number of changes of each class."""
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
    """Return the location of a change in the old document, in the new one, or in both."""
    return " -> ".join(clean(str(each)) for each in (change.old, change.new) if each is not None)
