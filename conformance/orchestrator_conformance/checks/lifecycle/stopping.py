"""Checks of aborting and retriggering: their effect on the run, and that no other run changes."""

from __future__ import annotations

from ...session.lists.instances import FINISHED, NO_END, Lists, Row
from ...session.runs.runs import Run, await_state, read, start
from ...session.runs.workflow_probing import (
    find_workflow,
    probe_runs,
    start_failed,
    start_passing,
    start_unfinished,
)
from ...session.session import Failed, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

_FIELDS = ("state", "end", "start", "processId")


def _abort(session: Session, run: Run) -> Exchange:
    # The run may finish by itself before the abort. What the abort then answers is left open.
    exchange = session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
    status = exchange.response.status
    if status in (401, 403):
        raise Undecided(f"the permission for abortWorkflow (status {status})")
    if not 200 <= status <= 299:
        row = await_state(session, run, lambda each: each.get("state") in FINISHED) or {}
        if row.get("state") in FINISHED:
            raise Undecided("a run that is unfinished when it is aborted")
        raise Failed("status 200 for the abort of an unfinished run", f"status {status}", exchange)
    return exchange


def _retrigger(session: Session, run: Run) -> Exchange:
    path = {"workflowId": run.workflow_id, "instanceId": run.instance_id}
    return session.ask("retriggerInstance", path, body={}).exchange


def _expect_unchanged(session: Session, before: Row, exchange: Exchange) -> None:
    # A change may become visible late, so the run is watched for a limited time.
    def read_fields() -> dict[str, object]:
        row = read(session, before["id"]) or {}
        return {field: row.get(field) for field in _FIELDS}

    expected = {field: before.get(field) for field in _FIELDS}
    found = session.watch(read_fields, lambda fields: fields != expected)
    if found != expected:
        # A delayed read may show an older version of the run. The current version follows soon.
        found = session.poll(read_fields, lambda fields: fields == expected)
    if found != expected:
        operation = "an abort" if exchange.operation_id == "abortWorkflow" else "a retrigger"
        cause = f"{operation} changed a run that it must not change"
        raise Failed(f"{before['id']} as before: {expected}", f"{found}", exchange, cause=cause)


def _not_aborted(session: Session, row: Row, exchange: Exchange) -> Failed:
    found = f"{row.get('state')} with end {row.get('end')} after {session.patience:g} s"
    cause = NO_END if row.get("state") == "ABORTED" else "an abort did nothing"
    return Failed("state ABORTED, with an end", found, exchange, cause=cause)


def _finished_rows(session: Session) -> dict[str, object]:
    return {row["id"]: row["state"] for row in Lists(session).all().rows if row.get("state") in FINISHED}


@check("ORC-RUN-ABORT-01")
def an_abort_ends_the_run(session: Session) -> None:
    """Abort an unfinished run, and wait until it is ABORTED and has an end."""
    run = start_unfinished(session)
    exchange = _abort(session, run)
    row = (
        await_state(session, run, lambda each: each.get("state") == "ABORTED" and bool(each.get("end"))) or {}
    )
    if row.get("state") == "COMPLETED":
        raise Undecided("a run that is unfinished when it is aborted")
    if row.get("state") != "ABORTED" or not row.get("end"):
        raise _not_aborted(session, row, exchange)


@check("ORC-RUN-ABORT-02")
def an_abort_changes_no_other_run(session: Session) -> None:
    """Abort one of two unfinished runs, and check the other one and all finished instances."""
    run, other = start_unfinished(session), start_unfinished(session)
    finished = _finished_rows(session)
    exchange = _abort(session, run)
    row = session.watch(
        lambda: read(session, other.instance_id) or {}, lambda each: each.get("state") == "ABORTED"
    )
    if row.get("state") == "ABORTED":
        raise Failed(
            f"{other.instance_id} unfinished, because only {run.instance_id} was aborted",
            "it is ABORTED too",
            exchange,
            cause="an abort ended every run of the workflow",
        )
    now = _finished_rows(session)
    changed = sorted(each for each in finished if now.get(each) != finished[each])
    if changed:
        raise Failed(
            "finished instances in the same state as before",
            f"{len(changed)} changed, such as {changed[0]}",
            exchange,
        )


