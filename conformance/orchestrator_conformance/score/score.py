"""The score: the results of all trials. It does not depend on the order of the trials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..contract.requirements import Requirement
from .parts import PARTS, Part
from .rows.automatic_row import AutomaticRow, Triage, tally_automatic
from .rows.conforming_rows import ConformingRow, tally_conforming
from .rows.justified import Justifications
from .rows.masked_rows import MaskedRow, tally_masked
from .rows.mutant_rows import MutantRow, tally_mutants
from .rows.requirement_rows import RequirementRow, tally_requirements
from .rows.set_rows import SetRow, tally_sets
from .trials.trials import Judgement, Trial
from .trials.variants import Kind, Variant


@dataclass(frozen=True, slots=True)
class Background:
    """The input of a score other than the results of trials.

    The variants by name, the requirements, the triage of the automatic mutants, the justifications of requirements that
    kill no mutant alone, and the base faults by name.
    """

    hand_made: Mapping[str, Variant]
    conforming: Mapping[str, Variant]
    requirements: Sequence[Requirement]
    triage: Triage = field(default_factory=Triage)
    justifications: Justifications = field(default_factory=Justifications)
    bases: Mapping[str, Variant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trial that did not finish, or in which the suite itself failed.

    `is_made` is true if the trial finished, and `what` describes the problem.
    """

    part: Part
    name: str
    seed: int
    is_made: bool
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """The result of measuring the suite, with plain Schemathesis for comparison; `parts` are the requested ones."""

    parts: tuple[Part, ...]
    is_fast: bool
    mutants: tuple[MutantRow, ...]
    automatic: AutomaticRow | None
    conforming: tuple[ConformingRow, ...]
    requirements: tuple[RequirementRow, ...]
    troubles: tuple[Trouble, ...]
    masked: tuple[MaskedRow, ...] = ()
    sets: tuple[SetRow, ...] = ()

    @property
    def trials_of_conforming(self) -> int:
        """The number of finished trials of conforming variants."""
        return sum(row.seeds for row in self.conforming)

    @property
    def alarms(self) -> int:
        """The number of false alarms on conforming variants."""
        return sum(len(row.alarms) for row in self.conforming)


def tabulate(judgements: Iterable[Judgement], background: Background, *, is_fast: bool = False) -> Score:
    """Return the score of the judgements; `is_fast` if a sample of the variants was tried."""
    judged = list(judgements)
    parts: dict[Part, list[Judgement]] = {
        part: [each for each in judged if each.trial.part == part] for part in PARTS
    }
    topics = {each.id: each.topic for each in background.requirements}
    mutants = tally_mutants(
        parts["hand-made"], _by_peer(parts["peer"], "hand-made"), background.hand_made, topics
    )
    return Score(
        parts=tuple(part for part in PARTS if parts[part]),
        is_fast=is_fast,
        mutants=mutants,
        automatic=tally_automatic(parts["automatic"], background.triage),
        conforming=tally_conforming(
            parts["conforming"], _by_peer(parts["peer"], "conforming"), background.conforming
        ),
        requirements=(
            tally_requirements(topics, mutants, background.justifications) if parts["hand-made"] else ()
        ),
        troubles=tuple(_list_troubles(judged)),
        sets=tally_sets(parts["sets"], background.hand_made),
        masked=tally_masked(parts["masked"], background.hand_made, background.bases),
    )


def _by_peer(judged: Iterable[Judgement], kind: Kind) -> dict[str, tuple[str, ...]]:
    """Return the failures that the peer reports on each variant of a kind.

    For mutants, failures that it also reports on the reference backend are left out. Without a trial of the reference
    backend, nothing is returned for mutants.
    """
    made = [each for each in judged if not each.problem]
    on_reference = {id_ for each in made if each.trial.kind == "reference" for id_ in each.failed}
    has_reference = any(each.trial.kind == "reference" for each in made)
    if kind == "hand-made" and not has_reference:
        return {}
    ignored = on_reference if kind == "hand-made" else set()
    return {
        each.trial.name: tuple(id_ for id_ in each.failed if id_ not in ignored)
        for each in made
        if each.trial.kind == kind
    }


def _list_troubles(judged: Iterable[Judgement]) -> Iterable[Trouble]:
    for each in judged:
        what = each.problem or ", ".join(f"the check of {id_} crashed" for id_ in each.errors)
        if what:
            yield Trouble(each.trial.part, _name(each.trial), each.trial.seed, not each.problem, what)


def _name(trial: Trial) -> str:
    return f"{trial.name} with {trial.base}" if trial.base else trial.name
