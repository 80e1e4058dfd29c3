"""Runs one check, and returns its outcome without the secrets that an answer may have echoed."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from .checks.check import Check
from .contract.cannot_run import CannotRun
from .session.causes import CauseFinder
from .session.check_exceptions import GatewayAnswered
from .session.lists.instances import Lists
from .session.session import Absent, Failed, NotApplicable, Session, Undecided
from .target.outage import find_symptom
from .target.redaction import redact
from .target.target import Target
from .verdict.outcome import Error, Fail, Inconclusive, Outcome, Pass, Result, Skip
from .verdict.shrinking import find_steps

# How often a check is run, and instances are seeded, if a gateway answers in place of the backend.
TRIES: Final = 3
# Text of the target in a sentence, in characters.
_LONGEST: Final = 2000


def run_check(check: Check, session: Session, causes: CauseFinder) -> Result:
    """Run one check and return its result; raise `CannotRun` if the target is lost.

    A check that meets an answer of a gateway is run again. If that does not help, it is inconclusive, even if
    it failed. `causes` explains failures, and keeps the lists that the check has seen.
    """
    for _ in range(TRIES):
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
    session.forget_trace()
    outcome: Outcome
    try:
        check.run(session)
    except Failed as failed:
        outcome = _describe(failed, requirement.id, session, causes)
    except Undecided as undecided:
        outcome = Inconclusive(_shorten(str(undecided)))
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
        try:
            causes.note_check(session)
        except Exception:
            session.problems.append(traceback.format_exc())
    return Result(requirement, outcome)


def _describe(failed: Failed, requirement_id: str, session: Session, causes: CauseFinder) -> Fail:
    listing = session.memory.get(Lists(session).key)
    try:
        found = causes.find_causes(session, requirement_id, failed)
        steps = find_steps(
            failed.evidence, session.trace, session.start_exchanges, listing.exchange if listing else None
        )
    except Exception:
        # The failure is certain. Only its explanation is missing.
        session.problems.append(traceback.format_exc())
        found, steps = (), failed.evidence
    return Fail(
        _shorten(failed.expected),
        _shorten(failed.found),
        failed.evidence,
        causes=(failed.cause,) if failed.cause else found,
        difference=failed.difference,
        steps=steps,
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text)} characters)"


def try_on(result: Result, change: Callable[[Result], Result]) -> Result:
    """Return what `change` makes of `result`, or an `Error` if that fails."""
    try:
        return change(result)
    except Exception:
        return Result(result.requirement, Error(traceback.format_exc()))


def redact_result(target: Target, result: Result) -> Result:
    """Return the result with the secrets of the target's headers redacted, which a response may have echoed."""
    match result.outcome:
        case Fail() as failure:
            return Result(result.requirement, redact_failure(target, failure))
        case Error(said):
            return Result(result.requirement, Error(target.redact(said)))
        case Inconclusive(missing):
            return Result(result.requirement, Inconclusive(target.redact(missing)))
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
