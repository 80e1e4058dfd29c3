"""Requests are spaced and repeated when a gateway answers, and an outage is recognized."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from orchestrator_conformance.contract.cannot_run import CannotRun
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.runner import Options, run_suite
from orchestrator_conformance.target.exchange import Request, Response
from orchestrator_conformance.target.outage import TargetDown, find_symptom, list_probes
from orchestrator_conformance.target.pacing import LONGEST_WAIT, WAIT_BUDGET, Clock, Pacing, read_retry_after
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.outcome import Inconclusive, Pass
from starlette.responses import HTMLResponse, JSONResponse
from starlette.responses import Response as Answer
from starlette.types import ASGIApp, Receive, Scope, Send

CONTRACT = load_contract()
NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)
SEVERAL = tuple(f"ORC-INST-SORT-0{number}" for number in range(1, 10))
READ = Request("GET", "/v2/workflows/instances/statuses", (), b"")
EXECUTE = Request("POST", "/v2/workflows/a/execute", (("Content-Type", "application/json"),), b"{}")


@dataclass
class FakeTime:
    """A clock that advances only when somebody waits."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, lambda: NOW.timestamp() + self.seconds, self.sleep)


def answer(status: int, retry_after: str | None = None) -> Response:
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return Response(status, headers, b"")


@dataclass
class Gateway:
    """Answers with what `decide` returns for the number of the request and its path, or passes it on for None."""

    decide: Callable[[int, str], Answer | None]
    app: ASGIApp = field(default_factory=create_reference_app)
    paths: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http":
            self.paths.append(scope["path"])
            found = self.decide(len(self.paths), scope["path"])
        await (found or self.app)(scope, receive, send)


def send(
    decide: Callable[[int, str], Answer | None], request: Request, *, may_repeat: bool
) -> tuple[Response, int, FakeTime]:
    time, gateway = FakeTime(), Gateway(decide)
    with running_server(gateway) as url, Target(url, pacing=Pacing(clock=time.clock)) as target:
        response = target.send(request, may_repeat=may_repeat)
    return response, len(gateway.paths), time


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        (format_datetime(NOW + timedelta(seconds=9), usegmt=True), 9.0),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0.0),
        ("9" * 400, 999_999_999_999.0),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("\u0662", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(answer(429, value), NOW.timestamp()) == seconds


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_request_that_reads_is_repeated(status: int) -> None:
    response, count, time = send(
        lambda number, _: Answer(status_code=status) if number < 4 else None, READ, may_repeat=True
    )
    assert (response.status, count) == (200, 4)
    assert time.seconds == pytest.approx(0.1 + 0.5 + 1.0)


@pytest.mark.parametrize(
    ("status", "retry_after", "count"),
    [(429, None, 2), (429, "1", 2), (503, "1", 2), (503, None, 1), (502, "1", 1), (504, "1", 1)],
)
def test_a_request_that_changes_data_is_repeated_only_if_it_was_surely_not_forwarded(
    status: int, retry_after: str | None, count: int
) -> None:
    headers = None if retry_after is None else {"Retry-After": retry_after}
    _, sent, _ = send(
        lambda number, _: Answer(status_code=status, headers=headers) if number == 1 else None,
        EXECUTE,
        may_repeat=False,
    )
    assert sent == count


def test_the_wait_is_as_long_as_retry_after_says() -> None:
    response, count, time = send(
        lambda number, _: Answer(status_code=429, headers={"Retry-After": "7"}) if number < 3 else None,
        READ,
        may_repeat=True,
    )
    assert (response.status, count) == (200, 3)
    assert time.seconds == pytest.approx(14.0, abs=0.5)
    # A long wait is divided, so that Ctrl-C ends it.
    assert max(time.waits) <= 0.5


@pytest.mark.parametrize("retry_after", ["61", "86400", "9" * 30])
def test_the_wait_is_bounded(retry_after: str) -> None:
    response, count, time = send(
        lambda *_: Answer(status_code=503, headers={"Retry-After": retry_after}), READ, may_repeat=True
    )
    assert (response.status, count) == (503, 2)
    assert time.seconds == pytest.approx(LONGEST_WAIT)


def test_the_waits_of_a_run_are_bounded() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock)
    for number in range(100):
        attempt = 0
        while pacing.await_repetition(f"operation {number}", answer(503, "30"), attempt, is_safe=True):
            attempt += 1
        # Other operations are answered by the backend.
        pacing.await_repetition("another", answer(200), 0, is_safe=True)
    assert time.seconds <= WAIT_BUDGET


