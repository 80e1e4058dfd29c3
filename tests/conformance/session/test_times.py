"""Timestamps that violate the contract are one finding, and leave orders and filters decidable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.model.instants import read_instant
from orchestrator_conformance.mutants.masking.base_fault import ValueFault, change_rows
from orchestrator_conformance.mutants.trial import try_variant
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.verdict.outcome import Fail, Pass
from starlette.types import ASGIApp

DECIDED = {
    "ORC-INST-SORT-03",
    "ORC-INST-SORT-06",
    "ORC-FILT-DATE-01",
    "ORC-FILT-EQ-04",
    "ORC-INST-LIST-03",
    "ORC-WF-LAST-02",
}


class WithoutZone(ValueFault):
    """Writes the start and the end of instances without a zone."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_rows(
            operation_id, value, lambda row: change_times(row, lambda text: text.removesuffix("Z"))
        )


class AsNumbers(ValueFault):
    """Writes the start and the end of instances as milliseconds since 1970."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_rows(operation_id, value, lambda row: change_times(row, count_milliseconds))


def change_times(row: dict[str, Any], change: Callable[[str], Any]) -> dict[str, Any]:
    return row | {name: change(row[name]) for name in ("start", "end") if name in row}


def count_milliseconds(text: str) -> int:
    instant = read_instant(text)
    assert instant is not None
    return round(instant.timestamp() * 1000)


@pytest.mark.parametrize("fault", [WithoutZone, AsNumbers])
def test_wrong_timestamps_leave_the_rest_decidable(fault: type[ValueFault]) -> None:
    def create_app(settings: ReferenceSettings) -> ASGIApp:
        app = create_reference_app(settings)
        app.add_middleware(fault)
        return app

    findings = try_variant(
        create_app,
        load_contract(),
        seed=1,
        max_examples=0,
        has_two_users=False,
        only={*DECIDED, "ORC-INST-TIME-01"},
    )
    outcomes = {each.requirement.id: type(each.outcome) for each in findings.results}
    assert outcomes == {**dict.fromkeys(DECIDED, Pass), "ORC-INST-TIME-01": Fail}
