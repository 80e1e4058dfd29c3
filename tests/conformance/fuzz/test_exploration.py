from __future__ import annotations

import _thread
import signal
import subprocess
import sys
import threading
import warnings
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import configuration
from orchestrator_conformance.contract.contract import read_contract
from orchestrator_conformance.fuzz import FuzzedCase, FuzzError, TargetSilent, fuzz
from orchestrator_conformance.reference import ReferenceSettings, create_reference_app, running_server
from orchestrator_conformance.reference.settings import ErrorStyle
from orchestrator_conformance.target.exchange import Exchange, Request
from orchestrator_conformance.target.judge import judge
from starlette.types import Receive, Scope, Send

from ..support.fuzzing import CONTRACT, Recorder, make_plan, permit_all, recording, silence
from ..support.targets import DiesAfter


def sent(case: FuzzedCase) -> tuple[str, str, bytes]:
    return case.method, case.path, case.request_body


@pytest.mark.slow
@pytest.mark.parametrize("style", ["sensible", "documented"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_operation_is_called_and_a_conforming_backend_has_no_violation(
    style: ErrorStyle, seed: int
) -> None:
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    violations = []
    with recording(style) as (base_url, recorder):
        for case in fuzz(permit_all(make_plan(base_url, seed, 20))):
            statuses[case.operation_id][case.response.status] += 1
            request = Request(case.method, case.path, case.request_headers, case.request_body)
            response = case.response
            violation = judge(CONTRACT, Exchange(case.operation_id, request, response, is_good=False))
            if violation:
                violations.append((violation, case))
    assert not violations
    assert {each for each, found in statuses.items() if found[200]} == set(CONTRACT.operations)
    refused = {each for each, found in statuses.items() if found.keys() - {200}}
    assert refused >= set(CONTRACT.operations) - {"getWorkflowStatuses"}
    assert sum(found.total() for found in statuses.values()) == len(recorder.arrived)


def test_the_seed_determines_the_requests() -> None:
    rows = []
    for seed in (3, 3, 4):
        with recording() as (base_url, _):
            rows.append([sent(case) for case in fuzz(make_plan(base_url, seed, 2))])
    assert rows[0] == rows[1]
    assert rows[0] != rows[2]


def test_both_real_and_made_up_ids_are_used() -> None:
    with recording() as (base_url, _):
        plan = replace(
            make_plan(base_url, max_examples=40),
            operations=frozenset({"getInstanceById", "getWorkflowOverviewById"}),
        )
        known = [case.response.status == 200 for case in fuzz(plan)]
        unknown = [case.response.status == 200 for case in fuzz(replace(plan, values={}))]
    assert len(known) / 2 < sum(known) < len(known)
    assert not any(unknown)


def test_no_operation_means_no_request() -> None:
    assert list(fuzz(replace(make_plan("http://127.0.0.1:9"), operations=frozenset()))) == []


def test_secret_headers_are_sent_but_not_shown() -> None:
    secret = "very-secret-token"
    app = create_reference_app(ReferenceSettings(token=secret))
    with running_server(app) as base_url:
        plan = replace(
            make_plan(base_url),
            headers={"Authorization": f"Bearer {secret}"},
            operations=frozenset({"getInstances", "getWorkflowStatuses"}),
        )
        cases = list(fuzz(plan))
    assert 200 in {case.response.status for case in cases}
    assert 401 not in {case.response.status for case in cases}
    assert secret not in repr(plan)
    assert secret not in repr(cases)
    assert {name.lower() for case in cases for name, _ in case.request_headers} == {"content-type"}


def test_a_target_is_silent_after_two_requests_without_an_answer() -> None:
    with silence() as server:
        plan = replace(make_plan(server.base_url), headers={"X-Key": "very-secret"})
        with pytest.raises(
            TargetSilent, match=f"{server.base_url} stopped answering at [A-Z]+ /v2/"
        ) as caught:
            list(fuzz(plan))
    assert "very-secret" not in str(caught.value)
    assert len(server.received) == 2
    assert len(set(server.received)) == 1


def test_the_cases_before_the_target_became_silent_are_yielded() -> None:
    taken: list[int] = []
    with running_server(DiesAfter(30)) as base_url, pytest.raises(TargetSilent):
        taken.extend(case.response.status for case in fuzz(make_plan(base_url)))
    assert len(taken) == 30


@pytest.mark.parametrize(
    ("operation_id", "repeats"), [("getWorkflowsOverviewForEntity", True), ("executeWorkflow", False)]
)
def test_a_request_without_an_answer_is_repeated_unless_it_changes_data(
    operation_id: str, repeats: bool
) -> None:
    with silence(answers_from=2) as server:
        plan = permit_all(make_plan(server.base_url))
        list(fuzz(replace(plan, operations=frozenset({operation_id}))))
    assert (server.received[0] == server.received[1]) is repeats


def test_closing_the_generator_stops_the_engine() -> None:
    before = set(threading.enumerate()), list(warnings.filters), sys.getrecursionlimit(), _storage()
    with recording() as (base_url, recorder):
        cases = fuzz(make_plan(base_url))
        next(cases)
        cases.close()  # type: ignore[attr-defined]
        arrived = len(recorder.arrived)
    assert len(recorder.arrived) == arrived < 40
    assert (set(threading.enumerate()), list(warnings.filters), sys.getrecursionlimit(), _storage()) == before


def _storage() -> object:
    return getattr(configuration, "__hypothesis_home_directory")


def test_a_keyboard_interrupt_is_raised_again() -> None:
    async def interrupting(scope: Scope, receive: Receive, send: Send) -> None:
        # An interrupt may be lost, for example in a finalizer. A user would press Ctrl-C again.
        if scope["type"] == "http" and len(recorder.arrived) in (30, 60, 90):
            _thread.interrupt_main()
        await app(scope, receive, send)

    app = create_reference_app()
    recorder = Recorder(interrupting)
    # A shell without job control starts background commands with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with running_server(recorder) as base_url, pytest.raises(KeyboardInterrupt):
            list(fuzz(make_plan(base_url)))
    finally:
        signal.signal(signal.SIGINT, before)
    assert not [each for each in threading.enumerate() if "schemathesis" in each.name]


def test_an_error_of_the_engine_is_raised_after_all_other_requests() -> None:
    text = CONTRACT.text.replace("provider:\n          type: string", "provider:\n          type: strin")
    taken: list[str] = []
    with recording() as (base_url, _):
        plan = replace(permit_all(make_plan(base_url)), contract=read_contract(text, "broken.yaml"))
        with pytest.raises(FuzzError, match="workflowId}/execute: Schema Error"):
            taken.extend(case.operation_id for case in fuzz(plan))
    assert set(taken) == set(CONTRACT.operations)


_SCRIPT = """
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.fuzz import FuzzPlan, fuzz
from orchestrator_conformance.reference import create_reference_app, running_server

contract = load_contract()
with running_server(create_reference_app()) as base_url:
    plan = FuzzPlan(contract, base_url, {}, frozenset(contract.operations), {}, {}, {}, 1, 2)
    assert len(list(fuzz(plan))) > 100
"""


@pytest.mark.slow
def test_nothing_is_printed_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", _SCRIPT],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