def test_an_operation_that_stays_unavailable_is_not_waited_for_again() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock)
    attempts = []
    for _ in range(3):
        attempt = 0
        while pacing.await_repetition("read", answer(503), attempt, is_safe=True):
            attempt += 1
        attempts.append(attempt)
        pacing.await_repetition("list", answer(200), 0, is_safe=True)
    assert attempts == [5, 0, 0]
    pacing.await_repetition("read", answer(200), 0, is_safe=True)
    assert pacing.await_repetition("read", answer(503), 0, is_safe=True)


def test_no_operation_is_waited_for_while_none_is_answered() -> None:
    pacing = Pacing(clock=FakeTime().clock)
    attempt = 0
    while pacing.await_repetition("read", answer(503), attempt, is_safe=True):
        attempt += 1
    assert not pacing.await_repetition("list", answer(503), 0, is_safe=True)


def test_a_signal_ends_a_wait() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock)
    pacing.is_stopped = lambda: time.seconds >= 2
    assert not pacing.await_repetition("read", answer(429, "50"), 0, is_safe=True)
    assert time.seconds == pytest.approx(2.0)


def test_the_rate_limits_the_requests_per_second() -> None:
    time = FakeTime()
    pacing = Pacing(4, time.clock)
    moments = []
    for _ in range(9):
        pacing.await_turn()
        moments.append(time.seconds)
    assert moments == pytest.approx([number / 4 for number in range(9)])


def test_requests_are_spaced_after_a_rate_limit_and_closer_again_later() -> None:
    pacing = Pacing(clock=FakeTime().clock)
    assert pacing.interval == 0
    assert pacing.limit_concurrency(6) == 6
    pacing.await_repetition("read", answer(429), 0, is_safe=True)
    first = pacing.interval
    assert first > 0
    assert pacing.limit_concurrency(6) == 3
    pacing.await_repetition("read", answer(429), 1, is_safe=True)
    assert pacing.interval > first
    for _ in range(2000):
        pacing.await_repetition("read", answer(200), 0, is_safe=True)
    assert pacing.interval == 0


def test_a_rate_limit_that_persists_delays_no_other_request() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock)
    for number in range(50):
        pacing.await_turn()
        attempt = 0
        while pacing.await_repetition(f"operation {number}", answer(429, "60"), attempt, is_safe=True):
            pacing.await_turn()
            attempt += 1
    assert time.seconds < 2 * LONGEST_WAIT


def test_a_gateway_error_does_not_space_requests() -> None:
    pacing = Pacing(clock=FakeTime().clock)
    pacing.await_repetition("read", answer(503), 0, is_safe=True)
    assert pacing.interval == 0


@pytest.mark.parametrize(
    ("response", "symptom"),
    [
        (answer(500), "down"),
        (answer(502), "down"),
        (answer(503), "down"),
        (answer(429), "limited"),
        (answer(302), "denied"),
        (answer(401), "denied"),
        (Response(200, (("content-type", "text/html; charset=utf-8"),), b"<form>"), "denied"),
        (answer(200), None),
        (answer(403), None),
        (answer(404), None),
    ],
)
def test_symptoms_of_an_outage(response: Response, symptom: str | None) -> None:
    assert find_symptom(response) == symptom


def test_the_probes_read_data_and_need_no_ids() -> None:
    names = {probe.operation.id for probe in list_probes(CONTRACT)}
    assert {"getInstances", "getWorkflowsOverview"} <= names
    # Its answer is a constant.
    assert "getWorkflowStatuses" not in names


DOWN = "the backend, or a service behind it, is down"


