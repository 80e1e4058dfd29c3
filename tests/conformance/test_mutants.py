"""Each backend that misbehaves on purpose is caught by the requirement that it breaks, and by no other topic."""

from __future__ import annotations

import pytest
from orchestrator_conformance.contract import load_contract
from orchestrator_conformance.mutants.catalogue import list_mutants
from orchestrator_conformance.mutants.mutant import Mutant
from orchestrator_conformance.mutants.trial import try_variant
from orchestrator_conformance.outcome import Error, Fail, Verdict, decide

# What an operation refuses is found by what is generated; the checks find all else, in less time.
EXAMPLES_FOR_OPERATIONS = 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "mutant", list_mutants(), ids=lambda mutant: f"{mutant.requirement_id}-{mutant.name}"
)
def test_a_mutant_is_caught_by_what_it_breaks(mutant: Mutant) -> None:
    examples = EXAMPLES_FOR_OPERATIONS if mutant.requirement_id.startswith("ORC-OP-") else 0
    findings = try_variant(
        mutant.create_app,
        load_contract(),
        seed=1,
        max_examples=examples,
        has_two_users=mutant.requirement_id.startswith("ORC-ISO-"),
    )
    failed = {each.requirement.id: each for each in findings.results if isinstance(each.outcome, Fail)}
    assert mutant.requirement_id in failed
    assert {each.requirement.topic for each in failed.values()} == {
        failed[mutant.requirement_id].requirement.topic
    }
    assert [each for each in findings.results if isinstance(each.outcome, Error)] == []
    is_must = failed[mutant.requirement_id].requirement.level == "MUST"
    assert (decide(findings.results) is Verdict.NOT_CONFORMANT) is is_must
