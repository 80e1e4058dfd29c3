"""Checks that aborts and retriggers affect only the run in the path, and nothing if there is no such run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import uuid4

from ...session.lists.instances import FINISHED, Lists, Row
from ...session.runs.effects import ATTEMPTS, Bystanders, expect_no_effect
from ...session.runs.runs import Run, await_state, require_runs
from ...session.runs.workflow_probing import probe_runs, start_failed, start_unfinished
from ...session.session import Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from ..errors.unknown_ids import make_up_workflow

_LONG: Final = 20
# The number of other workflows under whose ids a run is retriggered.
_OTHERS: Final = 3


@check("ORC-RUN-ABORT-06")
def an_abort_has_no_other_effect(session: Session) -> None:
    """Abort runs that do not exist, one that is finished and one that is not, while runs in several states exist."""
    runs = _start_bystanders(session)
    own = [run for run, _ in probe_runs(session)]
    finished = [run.instance_id for run in _find_finished(session)]
    # One for each time that the requests are sent, because only the first abort of a run is accepted.
    spare = [run.instance_id for _ in range(ATTEMPTS) for run in _try(start_unfinished, session)]
    # Other requirements decide whether these runs themselves change.
    concerned = {*finished, *spare}

    def abort_each() -> list[Exchange]:
        ids = [*_ids_like_none(runs or own), *finished, *([spare.pop()] if spare else [])]
        return [session.call("abortWorkflow", {"instanceId": each}, is_good=False) for each in ids]

    workflows = {run.workflow_id for run in own}
    cause = "an abort concerned other runs than the one in the path"
    bystanders = Bystanders(runs, workflows, concerned=concerned)
    expect_no_effect(session, abort_each, bystanders, cause)


@check("ORC-RUN-RETRY-05")
def a_retrigger_of_no_failed_run_has_no_other_effect(session: Session) -> None:
    """Retrigger runs that do not exist, are finished or unfinished, also under the id of another workflow."""
    runs = _start_bystanders(session)
    own = runs or [run for run, _ in probe_runs(session)][:1]
    # A backend may start the workflow in the path by mistake.
    names = sorted({run.workflow_id for run in own} | set(require_runs(session)))
    # Other requirements decide whether these runs themselves change.
    concerned = [*_find_finished(session), *_try(start_unfinished, session)]
    pairs = [(own[0].workflow_id, each) for each in _ids_like_none(own)]
    pairs += [(run.workflow_id, run.instance_id) for run in concerned]
    pairs += [(_another(names, run.workflow_id), run.instance_id) for run in concerned]

    def retrigger_each() -> list[Exchange]:
        return [_retrigger(session, name, each) for name, each in pairs]

    cause = "the retrigger of a run that is not in ERROR concerned other runs"
    bystanders = Bystanders(runs, set(names), concerned={run.instance_id for run in concerned})
    expect_no_effect(session, retrigger_each, bystanders, cause)


@check("ORC-RUN-RETRY-06")
def a_retrigger_under_another_workflow_has_no_effect(session: Session) -> None:
    """Retrigger a run in ERROR under the ids of other and unknown workflows, while another run in ERROR exists."""
    failed, bystander = start_failed(session), start_failed(session)
    names = [name for name in require_runs(session) if name != failed.workflow_id]
    names = [*names[:_OTHERS], make_up_workflow(session)]

    def retrigger_each() -> list[Exchange]:
        return [_retrigger(session, name, failed.instance_id) for name in names]

    def is_accepted(exchanges: Sequence[Exchange]) -> bool:
        # Whether the workflow in the path is ignored is left open. If it is, the run itself continues.
        return any(each.is_success for each in exchanges)

    bystanders = Bystanders((failed, bystander), {*names, failed.workflow_id})
    cause = "the retrigger of a run under another workflow concerned that workflow"
    expect_no_effect(session, retrigger_each, bystanders, cause, may_change=is_accepted)


@check("ORC-RUN-RETRY-07")
def a_retrigger_starts_no_run(session: Session) -> None:
    """Retrigger a run in ERROR that has its own target entity, and look for new runs."""
    entity = f"component:default/conformance-retried-{uuid4().hex[:8]}"

    def start_one() -> Run:
        run = start_failed(session, entity)
        session.poll(lambda: run.instance_id in Lists(session).all().ids, bool)
        return run

    runs = [start_one() for _ in range(ATTEMPTS)]

    def retrigger_next() -> list[Exchange]:
        run = runs.pop()
        return [_retrigger(session, run.workflow_id, run.instance_id)]

    bystanders = Bystanders((), {runs[0].workflow_id}, {entity})
    expect_no_effect(session, retrigger_next, bystanders, "a retrigger started the workflow again")


def _retrigger(session: Session, workflow_id: str, instance_id: str) -> Exchange:
    path = {"workflowId": workflow_id, "instanceId": instance_id}
    return session.call("retriggerInstance", path, body={}, is_good=False)


def _start_bystanders(session: Session) -> list[Run]:
    """Start an unfinished run and one in ERROR, as far as possible."""
    return [*_try(start_failed, session), *_try(start_unfinished, session)]


def _try(make: Callable[[Session], Run], session: Session) -> list[Run]:
    """Return the run that `make` starts, or an empty list if it cannot."""
    try:
        return [make(session)]
    except Undecided:
        return []


def _find_finished(session: Session) -> list[Run]:
    """Return up to one finished run of the suite, whose row has its end."""

    def has_ended(row: Row) -> bool:
        return row.get("state") in FINISHED and bool(row.get("end"))

    finished = [run for run, row in probe_runs(session) if row.get("state") in FINISHED][:1]
    return [run for run in finished if has_ended(await_state(session, run, has_ended) or {})]


def _ids_like_none(runs: list[Run]) -> list[str]:
    """Return ids that belong to no instance: a made-up UUID, and ids similar to those of runs of the suite.

    A part of a short id may belong to a run that the suite did not start, so only long ids are cut.
    """
    ids = [run.instance_id for run in runs]
    cut = [each[:-1] for each in ids if len(each) >= _LONG]
    return [str(uuid4()), *cut, *(f"{each}-0" for each in ids)]


def _another(names: list[str], name: str) -> str:
    return next((each for each in names if each != name), name)
