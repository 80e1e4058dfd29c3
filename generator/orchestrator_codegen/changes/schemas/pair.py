"""Two shapes that stand for the same part, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...document.load import Pointer
from ..change import Breaks, Direction, Effect, Finding, find_broken
from ..side import Side
from .shape import Places, Shape


@dataclass(frozen=True, slots=True)
class Step:
    """From a pair to a part of it: the step as it is shown, and the schemas of either document."""

    where: str
    old: Places
    new: Places
    leaves_null: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of both documents, with what was found about it and where its own parts stand."""

    old_side: Side
    new_side: Side
    old: Shape
    new: Shape
    direction: Direction
    findings: list[Finding] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def tell(self, kind: str, says: str, effect: Effect, keyword: str = "") -> None:
        """Add a finding whose effect, with the direction, says whom it breaks."""
        self.tell_of(kind, says, self.find_broken(effect), keyword)

    def find_broken(self, effect: Effect) -> Breaks:
        """Return whom `effect` breaks in this direction."""
        return find_broken(self.direction, effect)

    def tell_of(
        self, kind: str, says: str, breaks: Breaks, keyword: str = "", where: tuple[str, ...] = ()
    ) -> None:
        """Add a finding that breaks those given, at `keyword` of either schema."""
        old, new = self.old.find(keyword), self.new.find(keyword)
        self.tell_at(kind, says, breaks, old, new, where)

    def tell_at(
        self,
        kind: str,
        says: str,
        breaks: Breaks,
        old: Pointer | None,
        new: Pointer | None,
        where: tuple[str, ...],
    ) -> None:
        """Add a finding that stands at these places."""
        self.findings.append(Finding(kind, says, breaks, self.direction, old, new, where))

    def lead_to(self, where: str, old: Places, new: Places) -> None:
        """Have the schemas at `old` and `new` compared as well."""
        self.steps.append(Step(where, old, new))
