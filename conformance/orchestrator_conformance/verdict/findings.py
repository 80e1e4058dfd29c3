"""Groups failures by cause: all failures with one root cause are one finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..contract.requirements import is_of_operation
from .outcome import Fail, Result
from .refusals import Refusal, read_refusal
from .subsumption import count_features, explains

# A cause in words, or how an operation refuses.
Cause = str | Refusal


@dataclass(frozen=True, slots=True)
class Finding:
    """The failed requirements with one root cause, the clearest failure first.

    `cause` completes "the target behaves as if ...". It is empty if no known mistake explains the failure. If a
    requirement has several faults, the result of each finding has only its own. `number` counts the findings with the
    same first requirement.
    """

    results: tuple[Result, ...]
    cause: str
    number: int = 1

    @property
    def head(self) -> Result:
        """The result that represents the finding in reports."""
        return self.results[0]

    @property
    def failure(self) -> Fail:
        """The failure of `head`."""
        return _failure_of(self.head)


def group_failures(results: Iterable[Result]) -> list[Finding]:
    """Return the failures as findings, in the order of their heads.

    Failures merge only under a cause that explains everything that each of them shows: the same violation of the
    document, the same refusal of the same operation, or a mistake that leads to all lists in the evidence. The cause
    that explains most of the remaining failures is taken first. A failure without a cause joins the finding of a
    failure that is part of what it does, see `explains`, or that reports a refusal among its steps. Otherwise it is a
    finding of its own.
    """
    failed = [fault for each in results for fault in _split(each)]
    groups, left = _group_by_cause(failed)
    for each in sorted(left, key=_complexity):
        group = _find_group(each, groups)
        if group is None:
            groups.append(("", [each]))
        else:
            group.append(each)
    order = {id(each): place for place, each in enumerate(failed)}
    findings = [
        Finding(tuple(sorted(group, key=_clarity)), cause if isinstance(cause, str) else "")
        for cause, group in groups
    ]
    return _number(sorted(findings, key=lambda finding: order[id(finding.head)]))


def _find_group(result: Result, groups: Sequence[tuple[Cause, list[Result]]]) -> list[Result] | None:
    """Return the group of the failure that explains `result`, or None. The one that involves most is preferred."""
    refusals = set(_refusals_before(result))
    for cause, group in groups:
        if cause in refusals:
            return group
    failure = _failure_of(result)
    explaining = [
        (count_features(_failure_of(each)), group)
        for _, group in groups
        for each in group
        # A violation of the document does not explain what else is wrong with an answer.
        if not is_of_operation(each.requirement.id) and explains(_failure_of(each), failure)
    ]
    return max(explaining, key=lambda pair: pair[0])[1] if explaining else None


def _split(result: Result) -> Iterator[Result]:
    """Yield the result of each fault of a failed requirement."""
    if isinstance(result.outcome, Fail):
        faults = result.outcome.faults or (result.outcome,)
        yield from (Result(result.requirement, each) for each in faults)


def _group_by_cause(failed: Sequence[Result]) -> tuple[list[tuple[Cause, list[Result]]], list[Result]]:
    """Return the failures of each cause, and those without a cause."""
    causes = {id(each): _causes(each) for each in failed}
    groups: list[tuple[Cause, list[Result]]] = []
    left = list(failed)
    while counts := Counter(cause for each in left for cause in causes[id(each)]):
        ranks = {
            cause: min(causes[id(each)].index(cause) for each in left if cause in causes[id(each)])
            for cause in counts
        }
        # The causes of a result are ordered from simple to complex.
        best = max(counts, key=lambda cause: (counts[cause], -ranks[cause]))
        groups.append((best, [each for each in left if best in causes[id(each)]]))
        left = [each for each in left if best not in causes[id(each)]]
    return groups, left


def _causes(result: Result) -> tuple[Cause, ...]:
    failure = _failure_of(result)
    refusal = next(filter(None, map(read_refusal, failure.evidence)), None)
    # The body of a refusal can violate the document. That has nothing to do with the reason for the refusal.
    is_of_body = is_of_operation(result.requirement.id) and not result.requirement.id.endswith("-STATUS")
    return failure.causes if refusal is None or is_of_body else (refusal,)


def _refusals_before(result: Result) -> Iterator[Refusal]:
    yield from filter(None, map(read_refusal, _failure_of(result).steps))


def _failure_of(result: Result) -> Fail:
    match result.outcome:
        case Fail() as failure:
            return failure
        case _:
            raise TypeError("the results of a finding must be failures")


def _clarity(result: Result) -> tuple[bool, int]:
    return result.requirement.level != "MUST", len(_failure_of(result).steps)


def _complexity(result: Result) -> tuple[int, int]:
    failure = _failure_of(result)
    return len(failure.evidence), count_features(failure)


def _number(findings: Iterable[Finding]) -> list[Finding]:
    counts: Counter[str] = Counter()
    numbered = []
    for finding in findings:
        counts[finding.head.requirement.id] += 1
        numbered.append(replace(finding, number=counts[finding.head.requirement.id]))
    return numbered
