"""A conforming backend raises no alarm, and leaves nothing untried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from orchestrator_conformance.contract import load_contract
from orchestrator_conformance.outcome import Pass, Verdict, decide
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.runner import Findings, Options, run_suite
from orchestrator_conformance.target import Target


def run_everything(settings: ReferenceSettings, seed: int) -> Findings:
    users = {"Authorization": "Bearer developer"}, {"Authorization": "Bearer visitor"}
    settings = replace(settings, token="developer", other_token="visitor")
    with (
        running_server(create_reference_app(settings)) as url,
        Target(url, users[0]) as target,
        Target(url, users[1]) as other,
    ):
        return run_suite(target, load_contract(), Options(seed, lambda workflow_id: True, other=other))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("error_style", ["sensible", "documented"])
def test_every_requirement_is_exercised_and_holds(
    error_style: Literal["sensible", "documented"], seed: int
) -> None:
    findings = run_everything(ReferenceSettings(error_style=error_style), seed)
    assert [each for each in findings.results if not isinstance(each.outcome, Pass)] == []
    assert decide(findings.results) is Verdict.CONFORMANT
    assert findings.left_running == ()


@pytest.mark.slow
def test_what_shows_late_is_waited_for() -> None:
    settings = ReferenceSettings(visibility_delay=timedelta(seconds=0.3), moment=timedelta(seconds=3))
    findings = run_everything(settings, 0)
    assert [each for each in findings.results if not isinstance(each.outcome, Pass)] == []
