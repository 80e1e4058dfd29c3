"""Checks that the lists show a run that has changed in its current state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...session.lists.instances import FINISHED, Listing, Lists, Row, make_listing
from ...session.runs.runs import Run, await_state
from ...session.runs.workflow_probing import probe_runs, start_failed, start_unfinished
from ...session.session import Failed, Session, Undecided
from ...target.exchange import Exchange
from ..check import check
from ..filters.fields import where


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """A run, and a list that shows it in a wrong state or not at all."""

    run: Run
    place: str
    expected: str
    found: object
    exchange: Exchange


@check("ORC-RUN-LIST-01")
def lists_show_the_current_state(session: Session) -> None:
    """Complete, abort and retrigger runs, and compare their states in every list that contains them."""
    settled = _finish_runs(session)
    if not settled:
        raise Undecided("a workflow that may be started and whose run finishes or can be aborted")
    found = session.poll(lambda: _find_disagreement(session, settled), lambda each: each is None)
    if found is not None:
        run_id = found.run.instance_id
        raise Failed(
            f"{run_id} in state {found.expected} {found.place}, as when it is read by its id",
            f"{found.found}",
            found.exchange,
        )


def _finish_runs(session: Session) -> dict[str, tuple[Run, str]]:
    """Return finished runs of the suite by id, each with its final state."""
    completed = [run for run, row in probe_runs(session) if row.get("state") == "COMPLETED"]
    runs = [run for run in completed[:1] if _is_listed(session, run)]
    if session.offers("abortWorkflow"):
        runs += _after("abortWorkflow", session)
    if session.offers("retriggerInstance"):
        runs += _after("retriggerInstance", session)
    settled = {}
    for run in runs:
        row = await_state(session, run, lambda each: each.get("state") in FINISHED) or {}
        if row.get("state") in FINISHED:
            settled[run.instance_id] = (run, row["state"])
    return settled


def _after(operation_id: str, session: Session) -> list[Run]:
    try:
        run = start_unfinished(session) if operation_id == "abortWorkflow" else start_failed(session)
    except Undecided:
        return []
    path = {"instanceId": run.instance_id}
    if operation_id == "retriggerInstance":
        path["workflowId"] = run.workflow_id
    body: Row | None = {} if operation_id == "retriggerInstance" else None
    # The lists have to show the run before it changes, so that a list which does not update it is found.
    if not _is_listed(session, run):
        return []
    exchange = session.call(operation_id, path, body=body, is_good=False)
    return [run] if exchange.is_success else []


def _is_listed(session: Session, run: Run) -> bool:
    """Wait until the lists contain the run, and return whether they do, which another check decides."""

    def is_listed() -> bool:
        own = _list_own(session, run)
        lists = [Lists(session).all(), *([own] if own else [])]
        return all(run.instance_id in each.ids for each in lists)

    return session.poll(is_listed, bool)


def _list_own(session: Session, run: Run) -> Listing | None:
    """Return the list of the workflow of a run, or None if the target refuses it, which another check reports."""
    try:
        return Lists(session, run.workflow_id).all()
    except Failed:
        return None


def _find_disagreement(session: Session, settled: Mapping[str, tuple[Run, str]]) -> _Disagreement | None:
    everything = Lists(session).all()
    shown = {row["id"]: row for row in everything.rows}
    for run_id, (run, state) in settled.items():
        own = _list_own(session, run)
        own_shown = {row["id"]: row for row in own.rows} if own else {}
        by_id = _filter(session, where("id", "EQ", run_id))
        places = [("in the list", shown.get(run_id, {}), everything.exchange)]
        if own is not None:
            places += [(f"in the list of {run.workflow_id}", own_shown.get(run_id, {}), own.exchange)]
        if by_id is not None:
            places += [
                ("in the list by id", row, by_id.exchange) for row in by_id.rows if row["id"] == run_id
            ]
        for place, row, exchange in places:
            # The state is optional in a list.
            if row.get("state", state if row else None) != state:
                return _Disagreement(run, place, state, row.get("state", "not listed"), exchange)
        if missed := _find_missing(session, run, state, shown):
            return missed
    return None


def _find_missing(session: Session, run: Run, state: str, shown: Mapping[str, Row]) -> _Disagreement | None:
    """Return a disagreement if a filter on the state of the run lists all other instances in it, but not the run."""
    answer = _filter(session, where("state", "EQ", state), 2 * len(shown))
    if answer is None or shown[run.instance_id].get("state") is None:
        return None
    listed = {row["id"] for row in answer.rows}
    others = {
        each for each, row in shown.items() if row.get("state") == state and each not in session.started
    }
    if others and others <= listed and run.instance_id not in listed:
        place = f"in the list by state {state}"
        return _Disagreement(
            run, place, state, "not listed, but all others in that state are", answer.exchange
        )
    return None


def _filter(session: Session, condition: Row, page_size: int = 1) -> Listing | None:
    """Return the filtered list, or None if it is refused, which the requirement on the filter covers."""
    body = {"filters": condition, "paginationInfo": {"offset": 0, "pageSize": page_size}}
    exchange = session.call("getInstances", body=body, is_good=False)
    if not exchange.is_success:
        return None
    return make_listing(session.read(exchange), exchange)
