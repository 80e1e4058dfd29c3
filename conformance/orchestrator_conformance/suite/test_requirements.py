"""One test for each requirement, named by its id. The fixtures are in `orchestrator_conformance.plugin`."""

from __future__ import annotations

from typing import Final

import pytest

from orchestrator_conformance.checks.catalogue import list_checks
from orchestrator_conformance.plugin import Suite, settle
from orchestrator_conformance.verdict.outcome import Result

_CHECKS: Final = {check.requirement.id: check for check in list_checks()}


@pytest.mark.parametrize("requirement_id", _CHECKS)
def test_behaviour(suite: Suite, requirement_id: str) -> None:
    """Run the check of one requirement."""
    settle(suite.target, suite.run(_CHECKS[requirement_id]))


def test_operation(suite: Suite, operations: dict[str, Result], operation_requirement: str) -> None:
    """Look up the result of one requirement of an operation, after everything has been sent."""
    settle(suite.target, operations[operation_requirement])
