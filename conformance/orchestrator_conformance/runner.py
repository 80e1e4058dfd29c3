"""The pipeline of one run on one screen: from a target to findings."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial as partial_of
from typing import Final, Literal

from .check_running import TRIES, redact_result, run_check, try_on
from .checks.catalogue import list_checks
from .checks.check import Check
from .contract.cannot_run import CannotRun
from .contract.contract import Contract
from .contract.features import STANDARD, Claims
from .contract.requirements import is_of_operation
from .fuzz.exploration import explore
from .session.causes import CauseFinder
from .session.clean_up import clean_up
from .session.interruption import Interruption
from .session.runs.seeding import seed_instances
from .session.session import CONSISTENCY_CEILING, Session
from .target.outage import TargetDown
from .target.target import Target
from .verdict.ledger import Ledger
from .verdict.outcome import Inconclusive, Result

MAX_EXAMPLES: Final = 20


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
class Partial:
    """Why a run ended early: a signal, its time limit, or a target that stopped answering or is down."""

    kind: Literal["interrupted", "out of time", "lost", "down"]
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of a run.

    `left_running` are instances that it started and that go on. `partial` says why the run ended early, if it did.
    `problems` are failures of the suite itself that belong to no requirement, with their tracebacks.
    """

    results: tuple[Result, ...]
    sent: int
    started: int
    left_running: tuple[str, ...]
    partial: Partial | None = None
    problems: tuple[str, ...] = ()


def run_suite(
    target: Target,
    contract: Contract,
    options: Options,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_result: Callable[[Result], None] = lambda result: None,
) -> Findings:
    """Run all checks and the generated requests against `target`; raise `CannotRun` if the target is unusable.

    A run that is interrupted, or whose target is lost, ends early and returns what it found. A failure of the suite
    itself is the outcome of one requirement, or a problem of the run, and never ends it. `on_result` receives the
    result of each check, and may raise to end the run. In every case, unfinished runs that this run started are aborted
    before the function returns or raises.
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
    causes, behaviour, partial = CauseFinder(), list[Result](), None
    try:
        _seed(session)
        for done, check in enumerate(checks):
            on_progress(Progress(done, len(checks), ledger.sent, check.requirement.id))
            behaviour.append(run_check(check, session, causes))
            on_result(behaviour[-1])
        _explore(
            session,
            examples,
            lambda doing: on_progress(Progress(len(checks), len(checks), ledger.sent, doing)),
        )
    except KeyboardInterrupt:
        partial = Partial(options.interruption.kind, options.interruption.reason)
    except CannotRun as problem:
        partial = Partial("down" if isinstance(problem, TargetDown) else "lost", str(problem))
    except BaseException:
        clean_up(session)
        raise
    left_running = clean_up(session)
    missed = []
    if partial is not None:
        reason = f"not reached: {partial.reason}"
        ledger.mark_unfinished(reason)
        missed = [Result(each.requirement, Inconclusive(reason)) for each in checks[len(behaviour) :]]
    settled = [try_on(each, causes.settle) for each in behaviour]
    results = _collect_results(session, options, [*settled, *missed])
    return Findings(
        results, ledger.sent, len(session.started), left_running, partial, tuple(session.problems)
    )


def _collect_results(session: Session, options: Options, behaviour: list[Result]) -> tuple[Result, ...]:
    """Return the wanted results of the operations and of `behaviour`, without secrets."""
    operations = session.ledger.results(may_run=options.allowed_runs is not None, claims=options.claims)
    shown = [each for each in (*operations, *behaviour) if _is_wanted(each.requirement.id, options)]
    for user in filter(None, (session.target, options.other)):
        shown = [try_on(each, partial_of(redact_result, user)) for each in shown]
    return tuple(shown)


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
    for _ in range(TRIES):
        known = len(session.by_gateways)
        try:
            seed_instances(session)
        except CannotRun:
            raise
        except Exception:
            session.problems.append(traceback.format_exc())
        if len(session.by_gateways) == known:
            return


def _explore(session: Session, examples: int, on_operation: Callable[[str], None]) -> None:
    try:
        for exchange in explore(session, examples):
            on_operation(exchange.operation_id)
    except CannotRun:
        raise
    except Exception:
        session.ledger.mark_incomplete(traceback.format_exc())
