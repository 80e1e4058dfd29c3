"""Each hand-made mutant fails the requirement that it breaks.

`make score` runs the whole suite on each mutant, and shows which other requirements fail.
"""

from __future__ import annotations

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import is_of_operation
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.mutants.mutant import Mutant
from orchestrator_conformance.mutants.trial import try_variant
from orchestrator_conformance.verdict.outcome import Fail, Verdict, decide

# Requirements on operations need generated requests. The checks catch all other mutants, in less time.
EXAMPLES_FOR_OPERATIONS = 3

# A sample, with few requirements on operations: those are judged on everything that a run sends. The score tries all.
OF_OPERATIONS = [each for each in list_mutants() if is_of_operation(each.requirement_id)]
TRIED = [each for each in list_mutants() if each not in OF_OPERATIONS][::2] + OF_OPERATIONS[::6]


@pytest.mark.slow
@pytest.mark.parametrize("mutant", TRIED, ids=lambda mutant: f"{mutant.requirement_id}-{mutant.name}")
def test_a_mutant_fails_the_requirement_that_it_breaks(mutant: Mutant) -> None:
    findings = try_variant(
        mutant.create_app,
        load_contract(),
        seed=1,
        max_examples=EXAMPLES_FOR_OPERATIONS if is_of_operation(mutant.requirement_id) else 0,
        has_two_users=mutant.requirement_id.startswith("ORC-ISO-"),
        only={mutant.requirement_id},
    )
    (result,) = findings.results
    assert result.requirement.id == mutant.requirement_id
    assert isinstance(result.outcome, Fail)
    is_must = result.requirement.level == "MUST"
    assert (decide(findings.results) is Verdict.NOT_CONFORMANT) is is_must
