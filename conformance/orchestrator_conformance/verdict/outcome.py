"""What comes of a requirement, and what all outcomes together say of a target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from ..contract.requirements import Requirement
from ..target.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Pass:
    """The requirement was exercised, and held; `exercised` says how often, in exchanges."""

    exercised: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How a list of ids differs from what it should be: what it lacks, has beyond that, and has more than once."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fail:
    """The target breaks the requirement: what was expected, what came, and the exchanges that show it.

    Each of `causes`, the likeliest first, completes "behaves as if ...". `steps` are the fewest exchanges that lead to
    the failure again, in order.
    """

    expected: str
    found: str
    evidence: tuple[Exchange, ...] = field(default=())
    causes: tuple[str, ...] = ()
    difference: Difference | None = None
    steps: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """The requirement was left alone, and why: not permitted, not claimed, or not in this document."""

    reason: str


@dataclass(frozen=True, slots=True)
class Inconclusive:
    """The requirement was looked at, but the data at hand could not tell right from wrong; what was missing."""

    missing: str


@dataclass(frozen=True, slots=True)
class Error:
    """The suite itself failed; its traceback."""

    traceback: str


@dataclass(frozen=True, slots=True)
class Known:
    """The requirement fails, as the file of expected failures says; it does not decide the verdict."""

    reason: str
    failure: Fail


@dataclass(frozen=True, slots=True)
class Stale:
    """The requirement holds, and the file of expected failures says that it does not: the entry has to go."""

    reason: str


Outcome = Pass | Fail | Skip | Inconclusive | Error | Known | Stale


@dataclass(frozen=True, slots=True)
class Result:
    """One requirement with its outcome."""

    requirement: Requirement
    outcome: Outcome


class Verdict(IntEnum):
    """What a run says of its target; the value is the exit code. 3 stands for a run that could not be made."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    UNDECIDED = 2


def decide(results: Iterable[Result]) -> Verdict:
    """Return the verdict: a failed MUST decides; short of that an undecided MUST, or an error, leaves it open.

    An expected failure that did not come decides as a failed MUST does, whatever its level. Where not a single MUST
    passed there is nothing to call conformant.
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
