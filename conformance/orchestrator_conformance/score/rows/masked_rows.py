"""The kills that survive each base fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..trials.masked import MaskedResult
from ..trials.trials import Judgement
from ..trials.variants import Variant


@dataclass(frozen=True, slots=True)
class LostKill:
    """A mutant whose requirement fails on the mutant, but not on the mutant with a base fault, or not only there."""

    mutant: str
    requirement_id: str
    outcome: str


@dataclass(frozen=True, slots=True)
class MaskedRow:
    """A base fault, and how many kills survive it.

    `kills` counts the tried mutants whose own requirement fails. `unobservable` counts those among them whose failure
    shows in an operation that never succeeds with the base fault; they do not count further. `findings` is the number
    of findings that the base fault alone causes, or None if only some requirements were tried.
    """

    name: str
    says: str
    findings: int | None
    kills: int
    unobservable: int
    lost: tuple[LostKill, ...]

    @property
    def counting(self) -> int:
        """The number of kills that should survive."""
        return self.kills - self.unobservable

    @property
    def survived(self) -> int:
        """The number of kills that survive."""
        return self.counting - len(self.lost)

    @property
    def rate(self) -> float:
        """The share of the kills that survive; 1 if there are none."""
        return self.survived / self.counting if self.counting else 1.0


def tally_masked(
    judged: Iterable[Judgement], mutants: Mapping[str, Variant], bases: Mapping[str, Variant]
) -> tuple[MaskedRow, ...]:
    """Return a row for each base fault that was tried, in the order of `bases`."""
    alone: list[Judgement] = []
    on_base: dict[str, Judgement] = {}
    pairs: dict[str, dict[str, Judgement]] = {}
    for each in judged:
        if each.trial.kind == "base":
            on_base[each.trial.name] = each
        elif each.trial.base:
            pairs.setdefault(each.trial.base, {})[each.trial.name] = each
        else:
            alone.append(each)
    kills = [each for each in alone if mutants[each.trial.name].requirement_id in each.failed]
    return tuple(
        _row(variant, kills, on_base.get(name), pairs.get(name, {}), mutants)
        for name, variant in bases.items()
        if name in on_base or name in pairs
    )


def _row(
    base: Variant,
    kills: Iterable[Judgement],
    on_base: Judgement | None,
    pairs: Mapping[str, Judgement],
    mutants: Mapping[str, Variant],
) -> MaskedRow:
    tried = [each for each in kills if each.trial.name in pairs]
    counting = [each for each in tried if base.refuses.isdisjoint(_masked(each).shown_by)]
    always = frozenset(on_base.failed if on_base else ())
    lost = [
        LostKill(each.trial.name, requirement_id, outcome)
        for each in counting
        for requirement_id in [mutants[each.trial.name].requirement_id]
        for outcome in [_explain_loss(pairs[each.trial.name], requirement_id, always)]
        if outcome
    ]
    findings = _masked(on_base).findings if on_base else None
    return MaskedRow(base.name, base.says, findings, len(tried), len(tried) - len(counting), tuple(lost))


def _explain_loss(pair: Judgement, requirement_id: str, always: frozenset[str]) -> str:
    """Return why the kill is lost, or an empty text if it survives."""
    if pair.problem:
        return pair.problem
    if requirement_id in always:
        return "fails with the base fault alone"
    return "" if requirement_id in pair.failed else _masked(pair).outcome or "not judged"


def _masked(judgement: Judgement) -> MaskedResult:
    return judgement.masked or MaskedResult()
