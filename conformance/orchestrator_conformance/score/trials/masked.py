"""Describes what a trial with a base fault found, apart from the failed requirements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from ...target.exchange import Exchange
from ...target.json_reading import read_object
from ...verdict.findings import group_failures
from ...verdict.outcome import Error, Fail, Inconclusive, Known, Outcome, Pass, Result, Skip, Stale

# Characters of a reason that a description keeps.
_REASON_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class MaskedResult:
    """The result of a trial of the part `masked`.

    `shown_by` are the operations that the exchanges which show the failures depend on. `outcome` describes the first
    result that is no failure, or is empty. `findings` is the number of findings of a run of all requirements, or None.
    """

    shown_by: tuple[str, ...] = ()
    outcome: str = ""
    findings: int | None = None


def describe_results(results: Iterable[Result], only: Collection[str]) -> MaskedResult:
    """Return the result of a trial of the requirements `only`, or of all requirements if it is empty."""
    listed = list(results)
    failures = [each.outcome for each in listed if isinstance(each.outcome, Fail)]
    shown_by = {
        id_
        for each in failures
        for exchange in (*each.evidence, *each.steps)
        for id_ in _list_operations(exchange)
    }
    others = (describe_outcome(each.outcome) for each in listed if not isinstance(each.outcome, Fail))
    return MaskedResult(
        shown_by=tuple(sorted(shown_by)),
        outcome=next(others, ""),
        findings=None if only else len(group_failures(listed)),
    )


def _list_operations(exchange: Exchange) -> Iterator[str]:
    yield exchange.operation_id
    # Only the schema tells which inputs a workflow accepts.
    if exchange.operation_id == "executeWorkflow" and read_object(exchange.request.body).get("inputData"):
        yield "getWorkflowInputSchemaById"


def describe_outcome(outcome: Outcome) -> str:
    """Return an outcome with its reason, in one line."""
    match outcome:
        case Pass():
            return "passed"
        case Fail(_, found):
            said = f"failed: {found}"
        case Skip(reason):
            said = f"skipped: {reason}"
        case Inconclusive(missing):
            said = f"inconclusive: {missing}"
        case Error(traceback):
            said = f"error: {traceback.strip().rpartition(chr(10))[2]}"
        case Known(reason) | Stale(reason):
            said = f"expected: {reason}"
        case _:
            assert_never(outcome)
    return " ".join(said.split())[:_REASON_LIMIT]
