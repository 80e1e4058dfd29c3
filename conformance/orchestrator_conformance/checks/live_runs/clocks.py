"""Checks that the times of runs agree with the clock of the target, which the Date header of its answers shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from ...session.lists.instances import FINISHED, Row, read_instant
from ...session.runs.runs import Run, start
from ...session.runs.workflow_probing import find_workflow, start_failed, start_unfinished
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

# Time zones differ by at least fifteen minutes.
_TOLERANCE: Final = timedelta(minutes=5)


@check("ORC-RUN-TIME-03")
def a_run_starts_at_the_time_of_the_target(session: Session) -> None:
    """Start a run, and compare its start with the Date headers of the execution and of the read that shows it."""
    run = start(session, find_workflow(session, lambda _: True, "can be read"))
    _expect_time(session, run, "start", lambda row: row.get("start") is not None)


@check("ORC-RUN-TIME-04")
def a_run_ends_at_the_time_of_the_target(session: Session) -> None:
    """End a run by itself and another by an abort, and compare their ends with the Date headers."""
    runs = [*_start_ending(session), *_start_aborted(session)]
    if not runs:
        raise Undecided("a workflow that may be started and whose run ends or can be aborted")
    for run in runs:
        _expect_time(session, run, "end", lambda row: row.get("state") in FINISHED and row.get("end"))


def _start_ending(session: Session) -> list[Run]:
    try:
        return [start(session, find_workflow(session, _has_ended, "ends"))]
    except Undecided:
        return []


def _has_ended(row: Row) -> bool:
    return row.get("state") in FINISHED and row.get("end") is not None


def _start_aborted(session: Session) -> list[Run]:
    if not session.offers("abortWorkflow"):
        return []
    try:
        run = _start_unfinished(session)
    except Undecided:
        return []
    exchange = session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
    return [run] if exchange.is_success else []


def _start_unfinished(session: Session) -> Run:
    try:
        return start_unfinished(session)
    except Undecided:
        # A run in ERROR is not finished either.
        return start_failed(session)


@check("ORC-RUN-TIME-05")
def steps_take_place_at_the_time_of_the_target(session: Session) -> None:
    """Start a run, and compare the times of its steps with the Date headers of the execution and of the read."""
    run = start(session, find_workflow(session, _has_timed_node, "shows the times of its steps"))
    for field in ("enter", "exit"):
        _expect_time(session, run, field, _has_timed_node)


def _has_timed_node(row: Row) -> bool:
    return any(node.get("enter") is not None for node in row.get("nodes") or [])


def _expect_time(session: Session, run: Run, field: str, is_shown: Callable[[Row], object]) -> None:
    """Raise `Failed` unless `field` of a run or of its steps is between its execution and the first read of it."""
    answer = session.poll(
        lambda: session.try_to_ask("getInstanceById", {"instanceId": run.instance_id}),
        lambda found: found is not None and bool(is_shown(found.value)),
    )
    shown = _list_times(answer.value, field) if answer is not None else []
    if answer is None or not (shown or field == "exit"):
        raise Undecided(f"a run that shows its {field}")
    executed, last = read_date(run.exchange), read_date(answer.exchange)
    if executed is None or last is None:
        raise NotApplicable("the answers have no Date header, which is optional")
    for text in shown:
        instant = read_instant(text)
        if instant is not None and not executed - _TOLERANCE <= instant <= last + _TOLERANCE:
            raise Failed(
                f"{field} of {run.instance_id} between {executed} and {last}, the Date headers of its execution and "
                "of this answer",
                f"{field} {text}",
                run.exchange,
                answer.exchange,
            )


def _list_times(row: Row, field: str) -> list[str]:
    """Return the timestamps in `field` of an instance or, for those of steps, in `field` of its nodes."""
    rows = [row] if field in ("start", "end") else row.get("nodes") or []
    return [each[field] for each in rows if each.get(field) is not None]


def read_date(exchange: Exchange) -> datetime | None:
    """Return the time of the Date header of an answer, or None if it has none."""
    dates = [value for name, value in exchange.response.headers if name.lower() == "date"]
    try:
        stated = parsedate_to_datetime(dates[0]) if dates else None
    except ValueError:
        return None
    # A Date header is in UTC.
    return stated.replace(tzinfo=UTC) if stated is not None and stated.tzinfo is None else stated
