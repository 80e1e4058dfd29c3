"""The check that runs follow the state machine, whatever is done to them."""

from __future__ import annotations

from ...lifecycles.run_group import Subject
from ...lifecycles.search import EXAMPLES, find_failure
from ...session.lists.instances import FINISHED, Row
from ...session.runs.runs import Run
from ...session.runs.workflow_probing import probe_runs
from ...session.session import NotApplicable, Session
from ..check import check

_WORKFLOWS = 3
_SLOW = 1.0
_FEWEST, _MOST = 2, 40


@check("ORC-RUN-LIFE-01")
def a_run_follows_the_state_machine(session: Session) -> None:
    """Start, abort, retrigger, wait for and read a few concurrent runs, in random sequences that the seed decides."""
    probes = probe_runs(session)
    if all(row.get("state") is None for _, row in probes):
        raise NotApplicable("no run shows a state, which is optional")
    # Runs that do not finish by themselves allow the most operations, so they come first in the selection.
    lasting = sorted(probes, key=lambda probe: probe[1].get("state") in FINISHED)[:_WORKFLOWS]
    subjects = [Subject(run.workflow_id, _kept_inputs(run, row)) for run, row in lasting]
    failure = find_failure(session, subjects, examples=_choose_examples(session))
    if failure is not None:
        raise failure


def _choose_examples(session: Session) -> int:
    # Each step waits until its effect is visible. If that takes seconds, fewer sequences are run.
    if session.lag > _SLOW:
        return _FEWEST
    return max(EXAMPLES, min(_MOST, session.effort // 10))


def _kept_inputs(run: Run, row: Row) -> frozenset[str]:
    # A workflow may change its inputs. An input that the settled run shows unchanged is expected in every read.
    shown = row.get("workflowdata")
    shown = shown if isinstance(shown, dict) else {}
    return frozenset(name for name, value in run.inputs.items() if name in shown and shown[name] == value)
