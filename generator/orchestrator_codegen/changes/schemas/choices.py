"""Compares the branches of `oneOf` and `anyOf`: which ones match, which were added, which were removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...document.load import Pointer
from ..change import Effect
from ..side import Side
from ..wording import quote
from .pair import Pair, Step
from .shape import Choice, Places, Shape

# Whether two schemas are equivalent, and what a schema of either document allows.
IsSame = Callable[[Places, Places], bool]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch: its schemas, what it allows, and its component name or title, if any."""

    places: Places
    shape: Shape
    name: str
    number: int

    @property
    def label(self) -> str:
        return self.name or str(self.number)


@dataclass(frozen=True, slots=True)
class Branches:
    """Reads the branches of both documents. `fold_old` and `fold_new` return what a schema allows."""

    pair: Pair
    fold_old: Callable[[Places], Shape]
    fold_new: Callable[[Places], Shape]
    is_same: IsSame

    def compare(self) -> bool:
        """Compare the choices of the pair; return False if the rest of it has to be compared, too."""
        old, new = self.pair.old, self.pair.new
        if len(old.choices) == len(new.choices):
            for one, other in zip(old.choices, new.choices, strict=True):
                self._compare_choice(one, other)
            return False
        # A single schema became one of several, or the other way round.
        if not old.choices and new.is_only_a_choice:
            self._compare_with_one(old, [*self._read(self.pair.old_side, old)], new, is_chosen=True)
            return True
        if not new.choices and old.is_only_a_choice:
            self._compare_with_one(new, [*self._read(self.pair.new_side, new)], old, is_chosen=False)
            return True
        self.pair.report(
            "unknown", "the choices have changed; the effect is unknown", Effect.UNCLEAR, "choice"
        )
        return False

    def _compare_choice(self, old: Choice, new: Choice) -> None:
        if old.keyword != new.keyword:
            effect = Effect.WIDER if new.keyword == "anyOf" else Effect.NARROWER
            says = f"the keyword is now {quote(new.keyword)}; it was {quote(old.keyword)}"
            self.pair.report("choice-changed", says, effect, "choice")
        self._match(
            [*self._read_choice(self.pair.old_side, self.fold_old, old)],
            [*self._read_choice(self.pair.new_side, self.fold_new, new)],
        )

    def _compare_with_one(self, one: Shape, alone: list[_Branch], several: Shape, is_chosen: bool) -> None:
        pair = self.pair
        if one.is_anything:
            says = (
                "is now one of several schemas; anything was allowed"
                if is_chosen
                else "now anything is allowed"
            )
            pair.report("choice-changed", says, Effect.NARROWER if is_chosen else Effect.WIDER, "choice")
            return
        leaves_null = several.may_be_null
        (choice,) = several.choices
        if is_chosen:
            self._match(alone, [*self._read_choice(pair.new_side, self.fold_new, choice)], leaves_null)
        else:
            self._match([*self._read_choice(pair.old_side, self.fold_old, choice)], alone, leaves_null)

    def _read(self, side: Side, shape: Shape) -> Iterator[_Branch]:
        yield _Branch(shape.places, shape, _name(side, shape.places[0]) if shape.places else "", 1)

    def _read_choice(self, side: Side, fold: Callable[[Places], Shape], choice: Choice) -> Iterator[_Branch]:
        for number, at in enumerate(choice.branches, start=1):
            yield _Branch((at,), fold((at,)), _name(side, at), number)

    def _match(self, old: list[_Branch], new: list[_Branch], leaves_null: bool = False) -> None:
        """Match branches by name, else by equivalence, else by a type that only one remaining branch has."""
        rules: list[Callable[[_Branch, _Branch], bool]] = [
            lambda one, other: bool(one.name) and one.name == other.name,
            lambda one, other: self.is_same(one.places, other.places),
            lambda one, other: _is_alone(one, old) and _is_alone(other, new) and _types_meet(one, other),
        ]
        for rule in rules:
            for one in list(old):
                ordered = sorted(new, key=lambda each: each.number != one.number)
                other = next((each for each in ordered if rule(one, each)), None)
                if other is not None:
                    old.remove(one)
                    new.remove(other)
                    self.pair.steps.append(
                        Step(f"branch {other.label}", one.places, other.places, leaves_null)
                    )
        for effect, kind, what, left in (
            (Effect.NARROWER, "branch-removed", "gone", old),
            (Effect.WIDER, "branch-added", "new", new),
        ):
            for each in left:
                self.pair.report_at(
                    kind,
                    f"the branch {quote(each.label)} is {what}",
                    self.pair.find_broken(effect),
                    each.places[0] if left is old and each.places else None,
                    each.places[0] if left is new and each.places else None,
                    (),
                )


def _is_alone(branch: _Branch, branches: list[_Branch]) -> bool:
    return sum(_types_meet(branch, each) for each in branches) == 1


def _types_meet(one: _Branch, other: _Branch) -> bool:
    return bool(one.shape.types & other.shape.types)


def _name(side: Side, at: Pointer) -> str:
    """Return the name of the component at `at`, or else the title of the schema there."""
    where, schema = side.follow(at)
    if where[:2] == ("components", "schemas") and len(where) == 3:
        return str(where[2])
    title = schema.get("title") if isinstance(schema, dict) else None
    return title if isinstance(title, str) else ""
