"""Two shapes of the same part, and the pairs of their own parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...document.load import Pointer
from ..change import Breaks, Direction, Effect, Finding, find_broken
from ..side import Side
from .shape import Places, Shape


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a pair to a part of it: the step as it is displayed, and the schemas of both documents."""

    where: str
    old: Places
    new: Places
    leaves_null: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of both documents, its findings, and the steps to its own parts."""

    old_side: Side
    new_side: Side
    old: Shape
    new: Shape
    direction: Direction
    findings: list[Finding] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def report(self, kind: str, says: str, effect: Effect, keyword: str = "") -> None:
        """Add a finding. Its effect and the direction determine whom it breaks."""
        self.report_breaking(kind, says, self.find_broken(effect), keyword)

    def find_broken(self, effect: Effect) -> Breaks:
        """Return whom `effect` breaks in this direction."""
        return find_broken(self.direction, effect)

    def report_breaking(
        self, kind: str, says: str, breaks: Breaks, keyword: str = "", where: tuple[str, ...] = ()
    ) -> None:
        """Add a finding that breaks the given parties, at `keyword` of both schemas."""
        old, new = self.old.find(keyword), self.new.find(keyword)
        self.report_at(kind, says, breaks, old, new, where)

    def report_at(
        self,
        kind: str,
        says: str,
        breaks: Breaks,
        old: Pointer | None,
        new: Pointer | None,
        where: tuple[str, ...],
    ) -> None:
        """Add a finding at these pointers."""
        self.findings.append(Finding(kind, says, breaks, self.direction, old, new, where))

    def lead_to(self, where: str, old: Places, new: Places) -> None:
        """Add a step, so that the schemas at `old` and `new` are compared, too."""
        self.steps.append(Step(where, old, new))
