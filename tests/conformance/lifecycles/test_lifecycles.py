"""The model of a run, the generated steps, and the failure that is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.lifecycles.run_group import Subject
from orchestrator_conformance.lifecycles.run_model import RunModel
from orchestrator_conformance.lifecycles.search import find_failure
from orchestrator_conformance.lifecycles.steps import Step, shrink
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.lifecycle.instance import Instance, RunState
from orchestrator_conformance.reference.lifecycle.lifecycle import Lifecycle
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.session.runs.runs import Run
from orchestrator_conformance.session.session import Failed, Session, Undecided
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.target import Target, TargetLost
from orchestrator_conformance.verdict.ledger import Ledger
from starlette.types import ASGIApp

from ..support.targets import DiesAfter, Recorder

EXCHANGE = Exchange(
    "executeWorkflow", Request("POST", "/x", (), b""), Response(200, (), b'{"id": "1"}'), True
)
RUN = Run("w", "1", {"name": "a"}, "", EXCHANGE)
ACTIVE = {"id": "1", "processId": "w", "state": "ACTIVE", "start": "2026-01-01T00:00:00Z"}
DONE = {**ACTIVE, "state": "COMPLETED", "end": "2026-01-01T00:00:01Z"}
SUBJECTS = [
    Subject("request-access", frozenset()),
    Subject("provision-database", frozenset({"engine"})),
    Subject("create-service", frozenset()),
]


@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        (ACTIVE, ACTIVE, True),
        (ACTIVE, {**ACTIVE, "state": "ERROR"}, True),
        ({**ACTIVE, "state": "ERROR", "end": "2026-01-01T00:00:01Z"}, ACTIVE, True),
        ({**ACTIVE, "state": "SUSPENDED"}, {**ACTIVE, "state": "PENDING"}, True),
        (ACTIVE, DONE, True),
        ({"id": "1", "processId": "w"}, DONE, True),
        (ACTIVE, {**ACTIVE, "workflowdata": {"name": "a"}}, True),
        ({**ACTIVE, "workflowdata": {"name": "a"}}, ACTIVE, True),
        (DONE, ACTIVE, False),
        (DONE, {**DONE, "state": "ABORTED"}, False),
        (DONE, {**DONE, "end": "2026-01-01T00:00:02Z"}, False),
        (ACTIVE, {**DONE, "end": None}, False),
        (ACTIVE, {**DONE, "end": "2025-12-31T23:59:59Z"}, False),
        (ACTIVE, {**ACTIVE, "end": "2026-01-01T00:00:01Z"}, False),
        (ACTIVE, {**ACTIVE, "start": "2026-01-01T00:00:01Z"}, False),
        (ACTIVE, {**ACTIVE, "processId": "v"}, False),
        (ACTIVE, {**ACTIVE, "id": "2"}, False),
        ({**ACTIVE, "workflowdata": {"name": "a"}}, {**ACTIVE, "workflowdata": {"name": "b"}}, False),
    ],
)
def test_the_model_allows_only_possible_reads(
    before: dict[str, Any], after: dict[str, Any], is_allowed: bool
) -> None:
    model = RunModel(RUN, frozenset({"name"}))
    assert model.find_mismatch(before) is None
    model.learn(before)
    assert (model.find_mismatch(after) is None) is is_allowed


def test_a_run_is_finished_after_an_accepted_abort() -> None:
    model = RunModel(RUN, frozenset())
    model.learn(ACTIVE)
    model.is_ending = True
    assert model.find_mismatch({**ACTIVE, "state": "ERROR"}) is not None
    assert model.find_mismatch({**DONE, "state": "ABORTED"}) is None
    # It may have completed before the abort arrived.
    assert model.find_mismatch(DONE) is None


def test_shrinking_removes_irrelevant_steps() -> None:
    tried: list[int] = []

    def try_again(steps: Sequence[Step]) -> str | None:
        tried.append(len(steps))
        return "again" if Step("abort", 0) in steps and Step("start", 0) in steps else None

    steps = [Step("start", 0), Step("read", 1), Step("abort", 0), Step("wait", 2), Step("read", 3)]
    assert shrink(steps, "first", try_again, 20) == ([Step("start", 0), Step("abort", 0)], "again")
    assert len(tried) == len(steps)


def test_shrinking_keeps_a_failure_that_does_not_occur_again() -> None:
    steps = [Step("start", 0), Step("abort", 0)]
    assert shrink(steps, "first", lambda fewer: None, 20) == (steps, "first")


def search(app: ASGIApp, seed: int = 3) -> Failed | None:
    """Return the failure that the search finds on a backend."""
    contract = load_contract()
    with running_server(app) as url, Target(url) as target:
        session = Session(target, contract, seed, lambda _: True, Ledger(contract), patience=0.2)
        return find_failure(session, SUBJECTS)


def with_lifecycle(lifecycle: Lifecycle) -> ASGIApp:
    return create_reference_app(backend=ReferenceBackend(lifecycle=lifecycle))


class ReactivatesOnAbort(Lifecycle):
    """Reactivates a finished run when it is aborted."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        if instance.is_finished:
            return replace(instance, state=RunState.ACTIVE, end=None)
        return super().abort(instance, now)


class ReactivatesOnce(ReactivatesOnAbort):
    """Reactivates only one finished run."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        if instance.is_finished and not getattr(self, "is_done", False):
            self.is_done = True
            return super().abort(instance, now)
        return Lifecycle.abort(self, instance, now)


def test_the_failure_is_shrunk_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    failure = search(with_lifecycle(ReactivatesOnAbort()))
    assert failure is not None
    done = failure.expected.partition(", after ")[2].split(", ")
    assert len(done) <= 3
    assert done[0].startswith("start run 1")
    assert done[-1].startswith("abort run 1")
    assert failure.evidence
    assert capfd.readouterr() == ("", "")


def test_a_failure_that_happens_only_once_is_reported() -> None:
    failure = search(with_lifecycle(ReactivatesOnce()))
    assert failure is not None
    assert "state 'ACTIVE'" in failure.found


def test_a_conforming_backend_has_no_failure() -> None:
    assert search(create_reference_app()) is None


def test_the_same_seed_sends_the_same_requests() -> None:
    def record(seed: int) -> list[tuple[str, str]]:
        recorder = Recorder()
        search(recorder, seed)
        # How often GET requests are repeated depends on timing.
        return [(method, path.rpartition("/")[2]) for method, path in recorder.requests if method != "GET"]

    assert record(1) == record(1)
    assert record(1) != record(2)


def test_a_lost_target_ends_the_search() -> None:
    with pytest.raises(TargetLost):
        search(DiesAfter(12))


def test_the_reason_names_the_rejected_start() -> None:
    backend = ReferenceBackend(ReferenceSettings(body_limit=1))
    with pytest.raises(Undecided, match="execute answered with status 413"):
        search(create_reference_app(backend=backend))
