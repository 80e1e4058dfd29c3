from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from orchestrator_conformance.reference.errors import ServiceDown, WrongState
from orchestrator_conformance.reference.lifecycle.instance import Instance, RunState
from orchestrator_conformance.reference.lifecycle.lifecycle import Lifecycle
from orchestrator_conformance.reference.overviews.catalogue import load_catalogue

from ..support.reference_api import INPUTS, NOW

CATALOGUE = load_catalogue()
LATER = NOW + timedelta(seconds=10)
LIFECYCLE = Lifecycle(moment=timedelta(seconds=5))


def start(workflow_id: str) -> Instance:
    workflow = CATALOGUE[workflow_id]
    return LIFECYCLE.start(workflow, INPUTS[workflow_id], "user:default/ada", "component:default/shop", NOW)


def test_a_run_completes_immediately() -> None:
    run = start("create-service")
    assert (run.state, run.start, run.end, run.failure) == (RunState.COMPLETED, NOW, NOW, None)
    assert [node.name for node in run.nodes] == ["Start", *CATALOGUE["create-service"].states, "End"]
    assert all(node.exited == NOW for node in run.nodes)
    assert run.workflow_data == {**INPUTS["create-service"], "result": run.result}


def test_a_run_is_active_until_it_is_aborted() -> None:
    run = start("request-access")
    assert (run.state, run.end, run.result) == (RunState.ACTIVE, None, None)
    assert LIFECYCLE.settle(run, NOW + timedelta(days=9)) == run
    assert run.nodes[-1].exited is None
    aborted = LIFECYCLE.abort(run, LATER)
    assert (aborted.state, aborted.end, aborted.nodes[-1].exited) == (RunState.ABORTED, LATER, LATER)


def test_a_run_is_in_error_until_it_is_retriggered() -> None:
    failed = start("provision-database")
    assert (failed.state, failed.end) == (RunState.ERROR, None)
    assert failed.failure is not None
    assert failed.failure.node == failed.nodes[-1].name
    completed = LIFECYCLE.retrigger(failed, LATER)
    assert (completed.id, completed.start) == (failed.id, NOW)
    assert (completed.state, completed.end, completed.failure) == (RunState.COMPLETED, LATER, None)


def test_a_run_completes_after_a_moment() -> None:
    run = start("refresh-search-index")
    due = NOW + timedelta(seconds=5)
    assert LIFECYCLE.settle(run, due - timedelta(milliseconds=1)) == run
    assert run.state is RunState.ACTIVE
    # It completed when it was due, no matter when it is read.
    settled = LIFECYCLE.settle(run, LATER)
    assert (settled.state, settled.end) == (RunState.COMPLETED, due)
    assert LIFECYCLE.settle(settled, LATER) == settled


def test_with_a_moment_of_zero_a_run_completes_immediately() -> None:
    run = Lifecycle().start(CATALOGUE["refresh-search-index"], {}, "user:default/ada", None, NOW)
    assert run.state is RunState.COMPLETED


def test_a_run_cannot_be_started_or_retriggered_while_the_service_is_down() -> None:
    with pytest.raises(ServiceDown):
        start("migrate-repository")
    failed = replace(start("provision-database"), workflow=CATALOGUE["migrate-repository"])
    with pytest.raises(ServiceDown):
        LIFECYCLE.retrigger(failed, LATER)


@pytest.mark.parametrize("workflow_id", ["create-service", "request-access", "refresh-search-index"])
def test_only_a_failed_run_can_be_retriggered(workflow_id: str) -> None:
    with pytest.raises(WrongState, match="only an instance in state ERROR"):
        LIFECYCLE.retrigger(start(workflow_id), LATER)


def test_a_finished_run_cannot_be_aborted() -> None:
    completed = start("create-service")
    aborted = LIFECYCLE.abort(start("request-access"), LATER)
    for finished in (completed, aborted):
        with pytest.raises(WrongState, match="only an unfinished instance"):
            LIFECYCLE.abort(finished, LATER)


@pytest.mark.parametrize("state", [RunState.SUSPENDED, RunState.PENDING])
def test_an_unfinished_run_of_any_state_can_be_aborted(state: RunState) -> None:
    aborted = LIFECYCLE.abort(replace(start("request-access"), state=state), LATER)
    assert (aborted.state, aborted.end) == (RunState.ABORTED, LATER)


def test_an_aborted_run_has_no_failure() -> None:
    aborted = LIFECYCLE.abort(start("provision-database"), LATER)
    assert (aborted.state, aborted.end, aborted.failure) == (RunState.ABORTED, LATER, None)


def test_an_aborted_run_does_not_complete_when_it_is_due() -> None:
    aborted = LIFECYCLE.abort(start("refresh-search-index"), NOW)
    assert LIFECYCLE.settle(aborted, LATER) == aborted


def test_each_run_has_a_unique_id_and_a_history() -> None:
    first, second = start("provision-database"), start("provision-database")
    assert first.id != second.id
    done = LIFECYCLE.retrigger(first, LATER)
    assert [event.message.split()[0] for event in done.events] == [
        "started",
        "failed",
        "retriggered",
        "completed",
    ]


def test_an_input_named_result_is_left_out() -> None:
    run = LIFECYCLE.start(CATALOGUE["refresh-search-index"], {"result": 5}, "user:default/ada", None, NOW)
    assert run.workflow_data == {}
    assert LIFECYCLE.settle(run, LATER).workflow_data["result"]["message"]
