"""Checks that read finished instances and newly started runs repeatedly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ...session.lists.instances import FINISHED, Lists, Row, read_instant
from ...session.runs.runs import await_state, require_runs, start
from ...session.runs.workflow_probing import find_runs, find_workflow
from ...session.session import Answer, Failed, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from ..filters.fields import where
from ..listing import expect_order
from .clocks import read_date

_READ_SINGLY = 4
# The fields of a finished instance that are compared. Its nodes may be in any order.
_FIELDS = (
    "id",
    "processId",
    "processName",
    "version",
    "state",
    "start",
    "end",
    "duration",
    "initiatorEntity",
    "targetEntity",
    "workflowdata",
    "error",
)
# The tolerance for clocks that are wrong.
_SKEW = timedelta(days=1)


@check("ORC-INST-READ-01")
def a_finished_instance_reads_the_same(session: Session) -> None:
    """Read finished instances until two consecutive reads agree."""
    rows = [row for row in Lists(session).known().rows if row.get("state") in FINISHED]
    if not rows:
        raise Undecided("instances that are COMPLETED or ABORTED")
    for row in rows[:: max(1, len(rows) // _READ_SINGLY)]:
        _expect_same_reads(session, row["id"])


def _expect_same_reads(session: Session, instance_id: str) -> None:
    reads = [session.try_to_ask("getInstanceById", {"instanceId": instance_id})]

    def read_again() -> bool:
        reads.append(session.try_to_ask("getInstanceById", {"instanceId": instance_id}))
        return reads[-1] is not None and reads[-2] is not None and _content(reads[-1]) == _content(reads[-2])

    if session.poll(read_again, bool):
        return
    before, after = reads[-2:]
    if before is None or after is None:
        # ORC-INST-LIST-03 decides whether a listed instance can be read.
        raise Undecided("a finished instance that can be read twice")
    first, second = _content(before), _content(after)
    field = next(name for name in first if first[name] != second[name])
    expected = f"{field} {first[field]!r} of {instance_id}, as in the read before"
    raise Failed(expected, f"{second[field]!r}", before.exchange, after.exchange)


def _content(answer: Answer) -> Row:
    nodes = sorted(str(node.get("id")) for node in answer.value.get("nodes") or [])
    return {**{name: answer.value.get(name) for name in _FIELDS}, "nodes": nodes}


@check("ORC-FILT-EQ-07")
def a_started_run_is_found_by_its_id(session: Session) -> None:
    """Start a run and, once it is listed, filter by the id that execute returned, with EQ and with IN."""
    run = start(session, find_workflow(session, lambda _: True, "can be read"))
    run_id = run.instance_id
    listed = session.poll(lambda: Lists(session).all().ids, lambda ids: run_id in ids)
    if run_id not in listed:
        raise Undecided("a run that is listed")
    for condition in (where("id", "EQ", run_id), where("id", "IN", [run_id])):

        def find(condition: Row = condition) -> tuple[list[str], Exchange]:
            listing = Lists(session).ask({"filters": condition})
            return listing.ids, listing.exchange

        found, exchange = session.poll(find, lambda answer: answer[0] == [run_id])
        if found != [run_id]:
            raise Failed(
                f"only {run_id}, filtered by its id", f"{len(found)} instances: {found[:3]}", exchange
            )


@check("ORC-RUN-TIME-02")
def a_run_ends_after_it_starts(session: Session) -> None:
    """Read the start and the end of a run of each workflow."""
    require_runs(session)
    ended = [(run, row) for run, row in find_runs(session) if row.get("start") and row.get("end")]
    if not ended:
        raise Undecided("a workflow that may be started and whose run ends")
    for run, row in ended:
        expect_order(row, run.exchange)


@check("ORC-RUN-TIME-01")
def a_run_starts_when_it_was_started(session: Session) -> None:
    """Start a run, and compare its start with the clock of the target, or with the local clock."""
    run = start(session, find_workflow(session, lambda _: True, "can be read"))
    row = await_state(session, run, lambda each: read_instant(each.get("start")) is not None) or {}
    begun = read_instant(row.get("start"))
    if begun is None:
        raise Undecided("a run that shows its start")
    executed = read_date(run.exchange) or datetime.now(UTC)
    if abs(begun - executed) > _SKEW:
        raise Failed(f"a start within {_SKEW.days} day of {executed}", f"start {row['start']}", run.exchange)
