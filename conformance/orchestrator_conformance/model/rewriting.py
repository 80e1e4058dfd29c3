"""Rewrites parts of a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

Condition = dict[str, Any]
Change = Callable[[Condition], Condition]

# A condition that every row satisfies, and one that none does.
EVERYTHING: Final[Condition] = {"operator": "AND", "filters": []}
NOTHING: Final[Condition] = {"operator": "OR", "filters": []}


def throughout(change: Change) -> Change:
    """Return a function that applies `change` to every part of a condition, innermost first."""

    def rewrite(condition: Condition) -> Condition:
        if "filters" in condition:
            return change({**condition, "filters": [rewrite(part) for part in condition["filters"]]})
        return change(condition)

    return rewrite


def comparing(change: Change) -> Change:
    """Return a function that applies `change` to every comparison in a condition, at any depth."""

    def rewrite(condition: Condition) -> Condition:
        if "filters" in condition:
            return {**condition, "filters": [rewrite(part) for part in condition["filters"]]}
        if "nested" in condition:
            changed = rewrite(condition["nested"])
            return EVERYTHING if changed == EVERYTHING else {**condition, "nested": changed}
        return change(condition)

    return rewrite


def restrict(change: Change, applies: Callable[[tuple[str, ...], bool], bool]) -> Change:
    """Return a function that applies `change` to some comparisons only.

    `applies` receives the path of a comparison, and whether it is part of a logical filter.
    """

    def rewrite(condition: Condition, *, is_part: bool = False) -> Condition:
        if "filters" in condition:
            return {**condition, "filters": [rewrite(part, is_part=True) for part in condition["filters"]]}
        return change(condition) if applies(read_path(condition), is_part) else condition

    return rewrite


def read_path(condition: Condition) -> tuple[str, ...]:
    """Return the field of a comparison, with the fields that it is nested in before it."""
    if "nested" in condition:
        return (condition["field"], *read_path(condition["nested"]))
    return (condition["field"],)


def list_paths(condition: Condition) -> Iterator[tuple[str, ...]]:
    """Yield the path of each comparison in `condition`."""
    if "filters" in condition:
        for part in condition["filters"]:
            yield from list_paths(part)
    elif "field" in condition:
        yield read_path(condition)
