"""The outcome of a requirement, and the verdict that follows from all outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from ..contract.requirements import Requirement
from ..target.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Pass:
    """The requirement holds. `exercised` is the number of exchanges that tested it."""

    exercised: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How a list of ids differs from the expected one: missing ids, unexpected ids, and duplicates."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fail:
    """The target violates the requirement: what was expected, what was found, and the exchanges that show it.

    Each of `causes`, the likeliest first, completes "the target behaves as if ...". `steps` are the fewest exchanges
    that reproduce the failure, in order. If the evidence shows several distinct faults, `faults` has one failure for
    each, with its own evidence and cause, and `causes` names all of them.
    """

    expected: str
    found: str
    evidence: tuple[Exchange, ...] = field(default=())
    causes: tuple[str, ...] = ()
    difference: Difference | None = None
    steps: tuple[Exchange, ...] = ()
    faults: tuple[Fail, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """The requirement was not tested: not permitted, not claimed, or not in this document."""

    reason: str


@dataclass(frozen=True, slots=True)
class Inconclusive:
    """The requirement could not be decided with the data at hand. `missing` is what would be needed."""

    missing: str


@dataclass(frozen=True, slots=True)
class Error:
    """The suite itself failed, with this traceback."""

    traceback: str


@dataclass(frozen=True, slots=True)
class Known:
    """The requirement fails as expected. It does not decide the verdict."""

    reason: str
    failure: Fail


@dataclass(frozen=True, slots=True)
class Stale:
    """The requirement holds although it is listed as an expected failure. The entry has to be removed."""

    reason: str


Outcome = Pass | Fail | Skip | Inconclusive | Error | Known | Stale


@dataclass(frozen=True, slots=True)
class Result:
    """One requirement with its outcome."""

    requirement: Requirement
    outcome: Outcome


class Verdict(IntEnum):
    """The verdict on a target. The value is the exit code; exit code 3 means that the run was not possible."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    UNDECIDED = 2


def decide(results: Iterable[Result]) -> Verdict:
    """Return the verdict on all results.

    - NOT_CONFORMANT if a MUST fails, or if an expected failure of any level does not occur.
    - Otherwise UNDECIDED if a MUST is inconclusive, if there is an error of the suite, or if no MUST passed.
    - Otherwise CONFORMANT.
    """
    musts = []
    is_open = is_stale = False
    for result in results:
        is_open = is_open or isinstance(result.outcome, Error)
        is_stale = is_stale or isinstance(result.outcome, Stale)
        if result.requirement.level == "MUST":
            musts.append(result.outcome)
    if is_stale or any(isinstance(outcome, Fail) for outcome in musts):
        return Verdict.NOT_CONFORMANT
    has_passed = any(isinstance(outcome, Pass) for outcome in musts)
    is_open = is_open or any(isinstance(outcome, Inconclusive) for outcome in musts)
    return Verdict.CONFORMANT if has_passed and not is_open else Verdict.UNDECIDED
