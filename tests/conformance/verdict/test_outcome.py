"""The verdict that follows from the outcomes."""

from __future__ import annotations

from typing import Literal

import pytest
from orchestrator_conformance.contract.requirements import Requirement
from orchestrator_conformance.verdict.outcome import (
    Error,
    Fail,
    Inconclusive,
    Outcome,
    Pass,
    Result,
    Skip,
    Verdict,
    decide,
)

PASS, SKIP, OPEN, ERROR = Pass(1), Skip("not claimed"), Inconclusive("runs"), Error("a traceback")
FAIL = Fail("this", "that")


def result(level: Literal["MUST", "SHOULD"], outcome: Outcome) -> Result:
    return Result(Requirement("ORC-X-01", level, "listing", "x", "/paths", "It is."), outcome)


@pytest.mark.parametrize(
    ("musts", "shoulds", "verdict"),
    [
        ([PASS], [], Verdict.CONFORMANT),
        ([PASS, SKIP], [], Verdict.CONFORMANT),
        ([PASS], [FAIL, OPEN], Verdict.CONFORMANT),
        ([PASS, FAIL], [PASS], Verdict.NOT_CONFORMANT),
        ([OPEN, FAIL, ERROR], [], Verdict.NOT_CONFORMANT),
        ([PASS, OPEN], [PASS], Verdict.UNDECIDED),
        ([PASS, ERROR], [], Verdict.UNDECIDED),
        ([PASS], [ERROR], Verdict.UNDECIDED),
    ],
)
def test_a_verdict_follows_from_the_outcomes(
    musts: list[Outcome], shoulds: list[Outcome], verdict: Verdict
) -> None:
    results = [result("MUST", each) for each in musts] + [result("SHOULD", each) for each in shoulds]
    assert decide(results) is verdict


def test_a_run_without_a_passed_must_is_undecided() -> None:
    assert decide([result("MUST", SKIP)]) is Verdict.UNDECIDED
    assert decide([]) is Verdict.UNDECIDED
