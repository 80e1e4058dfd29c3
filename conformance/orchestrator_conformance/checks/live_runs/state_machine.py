"""The whole life of a run: whatever is done to it, it moves as it may."""

from __future__ import annotations

from ...lifecycles.run_group import Subject
from ...lifecycles.search import EXAMPLES, find_failure
from ...session.instances import FINISHED, Row
from ...session.runs import Run
from ...session.session import NotApplicable, Session
from ...session.workflow_probing import probe_runs
from ..check import check

_WORKFLOWS = 3
_SLOW = 1.0
_FEWEST, _MOST = 2, 40


@check("ORC-RUN-LIFE-01")
def a_run_moves_as_it_may(session: Session) -> None:
    """Start, abort, retrigger, wait for and read a few runs at once, in sequences that are drawn by the seed."""
    probes = probe_runs(session)
    if all(row.get("state") is None for _, row in probes):
        raise NotApplicable("no run shows a state, as it need not")
    # There is most to be done to runs that do not finish by themselves, and more than a few would take their place.
    lasting = sorted(probes, key=lambda probe: probe[1].get("state") in FINISHED)[:_WORKFLOWS]
    subjects = [Subject(run.workflow_id, _kept_inputs(run, row)) for run, row in lasting]
    failure = find_failure(session, subjects, examples=_choose_examples(session))
    if failure is not None:
        raise failure


def _choose_examples(session: Session) -> int:
    # Each step waits for what it did to show: where that takes seconds, fewer sequences have to do.
    if session.lag > _SLOW:
        return _FEWEST
    return max(EXAMPLES, min(_MOST, session.effort // 10))


def _kept_inputs(run: Run, row: Row) -> frozenset[str]:
    # A workflow may make its inputs over: what a run shows in the end as it was given, it shows all along.
    shown = row.get("workflowdata")
    shown = shown if isinstance(shown, dict) else {}
    return frozenset(name for name, value in run.inputs.items() if name in shown and shown[name] == value)
