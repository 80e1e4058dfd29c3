"""Chooses combinations of filters whose lists show whether each part of the combination takes effect.

A combination is evaluated on the rows at hand as it is, and as a backend with one mistake evaluates it. It reveals the
mistake if the two list different rows. Sets of rows are integers with one bit for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random
from typing import Final

from .conditions import Row, satisfies
from .drawing import Condition

# The maximum number of combinations that are evaluated, the minimum of each choice, how many that list some of the rows
# are compared if all mistakes are revealed, and how many are used at most.
_EVALUATED: Final = 2000
_LEAST: Final = 50
_COMPARED: Final = 20
_USED: Final = 4
_ANY: Final = "any filter takes effect"
_OTHER: Final = {"AND": "OR", "OR": "AND"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A filter that is not taken apart, with the rows that it lists."""

    condition: Condition
    listed: int


@dataclass(frozen=True, slots=True)
class Combination:
    """A logical filter over clauses and other combinations."""

    operator: str
    parts: tuple[Tree, ...]


Tree = Clause | Combination
Shape = Callable[[Sequence[Clause]], Tree]
Pools = Sequence[Sequence[Clause]]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The chosen combinations, and the mistakes on the whole combination that none of them reveals."""

    conditions: tuple[Condition, ...]
    unrevealed: tuple[str, ...]


def list_clauses(conditions: Iterable[Condition], rows: Sequence[Row]) -> list[Clause]:
    """Return `conditions` with the rows that each lists."""
    return [
        Clause(each, sum(1 << place for place, row in enumerate(rows) if satisfies(row, each)))
        for each in conditions
    ]


def choose_witnesses(shape: Shape, choices: Sequence[Pools], count: int, random: Random) -> Witnesses:
    """Return a few combinations that together reveal as many mistakes as possible.

    `shape` builds a combination from one clause of each pool of a choice, and `count` is the number of rows.
    """
    everything = (1 << count) - 1
    found: list[tuple[Tree, frozenset[str]]] = []
    possible, hidden = set[str](), set[str]()
    required: dict[str, None] = {}
    for clauses in _draw_clauses(choices, random):
        tree = shape(clauses)
        mistakes = dict(_list_mistakes(tree))
        required.update((name, None) for name, _ in _list_outer_mistakes(tree))
        hidden |= mistakes.keys() - possible
        possible |= mistakes.keys()
        right = list_rows(tree, everything)
        if 0 < right < everything:
            revealed = {name for name, each in mistakes.items() if list_rows(each, everything) != right}
            found.append((tree, frozenset(revealed)))
            hidden -= revealed
            if not hidden and len(found) >= _COMPARED:
                break
    chosen, hidden = _choose_covering(found, possible)
    unrevealed = tuple(name for name in required if name in hidden) if required else (_ANY,)
    return Witnesses(tuple(map(write_condition, chosen)), unrevealed)


def _choose_covering(
    found: Sequence[tuple[Tree, frozenset[str]]], possible: set[str]
) -> tuple[list[Tree], set[str]]:
    """Return the combinations that together reveal the most mistakes, and the mistakes that they do not reveal."""
    chosen: list[Tree] = []
    hidden = set(possible)
    while found and hidden and len(chosen) < _USED:
        best, revealed = max(found, key=lambda each: len(each[1] & hidden))
        if not revealed & hidden:
            break
        chosen.append(best)
        hidden -= revealed
    return chosen, hidden


def _draw_clauses(choices: Sequence[Pools], random: Random) -> Iterator[Sequence[Clause]]:
    """Yield clauses, one of each pool of a choice, all different: every selection, or some of them at random."""
    for pools in choices:
        tries = max(_LEAST, _EVALUATED // len(choices))
        selections: list[tuple[Clause, ...]]
        if prod(map(len, pools)) <= tries:
            selections = list(product(*pools))
            random.shuffle(selections)
        else:
            selections = [tuple(map(random.choice, pools)) for _ in range(tries)]
        for clauses in selections:
            written = [each.condition for each in clauses]
            if all(one not in written[:place] for place, one in enumerate(written)):
                yield clauses


def list_rows(tree: Tree, everything: int) -> int:
    """Return the rows that `tree` lists, of `everything`."""
    match tree:
        case Clause(listed=listed):
            return listed
        case Combination("NOT", (part,)):
            return everything & ~list_rows(part, everything)
        case Combination(operator, parts):
            found = everything if operator == "AND" else 0
            for part in parts:
                listed = list_rows(part, everything)
                found = found & listed if operator == "AND" else found | listed
            return found


def write_condition(tree: Tree) -> Condition:
    """Return `tree` as a filter of the document."""
    match tree:
        case Clause(condition=condition):
            return condition
        case Combination(operator, parts):
            return {"operator": operator, "filters": [write_condition(part) for part in parts]}


def _list_outer_mistakes(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Yield what a backend evaluates that makes a mistake on the outermost combination, or on that within a NOT."""
    match tree:
        case Combination("NOT", (part,)):
            yield "NOT is ignored", part
            for name, each in _list_outer_mistakes(part):
                yield name, Combination("NOT", (each,))
        case Combination(operator, parts):
            yield "only the first filter takes effect", parts[0]
            yield "only the last filter takes effect", parts[-1]
            yield f"{operator} is {_OTHER[operator]}", Combination(_OTHER[operator], parts)
            if len(parts) > 2:
                for place in range(len(parts)):
                    kept = (*parts[:place], *parts[place + 1 :])
                    yield f"filter {place + 1} has no effect", Combination(operator, kept)
        case Clause():
            return


def _list_mistakes(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Yield the outer mistakes, the same on each combination within, and those on all combinations alike."""
    yield from _list_outer_mistakes(tree)
    if isinstance(tree, Combination):
        for place, part in enumerate(tree.parts):
            for name, each in _list_mistakes(part):
                parts = (*tree.parts[:place], each, *tree.parts[place + 1 :])
                yield f"in filter {place + 1}, {name}", Combination(tree.operator, parts)
        for operator in _OTHER:
            if (alike := _join_alike(tree, operator)) != tree:
                yield f"every combination is {operator}", alike


def _join_alike(tree: Tree, operator: str) -> Tree:
    match tree:
        case Combination("NOT", (part,)):
            return Combination("NOT", (_join_alike(part, operator),))
        case Combination(_, parts):
            return Combination(operator, tuple(_join_alike(part, operator) for part in parts))
        case Clause():
            return tree
