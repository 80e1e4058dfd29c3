"""Checks of the last run and of the run statistics of overviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ...session.lists.comparing import sees_others
from ...session.lists.instances import FINISHED, Listing, Lists, Row, read_instant, texts_of
from ...session.runs.runs import read_overviews
from ...session.session import Absent, Answer, Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from .overviews import ask_overviews

# The cause of every failure that shows a wrong lastTriggeredMs.
NOT_TRIGGERED_THEN: Final = "lastTriggeredMs were another time than the start of the last run"


@check("ORC-WF-LAST-01")
def the_last_run_is_a_run_of_the_workflow(session: Session) -> None:
    """Read the last run of each overview."""
    seen = False
    overviews = read_overviews(ask_overviews(session, {}))
    for row in overviews:
        if not row.get("lastRunId"):
            continue
        answer = session.try_to_ask("getInstanceById", {"instanceId": row["lastRunId"]})
        if answer is None or answer.value.get("processId") is None:
            # A caller without the right to see all instances cannot read a run of another user.
            continue
        seen = True
        run = answer.value
        if run.get("processId") != row["workflowId"]:
            raise Failed(f"a run of {row['workflowId']}", f"a run of {run.get('processId')}", answer.exchange)
        if row.get("lastRunStatus") in FINISHED and run.get("state") not in (None, row["lastRunStatus"]):
            expected = f"the state {row['lastRunStatus']}, as in the overview"
            raise Failed(expected, f"{run.get('state')}", answer.exchange)
    if not seen:
        _expect_last_runs(overviews, Lists(session).known().rows)
        raise Undecided("an overview with a last run that the caller may read")


def _expect_last_runs(overviews: list[Row], rows: list[Row]) -> None:
    """Raise `NotApplicable` if workflows have runs, but no overview names the last one."""
    have_run = set(texts_of(rows, "processId")) & {row["workflowId"] for row in overviews}
    if have_run and not any(row.get("lastRunId") for row in overviews):
        raise NotApplicable("overviews do not name the last run, which is optional")


@check("ORC-WF-LAST-02")
def the_last_run_started_last(session: Session) -> None:
    """Compare the start of each last run with the starts of all instances of the workflow."""
    _compare_last_runs(session, _expect_latest)


@check("ORC-WF-LAST-03")
def last_triggered_is_the_start_of_the_last_run(session: Session) -> None:
    """Compare lastTriggeredMs with the start of each last run, with a tolerance of one second."""
    _compare_last_runs(session, _expect_moment)


def _compare_last_runs(
    session: Session, expect: Callable[[Row, datetime, list[datetime], Exchange], None]
) -> None:
    def compare(whole: Listing, answer: Answer) -> None:
        starts = {row["id"]: read_instant(row.get("start")) for row in whole.rows}
        seen = False
        for overview in read_overviews(answer):
            start = starts.get(overview.get("lastRunId"))
            if start is None:
                # A run of another user, which the caller does not see.
                continue
            seen = True
            own = [starts[row["id"]] for row in whole.rows if row.get("processId") == overview["workflowId"]]
            expect(overview, start, [each for each in own if each is not None], answer.exchange)
        if not seen:
            _expect_last_runs(read_overviews(answer), whole.rows)
            raise Undecided("an overview whose last run is listed")

    Lists(session).agree(lambda: ask_overviews(session, {}), compare)


def _expect_latest(overview: Row, start: datetime, starts: list[datetime], exchange: Exchange) -> None:
    if start != max(starts):
        name = overview["workflowId"]
        raise Failed(
            f"the run of {name} that started at {max(starts)}", f"a run that started at {start}", exchange
        )


def _expect_moment(overview: Row, start: datetime, starts: list[datetime], exchange: Exchange) -> None:
    shown = overview.get("lastTriggeredMs")
    if shown is not None and abs(shown - start.timestamp() * 1000) >= 1000:
        expected = f"lastTriggeredMs {start.timestamp() * 1000:.0f}, which is {start}"
        raise Failed(expected, f"{shown}", exchange, cause=NOT_TRIGGERED_THEN)


@check("ORC-WF-STATS-01")
def statistics_count_the_runs(session: Session) -> None:
    """Compare totalCount and successCount with each workflow's instances."""
    Lists(session).agree(lambda: ask_overviews(session, {}), _expect_counts)


def _expect_counts(whole: Listing, answer: Answer) -> None:
    rows = read_overviews(answer)
    shown = [(row["workflowId"], row["workflowRunStats"]) for row in rows if row.get("workflowRunStats")]
    if not shown:
        raise Absent("workflowRunStats in the overviews", answer.exchange)
    if not sees_others(whole.rows):
        raise Undecided("the permission to see the runs of all users, which the statistics may count")
    # A run that does not show its workflow may count for any.
    unknown = [row.get("state") for row in whole.rows if not row.get("processId")]
    for name, statistics in shown:
        states = [row.get("state") for row in whole.rows if row.get("processId") == name]
        counts = {"totalCount": len(states), "successCount": states.count("COMPLETED")}
        more = {"totalCount": len(unknown), "successCount": unknown.count("COMPLETED")}
        for field, expected in counts.items():
            if field in statistics and not expected <= statistics[field] <= expected + more[field]:
                raise Failed(f"{field} {expected} for {name}", f"{statistics[field]}", answer.exchange)
