"""Waiting for an instance: the wanted states, the errors that are tolerated, and the timeout."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from orchestrator_v2 import ApiError, ClientError, WaitTimeout, models
from orchestrator_v2.errors import NotFound

from ..support.calling import Call, both_clients

WAIT = "wait_for_instance"


class Clock:
    """A fake clock that advances only during pauses."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    async def pause_async(self, seconds: float) -> None:
        self.pause(seconds)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("orchestrator_v2._waiting.time", type("Time", (), {"monotonic": lambda: made.now}))
    monkeypatch.setattr(time, "sleep", made.pause)
    monkeypatch.setattr(anyio, "sleep", made.pause_async)
    return made


def backend_with(*states: str | int) -> httpx.MockTransport:
    """Return a backend that answers with one state, or HTTP status, after the other, and repeats the last."""
    left = [*states]

    def respond(request: httpx.Request) -> httpx.Response:
        state = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(state, int):
            return httpx.Response(state, json={"message": "no such instance"})
        return httpx.Response(200, json={"id": "i", "processId": "w", "nodes": [], "state": state})

    return httpx.MockTransport(respond)


@both_clients
@pytest.mark.parametrize("end", ["COMPLETED", "ABORTED", "ERROR"])
def test_waiting_ends_when_the_run_ends(call: Call, end: str) -> None:
    found = call(backend_with("PENDING", "ACTIVE", end), WAIT, {"instance_id": "i"})
    assert isinstance(found, models.ProcessInstanceDTO)
    assert found.state == end


@both_clients
@pytest.mark.parametrize(
    "until",
    [
        "ACTIVE",
        ["ACTIVE"],
        {models.ProcessInstanceStatusDTO.ACTIVE},
        lambda instance: instance.state == "ACTIVE",
    ],
)
def test_until_selects_the_wanted_state(call: Call, until: Any) -> None:
    found = call(
        backend_with("PENDING", "ERROR", "ACTIVE", "COMPLETED"), WAIT, {"instance_id": "i", "until": until}
    )
    assert found.state is models.ProcessInstanceStatusDTO.ACTIVE


@both_clients
def test_an_unknown_state_does_not_end_the_wait(call: Call) -> None:
    assert call(backend_with("PAUSED", "COMPLETED"), WAIT, {"instance_id": "i"}).state == "COMPLETED"


@both_clients
def test_intervals_grow(call: Call, clock: Clock) -> None:
    call(backend_with(*["ACTIVE"] * 15, "COMPLETED"), WAIT, {"instance_id": "i"})
    assert clock.pauses[:3] == pytest.approx([0.2, 0.3, 0.45])
    assert clock.pauses == sorted(clock.pauses)
    assert clock.pauses[-1] == 10


@both_clients
def test_a_wait_timeout_reports_the_last_state(call: Call, clock: Clock) -> None:
    with pytest.raises(WaitTimeout) as raised:
        call(backend_with("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 60})
    error = raised.value
    assert str(error) == (
        "getInstanceById: waited 60 s for state ABORTED or COMPLETED or ERROR, but state was ACTIVE: i"
    )
    assert error.last.state == "ACTIVE"
    assert error.__cause__ is None
    assert isinstance(error, TimeoutError)
    assert isinstance(error, ClientError)
    assert error.status is None
    assert clock.now == pytest.approx(1060)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.last) == (str(error), error.last)


@both_clients
def test_a_wait_timeout_names_the_until_function(call: Call) -> None:
    with pytest.raises(
        WaitTimeout, match=r"waited 1 s for until\(\.\.\.\) to return True, but state was ACTIVE"
    ):
        call(backend_with("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 1, "until": lambda _: False})


@both_clients
@pytest.mark.parametrize("status", [404, 500])
def test_an_instance_may_not_be_found_at_first(call: Call, status: int) -> None:
    assert call(backend_with(status, status, "COMPLETED"), WAIT, {"instance_id": "i"}).state == "COMPLETED"


@both_clients
def test_not_found_is_raised_after_thirty_seconds(call: Call, clock: Clock) -> None:
    with pytest.raises(NotFound, match="no such instance"):
        call(backend_with(404), WAIT, {"instance_id": "i"})
    assert 1030 < clock.now < 1045


@both_clients
def test_a_wait_timeout_reports_not_found(call: Call) -> None:
    with pytest.raises(WaitTimeout, match="but it was not found: i") as raised:
        call(backend_with(404), WAIT, {"instance_id": "i", "timeout": 5})
    assert isinstance(raised.value.__cause__, NotFound)
    assert raised.value.last is None


@both_clients
@pytest.mark.parametrize("status", [401, 403, 400])
def test_other_errors_end_the_wait(call: Call, status: int, clock: Clock) -> None:
    with pytest.raises(ApiError):
        call(backend_with("ACTIVE", status, "COMPLETED"), WAIT, {"instance_id": "i"})
    assert len(clock.pauses) == 1


@both_clients
def test_a_timeout_of_zero_sends_one_request(call: Call, clock: Clock) -> None:
    with pytest.raises(WaitTimeout):
        call(backend_with("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 0})
    assert clock.pauses == []
    assert call(backend_with("COMPLETED"), WAIT, {"instance_id": "i", "timeout": 0}).state == "COMPLETED"


@both_clients
def test_exceptions_of_until_propagate(call: Call) -> None:
    def fail(instance: models.ProcessInstanceDTO) -> bool:
        raise ZeroDivisionError

    until: Callable[[models.ProcessInstanceDTO], bool] = fail
    with pytest.raises(ZeroDivisionError):
        call(backend_with("ACTIVE"), WAIT, {"instance_id": "i", "until": until})
