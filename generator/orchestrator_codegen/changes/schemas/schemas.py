"""Compares schemas and their parts. Each pair is compared once, even if many operations use it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from ..change import Direction, Finding
from ..side import Side
from .choices import Branches
from .discriminators import compare_discriminators
from .fold import fold
from .limits import compare_limits, compare_null
from .members import compare_items, compare_members
from .pair import Pair
from .shape import Places, Shape

_Key = tuple[Places, Places, Direction, bool]

# The mark of properties that are not sent in a direction.
_HIDDEN: Final = {Direction.REQUEST: "readOnly", Direction.ANSWER: "writeOnly"}


@dataclass(slots=True)
class Schemas:
    """The schemas of both documents. Caches the results for pairs."""

    old: Side
    new: Side
    _shapes: dict[tuple[bool, Places], Shape] = field(default_factory=dict)
    _pairs: dict[_Key, Pair] = field(default_factory=dict)
    _alike: dict[_Key, bool] = field(default_factory=dict)

    def compare(self, old: Places, new: Places, direction: Direction) -> list[Finding]:
        """Return the differences of two schemas by place. A repeated pair is reported at the nearest place."""
        found: list[Finding] = []
        pending = deque[tuple[_Key, tuple[str, ...]]]([(self._make_key(old, new, direction), ())])
        seen = set[_Key]()
        while pending:
            key, where = pending.popleft()
            if key in seen:
                continue
            seen.add(key)
            pair = self._look_at(key)
            found += [replace(each, where=(*where, *each.where)) for each in pair.findings]
            for step in pair.steps:
                deeper = self._make_key(step.old, step.new, direction, step.leaves_null)
                pending.append((deeper, (*where, step.where)))
        return sorted(found, key=lambda each: each.where)

    def is_same(self, old: Places, new: Places, direction: Direction) -> bool:
        """Return whether there are no differences, as far as known while pairs are still being compared."""
        key = self._make_key(old, new, direction)
        if key not in self._alike:
            self._alike[key] = True
            self._alike[key] = self._is_alike(key)
        return self._alike[key]

    def _is_alike(self, start: _Key) -> bool:
        pending, seen = [start], set[_Key]()
        while pending:
            key = pending.pop()
            if key not in seen:
                seen.add(key)
                pair = self._look_at(key)
                if pair.findings:
                    return False
                pending += [
                    self._make_key(step.old, step.new, key[2], step.leaves_null) for step in pair.steps
                ]
        return True

    def _look_at(self, key: _Key) -> Pair:
        if key not in self._pairs:
            old, new, direction, leaves_null = key
            pair = Pair(self.old, self.new, self._fold_old(old), self._fold_new(new), direction)
            self._pairs[key] = pair  # before it is filled, because it may be recursive
            self._fill(pair, leaves_null)
        return self._pairs[key]

    def _fill(self, pair: Pair, leaves_null: bool) -> None:
        def is_same(old: Places, new: Places) -> bool:
            return self.is_same(old, new, pair.direction)

        is_compared = Branches(pair, self._fold_old, self._fold_new, is_same).compare()
        if not leaves_null and not (is_compared and not (pair.old.may_be_null or pair.new.may_be_null)):
            compare_null(pair)
        compare_discriminators(pair)
        if is_compared or not compare_limits(pair):
            return
        if "object" in pair.old.types & pair.new.types:
            hidden = _HIDDEN[pair.direction]
            compare_members(
                pair, _hide(pair.old, hidden, self._fold_old), _hide(pair.new, hidden, self._fold_new)
            )
        if "array" in pair.old.types & pair.new.types:
            compare_items(pair)

    def _fold_old(self, places: Places) -> Shape:
        return self._fold(False, places)

    def _fold_new(self, places: Places) -> Shape:
        return self._fold(True, places)

    def _fold(self, is_new: bool, places: Places) -> Shape:
        if (is_new, places) not in self._shapes:
            self._shapes[is_new, places] = fold(self.new if is_new else self.old, places)
        return self._shapes[is_new, places]

    def _make_key(self, old: Places, new: Places, direction: Direction, leaves_null: bool = False) -> _Key:
        return (_settle(self.old, old), _settle(self.new, new), direction, leaves_null)


def _settle(side: Side, places: Places) -> Places:
    """Return the pointers of schemas with a single `$ref` followed, so that all references share one pair."""
    return tuple(side.lead(at)[0] for at in places)


def _hide(shape: Shape, mark: str, fold_it: Callable[[Places], Shape]) -> frozenset[str]:
    return frozenset(name for name, places in shape.members.named.items() if mark in fold_it(places).marks)
