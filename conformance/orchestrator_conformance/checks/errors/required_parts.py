"""Checks of requests without a required part: the body, or a field of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from ...contract.contract import Operation
from ...contract.omissions import list_omissions
from ...contract.requirements import CHANGING
from ...session.lists.instances import Lists
from ...session.runs.runs import Run, known_inputs, list_workflows
from ...session.runs.workflow_probing import probe_runs, start_failed
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

_SHOWN: Final = 5
_EVIDENCE: Final = 3


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A request without a required part, with a description, and its answer."""

    text: str
    exchange: Exchange


@check("ORC-ERR-PART-01")
def a_required_body_is_not_left_out(session: Session) -> None:
    """Call each operation that requires a body without one."""
    wanted = [each for each in session.contract.operations.values() if each.body and each.is_body_required]
    attempts = [
        _Attempt(f"{operation.id} without a body", session.call(operation.id, path, body=None, is_good=False))
        for operation in wanted
        for path in _find_paths(session, operation)
    ]
    _expect_errors(attempts, "an operation that requires a body and that may be called")


@check("ORC-ERR-PART-02")
def a_required_field_is_not_left_out(session: Session) -> None:
    """Leave out each required field of each body, at every depth, one at a time."""
    attempts = [
        attempt
        for operation in session.contract.operations.values()
        for path in _find_paths(session, operation)
        for attempt in _iter_attempts(session, operation, path)
    ]
    _expect_errors(attempts, "an operation whose body has required fields and that may be called")


def _iter_attempts(session: Session, operation: Operation, path: dict[str, str]) -> Iterator[_Attempt]:
    for each in list_omissions(session.contract, operation):
        body = _with_real_inputs(session, operation, path, each.body)
        try:
            exchange = session.call(operation.id, path, body=body, is_good=False)
        except NotApplicable:
            # The filter needs a feature that is not claimed.
            continue
        yield _Attempt(f"{operation.id} without {each.missing}", exchange)


def _with_real_inputs(session: Session, operation: Operation, path: dict[str, str], body: Any) -> Any:
    """Return the body with inputs that the workflow accepts, so that nothing else is wrong with it."""
    if operation.id != "executeWorkflow" or not isinstance(body, dict) or "inputData" not in body:
        return body
    return {**body, "inputData": dict(known_inputs(session, path["workflowId"]))}


def _expect_errors(attempts: Sequence[_Attempt], missing: str) -> None:
    if not attempts:
        raise Undecided(missing)
    accepted = [each for each in attempts if each.exchange.is_success]
    if accepted:
        texts = ", ".join(each.text for each in accepted[:_SHOWN])
        more = f" and {len(accepted) - _SHOWN} more" if len(accepted) > _SHOWN else ""
        evidence = sorted((each.exchange for each in accepted), key=lambda each: len(each.request.body))
        raise Failed(
            f"an error for each of {len(attempts)} requests without a required part",
            f"{len(accepted)} successes: {texts}{more}",
            *evidence[:_EVIDENCE],
        )


def _find_paths(session: Session, operation: Operation) -> list[dict[str, str]]:
    """Return the path parameters for an operation, or an empty list if it may not be called or nothing exists for it.

    An operation that changes something gets a run of the suite.
    """
    if operation.body is None or not session.offers(operation.id):
        return []
    needed = {each["name"] for each in operation.parameters if each["in"] == "path"}
    if operation.id in CHANGING:
        found = _find_own_run(session, is_failed=operation.id == "retriggerInstance")
    else:
        found = {}
        if "workflowId" in needed and (workflows := list_workflows(session)):
            found["workflowId"] = workflows[0]["workflowId"]
        if "instanceId" in needed and (instances := Lists(session).known().ids):
            found["instanceId"] = instances[0]
    return [{name: found[name] for name in needed}] if needed <= found.keys() else []


def _find_own_run(session: Session, *, is_failed: bool) -> dict[str, str]:
    """Return the ids of a run of the suite, if possible in ERROR if `is_failed`; empty if there is no run."""
    run: Run | None = None
    with suppress(Undecided, NotApplicable):
        run = probe_runs(session)[0][0]
    with suppress(Undecided, NotApplicable):
        run = start_failed(session) if is_failed else run
    return {} if run is None else {"workflowId": run.workflow_id, "instanceId": run.instance_id}
