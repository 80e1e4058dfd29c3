"""Aborting and retriggering: what becomes of the run, and that nothing becomes of any other."""

from __future__ import annotations

from ..exchange import Exchange
from ..instances import FINISHED, Lists, Row
from ..runs import Run, await_state, find_workflow, read, start, start_failed, start_unfinished
from ..session import Failed, Session, Undecided
from . import check

_FIELDS = ("state", "end", "start", "processId")


def _abort(session: Session, run: Run) -> Exchange:
    return session.ask("abortWorkflow", {"instanceId": run.instance_id}).exchange


def _retrigger(session: Session, run: Run) -> Exchange:
    path = {"workflowId": run.workflow_id, "instanceId": run.instance_id}
    return session.ask("retriggerInstance", path, body={}).exchange


def _expect_unchanged(session: Session, before: Row, exchange: Exchange) -> None:
    # A change may take a while to show; not for ever, where the point is that there is none.
    def read_fields() -> dict[str, object]:
        row = read(session, before["id"]) or {}
        return {field: row.get(field) for field in _FIELDS}

    expected = {field: before.get(field) for field in _FIELDS}
    found = session.watch(read_fields, lambda fields: fields != expected)
    if found != expected:
        raise Failed(f"{before['id']} as before: {expected}", f"{found}", exchange)


def _finished_rows(session: Session) -> dict[str, object]:
    return {row["id"]: row["state"] for row in Lists(session).all().rows if row.get("state") in FINISHED}


@check("ORC-RUN-ABORT-01")
def an_abort_ends_the_run(session: Session) -> None:
    """Abort a run that is unfinished, and wait for ABORTED and an end."""
    run = start_unfinished(session)
    exchange = _abort(session, run)
    row = (
        await_state(session, run, lambda each: each.get("state") == "ABORTED" and bool(each.get("end"))) or {}
    )
    if row.get("state") == "COMPLETED":
        raise Undecided("a run that is unfinished when the abort comes")
    if row.get("state") != "ABORTED" or not row.get("end"):
        found = f"{row.get('state')} with end {row.get('end')} after {session.patience:g} s"
        raise Failed("state ABORTED, with an end", found, exchange)


@check("ORC-RUN-ABORT-02")
def an_abort_spares_the_others(session: Session) -> None:
    """Abort one of two runs of a workflow, and look at the other and at all that have finished."""
    run, other = start_unfinished(session), start_unfinished(session)
    finished = _finished_rows(session)
    exchange = _abort(session, run)
    row = session.watch(
        lambda: read(session, other.instance_id) or {}, lambda each: each.get("state") == "ABORTED"
    )
    if row.get("state") == "ABORTED":
        raise Failed(f"{other.instance_id} unfinished", "ABORTED, like the one that was aborted", exchange)
    now = _finished_rows(session)
    changed = sorted(each for each in finished if now.get(each) != finished[each])
    if changed:
        raise Failed(
            "finished instances as before", f"{len(changed)} changed, such as {changed[0]}", exchange
        )


@check("ORC-RUN-ABORT-03")
def an_abort_leaves_a_finished_run_alone(session: Session) -> None:
    """Abort a run that has COMPLETED, or been ABORTED; what that answers is left open."""
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
def a_retriggered_run_runs_on(session: Session) -> None:
    """Retrigger a run in ERROR, and wait until it has left that state, or has visibly been there anew."""
    run = start_failed(session)
    before = read(session, run.instance_id)
    exchange = _retrigger(session, run)
    row = await_state(session, run, lambda each: each.get("state") != "ERROR" or each != before)
    if row is None or row == before:
        raise Failed("a run that goes on", f"ERROR, unchanged after {session.patience:g} s", exchange)


@check("ORC-RUN-RETRY-02")
def a_retrigger_spares_the_others(session: Session) -> None:
    """Retrigger one of two runs in ERROR, and look at the other."""
    run, other = start_failed(session), start_failed(session)
    before = read(session, other.instance_id)
    if before is None:
        raise Undecided("a run in ERROR that can be read")
    exchange = _retrigger(session, run)
    _expect_unchanged(session, before, exchange)
