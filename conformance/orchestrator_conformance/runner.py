"""The pipeline of one run on one screen: from a target to findings."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Final

from .checks.catalogue import list_checks
from .checks.check import Check
from .contract.cannot_run import CannotRun
from .contract.contract import Contract
from .contract.features import STANDARD, Claims
from .contract.requirements import is_of_operation
from .fuzz.exploration import explore
from .session.causes import CauseFinder
from .session.check_exceptions import GatewayAnswered
from .session.clean_up import clean_up
from .session.instances import Lists
from .session.interruption import Interruption
from .session.seeding import seed_instances
from .session.session import CONSISTENCY_CEILING, Absent, Failed, NotApplicable, Session, Undecided
from .target.outage import find_symptom
from .target.redaction import redact
from .target.target import Target
from .verdict.ledger import Ledger
from .verdict.outcome import Error, Fail, Inconclusive, Outcome, Pass, Result, Skip
from .verdict.shrinking import find_steps

MAX_EXAMPLES: Final = 20
# How often a check is run, and instances are seeded, if a gateway answers in place of the backend.
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run.

    `allowed_runs` says which workflows may be started; None forbids every start. `max_examples` is the number of
    generated requests of each kind per operation; 0 generates none. `patience` (seconds), `claims`, `other` and
    `interruption` are passed to the `Session`. `only` holds the ids of the requirements to check; None means all.
    """

    seed: int = 0
    allowed_runs: Callable[[str], bool] | None = None
    max_examples: int = MAX_EXAMPLES
    patience: float = CONSISTENCY_CEILING
    claims: Claims = STANDARD
    other: Target | None = None
    only: Collection[str] | None = None
    interruption: Interruption = field(default_factory=Interruption)


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run: `done` of `total` checks, `sent` requests, and the current check or operation."""

    done: int
    total: int
    sent: int
    doing: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of a run. `left_running` are instances that it started and could not abort."""

    results: tuple[Result, ...]
    sent: int
    started: int
    left_running: tuple[str, ...]


def run_suite(
    target: Target,
    contract: Contract,
    options: Options,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_result: Callable[[Result], None] = lambda result: None,
) -> Findings:
    """Run all checks and the generated requests against `target`; raise `CannotRun` if the target is unusable or lost.

    `on_result` receives the result of each check, and may raise to end the run. In every case, unfinished runs that
    this run started are aborted before the function returns or raises.
    """
    target.probe(contract)
    ledger = Ledger(contract)
    session = Session(
        target,
        contract,
        options.seed,
        options.allowed_runs,
        ledger,
        options.patience,
        options.claims,
        options.other,
        options.max_examples,
        options.interruption,
    )
    checks, examples = _choose_checks(options)
    causes = CauseFinder()
    try:
        _seed(session)
        behaviour = []
        for done, check in enumerate(checks):
            on_progress(Progress(done, len(checks), ledger.sent, check.requirement.id))
            behaviour.append(run_check(check, session, causes))
            on_result(behaviour[-1])
        for exchange in explore(session, examples):
            on_progress(Progress(len(checks), len(checks), ledger.sent, exchange.operation_id))
        left_running = tuple(clean_up(session))
    except BaseException as problem:
        left_running = _clean_up_after(session)
        if isinstance(problem, CannotRun):
            problem.left_running = left_running
        raise
    may_run = options.allowed_runs is not None
    operations = ledger.results(may_run=may_run, claims=options.claims)
    results = [
        each for each in (*operations, *causes.settle(behaviour)) if _is_wanted(each.requirement.id, options)
    ]
    shown = tuple(redact_result(target, each) for each in results)
    if options.other is not None:
        shown = tuple(redact_result(options.other, each) for each in shown)
    return Findings(shown, ledger.sent, len(session.started), left_running)


def _is_wanted(requirement_id: str, options: Options) -> bool:
    return options.only is None or requirement_id in options.only


