"""Inputs that lead to ERROR are found among few executions, and runs that were started in vain are aborted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.lifecycle.instance import Instance
from orchestrator_conformance.reference.lifecycle.instance_store import InstanceStore
from orchestrator_conformance.reference.lifecycle.lifecycle import Lifecycle
from orchestrator_conformance.reference.overviews.workflow import Behaviour
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.session.runs.runs import start
from orchestrator_conformance.session.runs.workflow_probing import find_failing, start_failed
from orchestrator_conformance.session.session import Session, Undecided
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.ledger import Ledger


class FailsFor(Lifecycle):
    """Leads runs with one value of one input to ERROR, also if the value is in a nested object."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__()
        self.cause = name, value

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        name, value = self.cause
        inputs = instance.inputs | instance.inputs.get("backup", {})
        if is_first and inputs.get(name) == value and isinstance(inputs[name], type(value)):
            return self.fail(instance, now)
        return super().run_on(instance, now, is_first=is_first)


@contextmanager
def session_with(lifecycle: Lifecycle, behaviour: Behaviour) -> Iterator[tuple[Session, ReferenceBackend]]:
    backend = ReferenceBackend(lifecycle=lifecycle, store=InstanceStore())
    backend.catalogue = {name: replace(each, behaviour=behaviour) for name, each in backend.catalogue.items()}
    contract = load_contract()
    with running_server(create_reference_app(backend=backend)) as url, Target(url) as target:
        yield Session(target, contract, 1, lambda _: True, Ledger(contract), patience=0.2), backend


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("language", "typescript", id="member of an enum"),
        pytest.param("public", True, id="boolean"),
        pytest.param("replicas", 20, id="upper limit"),
        pytest.param("reason", "", id="empty text"),
        pytest.param("enabled", True, id="nested boolean"),
    ],
)
def test_a_value_that_leads_to_error_is_found_and_used(name: str, value: object) -> None:
    with session_with(FailsFor(name, value), Behaviour.COMPLETES) as (session, backend):
        workflow_id, inputs = find_failing(session)
        assert (inputs | inputs.get("backup", {}))[name] == value
        count = len(session.started)
        run = start_failed(session, "component:default/of-the-test")
        # The found inputs are remembered.
        assert len(session.started) == count + 1
        assert (run.workflow_id, run.inputs) == (workflow_id, inputs)
        assert backend.find_instance(run.instance_id).target == "component:default/of-the-test"


def test_the_inputs_of_a_listed_run_in_error_are_tried_first() -> None:
    with session_with(FailsFor("name", "of-another-user"), Behaviour.COMPLETES) as (session, _):
        inputs = {"name": "of-another-user", "language": "java"}
        start(session, "create-service", inputs)
        session.start_exchanges.clear()
        assert find_failing(session) == ("create-service", inputs)


def test_the_search_ends_and_aborts_what_waits() -> None:
    with session_with(Lifecycle(), Behaviour.WAITS) as (session, backend):
        with pytest.raises(Undecided, match="goes to ERROR"):
            find_failing(session)
        count = len(session.started)
        assert count <= 60
        assert sum(not run.is_finished for run in backend.visible_instances()) == len(backend.catalogue)
        with pytest.raises(Undecided, match="goes to ERROR"):
            start_failed(session)
        assert len(session.started) == count
