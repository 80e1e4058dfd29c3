"""One trial: runs the suite or plain Schemathesis on one variant, in the current process."""

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
from ...verdict.findings import group_failures
from ...verdict.outcome import Error, Fail, Inconclusive, Outcome, Result
from ..parts import Part
from .masked import MaskedResult, describe_results
from .peer import find_failures
from .variants import Kind, Variant, add_base_fault, variants_of

# Characters of an exception message that a judgement keeps.
_MESSAGE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class Trial:
    """A variant, by kind and name, to be tried with a seed for one part of the score.

    `max_examples` is the option of the suite; the peer uses its own default. `base` is the name of a base fault to add,
    or empty. `only` are the requirements to check; all if it is empty.
    """

    part: Part
    kind: Kind
    name: str
    seed: int
    max_examples: int = 0
    base: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of a trial, small enough to send to another process.

    `failed`, `errors` and `undecided` are ids of requirements; those of the peer are operation and check. The trial of
    an automatic mutant ends at the first failure. `findings` are the requirements of each finding. `is_built` is false
    if the edited code does not start. `problem` is the reason why a trial did not finish, or empty. `seconds` is the
    duration. `masked` is the result of a trial of that part.
    """

    trial: Trial
    failed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    findings: tuple[tuple[str, ...], ...] = ()
    is_built: bool = True
    problem: str = ""
    seconds: float = 0.0
    masked: MaskedResult | None = None


class _Caught(Exception):
    """Ends the trial of an automatic mutant at the first failure."""

    def __init__(self, requirement_id: str) -> None:
        super().__init__(requirement_id)
        self.requirement_id = requirement_id


def judge(trial: Trial) -> Judgement:
    """Run one trial; an exception in it becomes the `problem` of the judgement."""
    begun = time.monotonic()
    try:
        judgement = _judge_by_peer(trial) if trial.part == "peer" else _judge_by_suite(trial)
    except CannotBuild:
        judgement = Judgement(trial, is_built=False)
    except Exception as problem:
        judgement = Judgement(trial, problem=_describe(problem))
    return replace(judgement, seconds=time.monotonic() - begun)


def _describe(problem: Exception) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:_MESSAGE_LIMIT]


def _judge_by_suite(trial: Trial) -> Judgement:
    try:
        findings = _try(trial, variants_of(trial.kind)[trial.name])
    except _Caught as caught:
        return Judgement(trial, (caught.requirement_id,))
    grouped = group_failures(findings.results)
    judgement = Judgement(
        trial,
        _pick(findings, Fail),
        _pick(findings, Error),
        _pick(findings, Inconclusive),
        tuple(tuple(each.requirement.id for each in finding.results) for finding in grouped),
    )
    if trial.part != "masked":
        return judgement
    return replace(judgement, masked=describe_results(findings.results, trial.only))


def _try(trial: Trial, variant: Variant) -> Findings:
    create_app = add_base_fault(trial.base, variant.create_app) if trial.base else variant.create_app
    run = partial(
        try_variant,
        create_app,
        _contract(),
        seed=trial.seed,
        max_examples=trial.max_examples,
        only=trial.only or None,
    )
    match trial.kind:
        case "hand-made":
            return run(has_two_users=variant.requirement_id.startswith("ORC-ISO-"))
        case "base":
            return run(has_two_users=True)
        case "set":
            return run(has_two_users=False)
        case "automatic":
            return run(has_two_users=False, on_result=_stop_at_failure)
        case "conforming" | "reference":
            # As long as the suite waits for a backend in the field.
            return run(has_two_users=True, patience=CONSISTENCY_CEILING)


def _stop_at_failure(result: Result) -> None:
    if isinstance(result.outcome, Fail):
        raise _Caught(result.requirement.id)


def _pick(findings: Findings, outcome: type[Outcome]) -> tuple[str, ...]:
    return tuple(each.requirement.id for each in findings.results if isinstance(each.outcome, outcome))


def _judge_by_peer(trial: Trial) -> Judgement:
    # Schemathesis reports undocumented statuses. Mutants use the documented 500 only, so that failures of the reference
    # backend hide fewer of theirs. Conforming variants are tried as the suite tries them.
    style: ErrorStyle = "sensible" if trial.kind == "conforming" else "documented"
    create_app = variants_of(trial.kind)[trial.name].create_app
    return Judgement(trial, find_failures(create_app, _contract().text, style, trial.seed))


@cache
def _contract() -> Contract:
    return load_contract()
