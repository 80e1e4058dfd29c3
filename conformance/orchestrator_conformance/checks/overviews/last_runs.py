"""What overviews say of the runs: the last one, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ...session.instances import FINISHED, Listing, Lists, Row, read_instant, sees_others
from ...session.session import Absent, Answer, Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from .overviews import ask_overviews


@check("ORC-WF-LAST-01")
def the_last_run_is_a_run_of_the_workflow(session: Session) -> None:
    """Read the last run of each overview."""
    seen = False
    overviews = ask_overviews(session, {}).value.get("overviews") or []
    for row in overviews:
        if not row.get("lastRunId"):
            continue
        answer = session.try_to_ask("getInstanceById", {"instanceId": row["lastRunId"]})
        if answer is None:
            # Whoever lacks the right to see all instances cannot read another's run.
            continue
        seen = True
        run = answer.value
        if run.get("processId") != row["workflowId"]:
            raise Failed(f"a run of {row['workflowId']}", f"one of {run.get('processId')}", answer.exchange)
        if row.get("lastRunStatus") in FINISHED and run.get("state") != row["lastRunStatus"]:
            found = f"{run.get('state')}"
            raise Failed(f"the state {row['lastRunStatus']}, as the overview says", found, answer.exchange)
    if not seen:
        _expect_last_runs(overviews, Lists(session).known().rows)
        raise Undecided("an overview with a last run that the caller may read")


def _expect_last_runs(overviews: list[Row], rows: list[Row]) -> None:
    """Raise `NotApplicable` where workflows have runs and no overview says which was the last."""
    have_run = {row["processId"] for row in rows} & {row["workflowId"] for row in overviews}
    if have_run and not any(row.get("lastRunId") for row in overviews):
        raise NotApplicable("overviews do not say which run was the last, as they need not")


@check("ORC-WF-LAST-02")
def the_last_run_started_last(session: Session) -> None:
    """Compare the start of each last run with those of all instances of the workflow."""
    _compare_last_runs(session, _expect_latest)


@check("ORC-WF-LAST-03")
def the_last_run_started_then(session: Session) -> None:
    """Compare lastTriggeredMs with the start of each last run, to the second."""
    _compare_last_runs(session, _expect_moment)


def _compare_last_runs(
    session: Session, expect: Callable[[Row, datetime, list[datetime], Exchange], None]
) -> None:
    def compare(whole: Listing, answer: Answer) -> None:
        starts = {row["id"]: read_instant(row.get("start")) for row in whole.rows}
        seen = False
        for overview in answer.value.get("overviews") or []:
            start = starts.get(overview.get("lastRunId"))
            if start is None:
                # Another's run, which the caller does not see.
                continue
            seen = True
            own = [starts[row["id"]] for row in whole.rows if row["processId"] == overview["workflowId"]]
            expect(overview, start, [each for each in own if each is not None], answer.exchange)
        if not seen:
            _expect_last_runs(answer.value.get("overviews") or [], whole.rows)
            raise Undecided("an overview whose last run is listed")

    Lists(session).agree(lambda: ask_overviews(session, {}), compare)


def _expect_latest(overview: Row, start: datetime, starts: list[datetime], exchange: Exchange) -> None:
    if start != max(starts):
        name = overview["workflowId"]
        raise Failed(
            f"the run of {name} that started at {max(starts)}", f"one that started at {start}", exchange
        )


def _expect_moment(overview: Row, start: datetime, starts: list[datetime], exchange: Exchange) -> None:
    told = overview.get("lastTriggeredMs")
    if told is not None and abs(told - start.timestamp() * 1000) >= 1000:
        raise Failed(f"lastTriggeredMs {start.timestamp() * 1000:.0f}, which is {start}", f"{told}", exchange)


@check("ORC-WF-STATS-01")
def statistics_count_the_runs(session: Session) -> None:
    """Compare totalCount and successCount with each workflow's instances."""
    Lists(session).agree(lambda: ask_overviews(session, {}), _expect_counts)


def _expect_counts(whole: Listing, answer: Answer) -> None:
    rows = answer.value.get("overviews") or []
    told = [(row["workflowId"], row["workflowRunStats"]) for row in rows if row.get("workflowRunStats")]
    if not told:
        raise Absent("workflowRunStats in the overviews", answer.exchange)
    if not sees_others(whole.rows):
        raise Undecided("the right to see everybody's runs, which the figures may count")
    for name, statistics in told:
        states = [row.get("state") for row in whole.rows if row["processId"] == name]
        counts = {"totalCount": len(states), "successCount": states.count("COMPLETED")}
        for field, expected in counts.items():
            if field in statistics and statistics[field] != expected:
                raise Failed(f"{field} {expected} for {name}", f"{statistics[field]}", answer.exchange)
