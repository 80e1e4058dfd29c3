"""The `Report`: the findings and the options of one run, which every writer takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..runner import Findings
from ..verdict.findings import Finding, group_failures
from ..verdict.outcome import (
    Error,
    Fail,
    Inconclusive,
    Known,
    Outcome,
    Pass,
    Result,
    Skip,
    Stale,
    Verdict,
    decide,
)

INTERRUPTED: Final = 130
OUTCOMES = ("pass", "fail", "skip", "inconclusive", "error", "known", "stale")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is reported about a run.

    `base_url` is the URL of the target, `document` the OpenAPI document and `digest` its SHA-256, `runs` the value of
    `--allow-runs` (empty if not given), and `date` the start of the run.
    """

    findings: Findings
    base_url: str
    has_token: bool
    document: str
    digest: str
    seed: int
    runs: str
    date: datetime
    version: str

    @property
    def verdict(self) -> Verdict:
        """The verdict that follows from all outcomes.

        A run that ended early, or in which the suite itself failed, does not prove that the target is conformant. If
        the target was down, the run proves nothing.
        """
        partial = self.findings.partial
        if partial is not None and partial.kind == "down":
            return Verdict.UNDECIDED
        verdict = decide(self.findings.results)
        is_whole = partial is None and not self.findings.problems
        return Verdict.UNDECIDED if verdict is Verdict.CONFORMANT and not is_whole else verdict

    @property
    def exit_code(self) -> int:
        """The exit code of the run: that of the verdict, or 130 if a signal ended it."""
        partial = self.findings.partial
        is_interrupted = partial is not None and partial.kind == "interrupted"
        return INTERRUPTED if is_interrupted else int(self.verdict)

    @property
    def causes(self) -> list[Finding]:
        """The failures, one finding for each root cause."""
        return group_failures(self.findings.results)

    def select(self, outcome: str, level: str | None = None) -> list[Result]:
        """Return the results with this outcome and, if `level` is given, this level."""
        return [
            each
            for each in self.findings.results
            if name_outcome(each.outcome) == outcome and level in (None, each.requirement.level)
        ]


def name_outcome(outcome: Outcome) -> str:
    """Return the name of an outcome in reports: one of `OUTCOMES`."""
    match outcome:
        case Pass():
            return "pass"
        case Fail():
            return "fail"
        case Skip():
            return "skip"
        case Inconclusive():
            return "inconclusive"
        case Error():
            return "error"
        case Known():
            return "known"
        case Stale():
            return "stale"


def count(results: Iterable[Result]) -> Mapping[str, int]:
    """Return the number of results for each outcome."""
    found = Counter(name_outcome(each.outcome) for each in results)
    return {name: found[name] for name in OUTCOMES}


def describe(verdict: Verdict) -> str:
    """Return the verdict in words."""
    match verdict:
        case Verdict.CONFORMANT:
            return "conformant"
        case Verdict.NOT_CONFORMANT:
            return "not conformant"
        case Verdict.UNDECIDED:
            return "could not decide"
