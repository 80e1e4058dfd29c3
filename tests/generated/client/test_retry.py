"""Retries: which calls are repeated, how often, and after which pauses."""

from __future__ import annotations

import pickle
import random
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import httpx
import pytest
from orchestrator_v2 import ApiError, AsyncClient, Retry, TransportError, models
from orchestrator_v2._retry import read_retry_after

from ..support.calling import Call, both_clients

EXECUTE = ("execute_workflow", {"workflow_id": "w", "body": models.ExecuteWorkflowRequestDTO(input_data={})})
SEARCH = ("get_instances", {})
READ = ("get_instance_by_id", {"instance_id": "i"})
ABORT = ("abort_workflow", {"instance_id": "i"})
DOWN = httpx.ConnectError("down")
INSTANCES = {"items": []}
PAUSE = anyio.sleep


class ScriptedTransport(httpx.MockTransport):
    """A mock transport that returns one answer after the other, a status or an exception, and then success."""

    def __init__(self, *answers: int | tuple[int, dict[str, str]] | Exception) -> None:
        super().__init__(self._respond)
        self._answers = list(answers)
        self.sent = 0

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        answer = self._answers.pop(0) if self._answers else 200
        if isinstance(answer, Exception):
            raise answer
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        return httpx.Response(status, json=INSTANCES if status == 200 else {"message": "no"}, headers=headers)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the pauses without waiting, and return them. Jitter is fixed at the longest pause."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(time, "sleep", made.append)
    monkeypatch.setattr(anyio, "sleep", pause)
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    return made


@both_clients
@pytest.mark.parametrize("failure", [429, 502, 503, 504, DOWN, httpx.ReadTimeout("slow")])
def test_an_idempotent_call_is_tried_three_times(call: Call, failure: Any, pauses: list[float]) -> None:
    wire = ScriptedTransport(failure, failure)
    assert call(wire, *SEARCH, retry=Retry()).items == []
    assert (wire.sent, pauses) == (3, [0.25, 0.5])


@both_clients
@pytest.mark.parametrize("failure", [503, DOWN])
def test_the_last_failure_is_raised(call: Call, failure: Any) -> None:
    wire = ScriptedTransport(*[failure] * 5)
    with pytest.raises((ApiError, TransportError)):
        call(wire, *SEARCH, retry=Retry(attempts=4))
    assert wire.sent == 4


@both_clients
@pytest.mark.parametrize("failure", [400, 401, 404, 408, 409, 500, 501])
def test_other_statuses_are_not_retried(call: Call, failure: int) -> None:
    wire = ScriptedTransport(failure)
    with pytest.raises(ApiError):
        call(wire, *SEARCH, retry=Retry())
    assert wire.sent == 1


@both_clients
@pytest.mark.parametrize(
    ("called", "sent"),
    [(EXECUTE, 1), (SEARCH, 3), (READ, 3), (ABORT, 3)],
    ids=["execute", "search", "read", "abort"],
)
def test_only_idempotent_operations_are_retried(call: Call, called: tuple[str, Any], sent: int) -> None:
    wire = ScriptedTransport(*[503] * 5)
    with pytest.raises(ApiError):
        call(wire, *called, retry=Retry())
    assert wire.sent == sent


@both_clients
def test_unsafe_retries_other_operations_too(call: Call) -> None:
    wire = ScriptedTransport(*[DOWN] * 5)
    with pytest.raises(TransportError):
        call(wire, *EXECUTE, retry=Retry(unsafe=True))
    assert wire.sent == 3


@both_clients
def test_the_retried_statuses_are_configurable(call: Call) -> None:
    wire = ScriptedTransport(500, 500)
    assert call(wire, *SEARCH, retry=Retry(statuses={500})).items == []
    with pytest.raises(ApiError):
        call(ScriptedTransport(503), *SEARCH, retry=Retry(statuses={500}))


@both_clients
def test_retry_after_sets_the_minimum_pause(call: Call, pauses: list[float]) -> None:
    wire = ScriptedTransport((429, {"Retry-After": "7"}), (503, {"Retry-After": "0"}))
    call(wire, *SEARCH, retry=Retry())
    assert pauses == [7.0, 0.5]


@both_clients
def test_a_pause_beyond_the_budget_ends_the_retries(call: Call, pauses: list[float]) -> None:
    wire = ScriptedTransport((429, {"Retry-After": "7"}), (429, {"Retry-After": "7"}))
    with pytest.raises(ApiError, match="answered 429"):
        call(wire, *SEARCH, retry=Retry(budget=10))
    assert (wire.sent, pauses) == (2, [7.0])


def test_pauses_double_up_to_the_longest() -> None:
    retry = Retry(first_pause=1, longest_pause=5)
    assert [retry.choose_pause(attempt, None) for attempt in (1, 2, 3, 4, 50)] == [1, 2, 4, 5, 5]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("", 0),
        ("soon", 0),
        ("-1", 0),
        (None, 0),
        ("Mon, 99 Jan 99999999999 00:00:00 GMT", 0),
        ("9" * 400, float("inf")),
    ],
)
def test_a_retry_after_in_seconds_is_parsed(text: str | None, seconds: float) -> None:
    assert read_retry_after(text) == seconds


def test_a_retry_after_may_be_a_date() -> None:
    now = datetime.now(UTC)
    assert read_retry_after(format_datetime(now - timedelta(hours=1), usegmt=True)) == 0
    assert 3000 < read_retry_after(format_datetime(now + timedelta(hours=1), usegmt=True)) <= 3600


@pytest.mark.parametrize("options", [{"attempts": 0}, {"budget": -1}, {"first_pause": -1}])
def test_invalid_options_are_rejected(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"attempts|budget"):
        Retry(**options)


def test_a_retry_can_be_compared_and_pickled() -> None:
    assert pickle.loads(pickle.dumps(Retry(attempts=5))) == Retry(attempts=5)


def test_pauses_work_on_trio(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    monkeypatch.setattr(anyio, "sleep", PAUSE)
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0)
    wire = ScriptedTransport(503, 503)

    async def search() -> list[models.ProcessInstanceDTO]:
        async with AsyncClient("http://backend", transport=wire, retry=Retry()) as client:
            return (await client.get_instances()).items or []

    assert anyio.run(search, backend="trio") == []
    assert wire.sent == 3
