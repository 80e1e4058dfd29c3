"""Each backend that misbehaves on purpose is caught by the requirement that it breaks, and by no other topic."""

from __future__ import annotations

from datetime import timedelta

import pytest
from orchestrator_conformance.contract import load_contract
from orchestrator_conformance.mutants.catalogue import list_mutants
from orchestrator_conformance.mutants.mutant import Mutant
from orchestrator_conformance.outcome import Error, Fail, Verdict, decide
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.runner import Options, run_suite
from orchestrator_conformance.target import Target

# What an operation refuses is found by what is generated; the checks find all else, in less time.
EXAMPLES_FOR_OPERATIONS = 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "mutant", list_mutants(), ids=lambda mutant: f"{mutant.requirement_id}-{mutant.name}"
)
def test_a_mutant_is_caught_by_what_it_breaks(mutant: Mutant) -> None:
    examples = EXAMPLES_FOR_OPERATIONS if mutant.requirement_id.startswith("ORC-OP-") else 0
    options = Options(1, lambda workflow_id: True, max_examples=examples, patience=0.3)
    app = mutant.create_app(ReferenceSettings(moment=timedelta(seconds=0.2)))
    with running_server(app) as url, Target(url) as target:
        findings = run_suite(target, load_contract(), options)
    failed = {each.requirement.id: each for each in findings.results if isinstance(each.outcome, Fail)}
    assert mutant.requirement_id in failed
    assert {each.requirement.topic for each in failed.values()} == {
        failed[mutant.requirement_id].requirement.topic
    }
    assert [each for each in findings.results if isinstance(each.outcome, Error)] == []
    is_must = failed[mutant.requirement_id].requirement.level == "MUST"
    assert (decide(findings.results) is Verdict.NOT_CONFORMANT) is is_must
