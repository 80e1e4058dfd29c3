"""One trial: one variant under the suite, or under plain Schemathesis, in whatever process it is run."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from ...contract.contract import Contract, load_contract
from ...mutants.automatic.automatic import CannotBuild
from ...mutants.trial import try_variant
from ...reference.settings import ErrorStyle
from ...runner import Findings
from ...session.session import CONSISTENCY_CEILING
from ...verdict.outcome import Error, Fail, Inconclusive, Outcome, Result
from ..parts import Part
from .peer import find_failures
from .variants import Kind, Variant, variants_of

# So much of a message fits a line or two, and says enough.
_TOLD: Final = 300


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried, for which part of the score: a variant by kind and name, with a seed.

    `max_examples` is that of a run of the suite; the peer has its own.
    """

    part: Part
    kind: Kind
    name: str
    seed: int
    max_examples: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a trial, small enough to cross from one process to another.

    `failed`, `errors` and `undecided` are ids of requirements; the peer's are its own: operation and check. An
    automatic mutant is left at the first that fails. `is_built` is false of an edit that does not even start, and
    `problem` says why a trial was not made to the end, empty where it was. `seconds` is how long it took.
    """

    trial: Trial
    failed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    is_built: bool = True
    problem: str = ""
    seconds: float = 0.0


class _Caught(Exception):
    """A mutant is caught: no more has to be known of it."""

    def __init__(self, requirement_id: str) -> None:
        super().__init__(requirement_id)
        self.requirement_id = requirement_id


def judge(trial: Trial) -> Judgement:
    """Make one trial; whatever goes wrong in it is told in the judgement."""
    begun = time.monotonic()
    try:
        judgement = _judge_by_peer(trial) if trial.part == "peer" else _judge_by_suite(trial)
    except CannotBuild:
        judgement = Judgement(trial, is_built=False)
    except Exception as problem:
        judgement = Judgement(trial, problem=_tell(problem))
    return replace(judgement, seconds=time.monotonic() - begun)


def _tell(problem: Exception) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:_TOLD]


def _judge_by_suite(trial: Trial) -> Judgement:
    try:
        findings = _try(trial, variants_of(trial.kind)[trial.name])
    except _Caught as caught:
        return Judgement(trial, (caught.requirement_id,))
    return Judgement(trial, _pick(findings, Fail), _pick(findings, Error), _pick(findings, Inconclusive))


def _try(trial: Trial, variant: Variant) -> Findings:
    run = partial(
        try_variant, variant.create_app, _contract(), seed=trial.seed, max_examples=trial.max_examples
    )
    match trial.kind:
        case "hand-made":
            return run(has_two_users=variant.requirement_id.startswith("ORC-ISO-"))
        case "automatic":
            return run(has_two_users=False, on_result=_leave_at_a_failure)
        case "conforming" | "reference":
            # With all the patience that the suite has with a backend in the field.
            return run(has_two_users=True, patience=CONSISTENCY_CEILING)


def _leave_at_a_failure(result: Result) -> None:
    if isinstance(result.outcome, Fail):
        raise _Caught(result.requirement.id)


def _pick(findings: Findings, outcome: type[Outcome]) -> tuple[str, ...]:
    return tuple(each.requirement.id for each in findings.results if isinstance(each.outcome, outcome))


def _judge_by_peer(trial: Trial) -> Judgement:
    # Where 500 is all that a backend refuses with, its own findings hide fewer of a mutant's. Conforming variants
    # are as the suite meets them.
    style: ErrorStyle = "sensible" if trial.kind == "conforming" else "documented"
    create_app = variants_of(trial.kind)[trial.name].create_app
    return Judgement(trial, find_failures(create_app, _contract().text, style, trial.seed))


@cache
def _contract() -> Contract:
    return load_contract()
