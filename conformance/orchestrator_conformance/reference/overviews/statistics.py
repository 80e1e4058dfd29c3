"""Statistics on the runs of a workflow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..lifecycle.instance import Instance, RunState

MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RunStatistics:
    """The statistics of one workflow.

    - `total`, `succeeded`, `failed`: the number of all runs, of COMPLETED runs, and of runs in ERROR.
    - `last_month`: the number of runs that started in the last 30 days.
    - `success_ratio`: `succeeded` divided by `total`, 0 to 1, or `None` without runs.
    - `average_milliseconds`: the mean time from start to end of the COMPLETED runs, or `None` if there are none.
    """

    total: int
    succeeded: int
    failed: int
    last_month: int
    success_ratio: float | None
    average_milliseconds: float | None


def run_statistics(runs: Sequence[Instance], now: datetime) -> RunStatistics:
    """Return the statistics on `runs`, which all belong to one workflow, at the time `now`."""
    completed = [run for run in runs if run.state is RunState.COMPLETED]
    lengths = [run.length.total_seconds() * 1000 for run in completed if run.length is not None]
    return RunStatistics(
        total=len(runs),
        succeeded=len(completed),
        failed=sum(run.state is RunState.ERROR for run in runs),
        last_month=sum(now - MONTH <= run.start <= now for run in runs),
        success_ratio=len(completed) / len(runs) if runs else None,
        average_milliseconds=sum(lengths) / len(lengths) if lengths else None,
    )


def latest_run(runs: Sequence[Instance]) -> Instance | None:
    """Return the run that started last, or `None` without runs. Ties go to the greatest id."""
    return max(runs, key=lambda run: (run.start, run.id), default=None)