def _choose_checks(options: Options) -> tuple[list[Check], int]:
    """Return the checks to run, and the number of generated requests of each kind per operation.

    A requirement of an operation is judged on every exchange with that operation. If one is chosen, everything runs.
    """
    if options.only is None or any(is_of_operation(each) for each in options.only):
        return list_checks(), options.max_examples
    return [each for each in list_checks() if each.requirement.id in options.only], 0


def _seed(session: Session) -> None:
    for _ in range(_TRIES):
        known = len(session.by_gateways)
        seed_instances(session)
        if len(session.by_gateways) == known:
            return


def run_check(check: Check, session: Session, causes: CauseFinder) -> Result:
    """Run one check and return its result; raise `CannotRun` if the target is lost.

    A check that meets an answer of a gateway is run again. If that does not help, it is inconclusive, whatever it
    found. `causes` explains failures, and keeps the lists that the check has seen.
    """
    for _ in range(_TRIES):
        known = len(session.by_gateways)
        result = _run_once(check, session, causes)
        if not isinstance(result.outcome, Pass) and any(
            find_symptom(each.response) for each in session.trace
        ):
            session.target.require_presence(session.contract)
        if len(session.by_gateways) == known:
            return result
    return Result(check.requirement, Inconclusive(str(GatewayAnswered(session.by_gateways[-1]))))


def _run_once(check: Check, session: Session, causes: CauseFinder) -> Result:
    requirement = check.requirement
    if not session.contract.resolves(requirement.pointer):
        return Result(requirement, Skip(f"the document has nothing at {requirement.pointer}"))
    if not session.claims.allows(requirement.feature):
        return Result(requirement, Skip(f"the feature {requirement.feature} is not claimed"))
    sent = session.ledger.sent
    session.trace.clear()
    outcome: Outcome
    try:
        check.run(session)
    except Failed as failed:
        outcome = _describe(failed, requirement.id, session, causes)
    except Undecided as undecided:
        outcome = Inconclusive(str(undecided))
    except Absent as absent:
        if requirement.feature in session.claims.claimed:
            outcome = Fail(f"{absent}: the feature {requirement.feature} is claimed", "none", absent.evidence)
        else:
            outcome = Skip(
                f"the target does not have {absent}; the feature {requirement.feature} is not claimed"
            )
    except NotApplicable as reason:
        outcome = Skip(str(reason))
    except CannotRun:
        raise
    except Exception:
        outcome = Error(traceback.format_exc())
    else:
        outcome = Pass(max(1, session.ledger.sent - sent))
        causes.note_check(session)
    return Result(requirement, outcome)


def _describe(failed: Failed, requirement_id: str, session: Session, causes: CauseFinder) -> Fail:
    found = causes.find_causes(session, requirement_id, failed.evidence)
    listing = session.memory.get(Lists(session).key)
    return Fail(
        failed.expected,
        failed.found,
        failed.evidence,
        causes=(failed.cause,) if failed.cause else found,
        difference=failed.difference,
        steps=find_steps(
            failed.evidence, session.trace, session.start_exchanges, listing.exchange if listing else None
        ),
    )


def _clean_up_after(session: Session) -> tuple[str, ...]:
    try:
        return tuple(clean_up(session))
    except CannotRun:
        return tuple(session.started)


def redact_result(target: Target, result: Result) -> Result:
    """Return the result with the secrets of the target's headers redacted, which a response may have echoed."""
    match result.outcome:
        case Fail() as failure:
            return Result(result.requirement, redact_failure(target, failure))
        case Error(said):
            return Result(result.requirement, Error(target.redact(said)))
        case _:
            return result


def redact_failure(target: Target, failure: Fail) -> Fail:
    """Return the failure and its faults with the secrets of the target's headers redacted."""
    return replace(
        failure,
        expected=target.redact(failure.expected),
        found=target.redact(failure.found),
        evidence=tuple(redact(exchange, target.redact) for exchange in failure.evidence),
        steps=tuple(redact(exchange, target.redact) for exchange in failure.steps),
        faults=tuple(redact_failure(target, each) for each in failure.faults),
    )
