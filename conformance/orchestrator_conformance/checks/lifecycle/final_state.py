"""The check that runs last: finished runs have not changed during the whole run of the suite."""

from __future__ import annotations

from ...session.lists.instances import FINISHED
from ...session.runs.runs import start
from ...session.runs.workflow_probing import probe_runs
from ...session.session import Failed, Session, Undecided
from ..check import check


@check("ORC-RUN-STATE-01")
def a_finished_run_does_not_change(session: Session) -> None:
    """Start the workflows of finished runs once more, and read the finished runs again."""
    finished = [(run, row) for run, row in probe_runs(session) if row.get("state") in FINISHED]
    if not finished:
        raise Undecided("a workflow that may be started and whose run finishes")
    for run, _ in finished:
        start(session, run.workflow_id)
    for run, before in finished:
        answer = session.ask("getInstanceById", {"instanceId": run.instance_id})
        for field in ("state", "start", "end", "processId", "workflowdata"):
            if field in before and answer.value.get(field) != before[field]:
                raise Failed(
                    f"{field} {before[field]!r}, as before", f"{answer.value.get(field)!r}", answer.exchange
                )