def failing(status: int) -> Answer:
    return JSONResponse({"message": "fetch failed"}, status)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_backend_that_is_down_at_the_start_is_not_judged(status: int) -> None:
    with (
        running_server(Gateway(lambda *_: failing(status))) as url,
        Target(url, pacing=Pacing(clock=FakeTime().clock)) as target,
        pytest.raises(TargetDown, match=DOWN) as raised,
    ):
        run_suite(target, CONTRACT, Options(max_examples=0))
    assert f"status {status}: fetch failed" in str(raised.value)


def test_a_login_page_at_the_start_is_not_an_outage() -> None:
    with (
        running_server(Gateway(lambda *_: HTMLResponse("<form>", 200))) as url,
        Target(url, pacing=Pacing(clock=FakeTime().clock)) as target,
        pytest.raises(CannotRun, match="answers HTML") as raised,
    ):
        run_suite(target, CONTRACT, Options(max_examples=0))
    assert not isinstance(raised.value, TargetDown)


@pytest.mark.parametrize(
    ("later", "message"),
    [
        (failing(500), DOWN),
        (failing(503), DOWN),
        (HTMLResponse("<h1>Internal Server Error</h1>", 500), DOWN),
        (Answer(status_code=401), "not valid any more"),
        (Answer(status_code=302, headers={"Location": "https://sso.example.com"}), "not valid any more"),
        (HTMLResponse("<form>"), "not valid any more"),
    ],
)
def test_an_outage_during_the_run_ends_it(later: Answer, message: str) -> None:
    gateway = Gateway(lambda number, _: later if number > 5 else None)
    with (
        running_server(gateway) as url,
        Target(url, pacing=Pacing(clock=FakeTime().clock)) as target,
    ):
        findings = run_suite(target, CONTRACT, Options(only=SEVERAL))
    assert findings.partial is not None
    assert findings.partial.kind == "down"
    assert message in findings.partial.reason
    assert {type(each.outcome) for each in findings.results} <= {Pass, Inconclusive}
    assert Inconclusive(f"not reached: {findings.partial.reason}") in [
        each.outcome for each in findings.results
    ]


def test_a_short_outage_is_waited_for() -> None:
    gateway = Gateway(lambda number, _: failing(503) if 5 < number < 20 else None)
    with running_server(gateway) as url, Target(url, pacing=Pacing(clock=FakeTime().clock)) as target:
        findings = run_suite(target, CONTRACT, Options(only=SEVERAL))
    assert {type(each.outcome) for each in findings.results} == {Pass}


def run_with(decide: Callable[[int, str], Answer | None], *only: str) -> dict[str, Any]:
    with (
        running_server(Gateway(decide)) as url,
        Target(url, pacing=Pacing(clock=FakeTime().clock)) as target,
    ):
        findings = run_suite(target, CONTRACT, Options(max_examples=1, only=only))
    return {each.requirement.id: each.outcome for each in findings.results}


@pytest.mark.slow
def test_an_operation_that_a_gateway_answers_is_inconclusive() -> None:
    names = ("ORC-OP-getWorkflowStatuses-STATUS", "ORC-OP-getWorkflowStatuses-BODY", "ORC-INST-STATUS-01")
    outcomes = run_with(
        lambda _, path: Answer(status_code=503) if path.endswith("/statuses") else None,
        *names,
        "ORC-OP-getInstances-STATUS",
    )
    for name in names:
        assert outcomes[name] == Inconclusive("an answer of the backend: a gateway answers 503")
    assert isinstance(outcomes["ORC-OP-getInstances-STATUS"], Pass)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_gateway_is_not_taken_for_a_refusal(status: int) -> None:
    outcomes = run_with(
        lambda _, path: Answer(status_code=status) if "/no-such-workflow-" in path else None, "ORC-ERR-ID-01"
    )
    missing = f"an answer of the backend: a gateway answers {status}"
    assert outcomes == {"ORC-ERR-ID-01": Inconclusive(missing)}


def test_a_single_error_of_a_gateway_goes_unnoticed() -> None:
    outcomes = run_with(
        lambda number, _: HTMLResponse("Bad Gateway", 502) if number % 5 == 3 else None, *SEVERAL
    )
    assert {type(each) for each in outcomes.values()} == {Pass}
