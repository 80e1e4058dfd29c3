"""Groups failures by cause: all failures with one root cause are one finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .outcome import Fail, Result


@dataclass(frozen=True, slots=True)
class Finding:
    """The failed requirements with one root cause, the clearest failure first.

    `cause` completes "the target behaves as if ...". It is empty if no known mistake explains the failure.
    """

    results: tuple[Result, ...]
    cause: str

    @property
    def head(self) -> Result:
        """The result that represents the finding in reports."""
        return self.results[0]

    @property
    def failure(self) -> Fail:
        """The failure of `head`."""
        match self.head.outcome:
            case Fail() as failure:
                return failure
            case _:
                raise TypeError("the results of a finding must be failures")


def group_failures(results: Iterable[Result]) -> list[Finding]:
    """Return the failures as findings, in the order of their heads.

    The cause that explains most of the remaining failures is taken first. A failure without a cause is a finding of its
    own.
    """
    failed = [each for each in results if isinstance(each.outcome, Fail)]
    findings, left = [], list(failed)
    while left:
        counts = Counter(cause for each in left for cause in _causes(each))
        if not counts:
            break
        cause = max(counts, key=lambda each: (counts[each], -_rank(each, left)))
        explained = [each for each in left if cause in _causes(each)]
        findings.append(Finding(tuple(sorted(explained, key=_clarity)), cause))
        left = [each for each in left if each not in explained]
    findings += [Finding((each,), "") for each in left]
    return sorted(findings, key=lambda finding: failed.index(finding.head))


def _causes(result: Result) -> tuple[str, ...]:
    return result.outcome.causes if isinstance(result.outcome, Fail) else ()


def _rank(cause: str, results: Sequence[Result]) -> int:
    # The causes of a result are ordered from simple to complex.
    return min(_causes(each).index(cause) for each in results if cause in _causes(each))


def _clarity(result: Result) -> tuple[bool, int]:
    steps = len(result.outcome.steps) if isinstance(result.outcome, Fail) else 0
    return result.requirement.level != "MUST", steps