@check("ORC-RUN-ABORT-03")
def an_abort_does_not_change_a_finished_run(session: Session) -> None:
    """Abort a run that is COMPLETED or ABORTED already; the answer is left open."""
    try:
        name = find_workflow(session, lambda row: row.get("state") == "COMPLETED", "completes")
        run = start(session, name)
    except Undecided:
        run = start_unfinished(session)
        _abort(session, run)
    before = await_state(session, run, lambda row: row.get("state") in FINISHED and bool(row.get("end")))
    if before is None or before.get("state") not in FINISHED:
        raise Undecided("a run that finishes")
    exchange = session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
    _expect_unchanged(session, before, exchange)


@check("ORC-RUN-RETRY-01")
def a_retriggered_run_continues(session: Session) -> None:
    """Retrigger a run in ERROR, and wait until it leaves that state or visibly enters it again."""
    run = start_failed(session)
    before = read(session, run.instance_id)
    exchange = _retrigger(session, run)
    row = await_state(session, run, lambda each: each.get("state") != "ERROR" or each != before)
    if row is None or row == before:
        found = f"ERROR, unchanged after {session.patience:g} s"
        raise Failed("a run that continues", found, exchange, cause="a retrigger did nothing")
    if row.get("state") == "ABORTED":
        raise Failed("a run that continues", "state ABORTED", exchange, cause="a retrigger aborted the run")


@check("ORC-RUN-RETRY-02")
def a_retrigger_changes_no_other_run(session: Session) -> None:
    """Retrigger one of two runs in ERROR, and check the other one."""
    run, other = start_failed(session), start_failed(session)
    before = read(session, other.instance_id)
    if before is None:
        raise Undecided("a run in ERROR that can be read")
    exchange = _retrigger(session, run)
    _expect_unchanged(session, before, exchange)


@check("ORC-RUN-ABORT-04")
def an_aborted_run_does_not_complete(session: Session) -> None:
    """Abort a run that would complete by itself, and read it until after the time at which it would have completed."""
    run, moment = start_passing(session)
    exchange = _abort(session, run)
    row = await_state(session, run, lambda each: each.get("state") in FINISHED) or {}
    if row.get("state") != "ABORTED":
        raise Undecided("a run that is aborted before it completes")
    late = session.poll(lambda: read(session, run.instance_id) or {}, _is_completed, moment * 1.5)
    if _is_completed(late):
        raise Failed("state ABORTED permanently", f"state {late.get('state')} after a while", exchange)


def _is_completed(row: Row) -> bool:
    return row.get("state") == "COMPLETED"


@check("ORC-RUN-ABORT-05")
def a_run_in_error_can_be_aborted(session: Session) -> None:
    """Abort a run in ERROR, which is unfinished, and wait until it is ABORTED and has an end."""
    run = start_failed(session)
    exchange = _abort(session, run)
    row = (
        await_state(session, run, lambda each: each.get("state") == "ABORTED" and bool(each.get("end"))) or {}
    )
    if row.get("state") != "ABORTED" or not row.get("end"):
        raise _not_aborted(session, row, exchange)


@check("ORC-RUN-RETRY-03")
def a_retriggered_run_is_the_same_run(session: Session) -> None:
    """Retrigger a run in ERROR, and compare the values that it was started with."""
    run = start_failed(session)
    before = await_state(session, run, lambda each: each.get("state") == "ERROR") or {}
    if not before:
        raise Undecided("a run in ERROR that can be read")
    exchange = _retrigger(session, run)
    after = await_state(session, run, lambda each: each != before) or {}
    for field in ("id", "processId", "start", "targetEntity", "initiatorEntity"):
        if after.get(field) != before.get(field):
            raise Failed(f"{field} {before.get(field)!r}, as before", f"{after.get(field)!r}", exchange)
    shown, known = after.get("workflowdata") or {}, before.get("workflowdata") or {}
    for name in run.inputs:
        if name in known and shown.get(name) != known[name]:
            raise Failed(f"input {name} {known[name]!r}, as before", f"{shown.get(name)!r}", exchange)


@check("ORC-RUN-RETRY-04")
def a_retrigger_does_not_change_a_finished_run(session: Session) -> None:
    """Retrigger a run that is ABORTED and one that is COMPLETED; the answer is left open."""
    run = start_unfinished(session)
    _abort(session, run)
    for finished in [run, *(each for each, row in probe_runs(session) if row.get("state") == "COMPLETED")][
        :2
    ]:
        before = await_state(
            session, finished, lambda row: row.get("state") in FINISHED and bool(row.get("end"))
        )
        if before is None or before.get("state") not in FINISHED:
            raise Undecided("a run that finishes")
        path = {"workflowId": finished.workflow_id, "instanceId": finished.instance_id}
        exchange = session.call("retriggerInstance", path, body={}, is_good=False)
        _expect_unchanged(session, before, exchange)
