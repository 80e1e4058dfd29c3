"""Waiting for an instance: what is waited for, what is borne meanwhile, and what comes when it is in vain."""

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

from .calling import Call, both_clients

WAIT = "wait_for_instance"


class Clock:
    """A clock that only pauses move."""

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


def answer(*states: str | int) -> httpx.MockTransport:
    """Return a backend that answers one state, or status, after the other, and the last for good."""
    left = [*states]

    def respond(request: httpx.Request) -> httpx.Response:
        state = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(state, int):
            return httpx.Response(state, json={"message": "no such instance"})
        return httpx.Response(200, json={"id": "i", "processId": "w", "nodes": [], "state": state})

    return httpx.MockTransport(respond)


@both_clients
@pytest.mark.parametrize("end", ["COMPLETED", "ABORTED", "ERROR"])
def test_by_default_it_ends_with_the_run_or_its_failure(call: Call, end: str) -> None:
    found = call(answer("PENDING", "ACTIVE", end), WAIT, {"instance_id": "i"})
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
def test_what_is_waited_for_can_be_chosen(call: Call, until: Any) -> None:
    found = call(
        answer("PENDING", "ERROR", "ACTIVE", "COMPLETED"), WAIT, {"instance_id": "i", "until": until}
    )
    assert found.state is models.ProcessInstanceStatusDTO.ACTIVE


@both_clients
def test_a_state_of_a_newer_backend_is_waited_through(call: Call) -> None:
    assert call(answer("PAUSED", "COMPLETED"), WAIT, {"instance_id": "i"}).state == "COMPLETED"


@both_clients
def test_intervals_grow(call: Call, clock: Clock) -> None:
    call(answer(*["ACTIVE"] * 15, "COMPLETED"), WAIT, {"instance_id": "i"})
    assert clock.pauses[:3] == pytest.approx([0.2, 0.3, 0.45])
    assert clock.pauses == sorted(clock.pauses)
    assert clock.pauses[-1] == 10


@both_clients
def test_in_vain_says_what_was_found(call: Call, clock: Clock) -> None:
    with pytest.raises(WaitTimeout) as raised:
        call(answer("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 60})
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
def test_a_function_in_vain_is_called_what_it_is(call: Call) -> None:
    with pytest.raises(
        WaitTimeout, match=r"waited 1 s for until\(\.\.\.\) to return True, but state was ACTIVE"
    ):
        call(answer("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 1, "until": lambda _: False})


@both_clients
@pytest.mark.parametrize("status", [404, 500])
def test_an_instance_may_take_a_while_to_show(call: Call, status: int) -> None:
    assert call(answer(status, status, "COMPLETED"), WAIT, {"instance_id": "i"}).state == "COMPLETED"


@both_clients
def test_what_never_shows_is_not_found_after_half_a_minute(call: Call, clock: Clock) -> None:
    with pytest.raises(NotFound, match="no such instance"):
        call(answer(404), WAIT, {"instance_id": "i"})
    assert 1030 < clock.now < 1045


@both_clients
def test_what_has_not_shown_in_time_says_so(call: Call) -> None:
    with pytest.raises(WaitTimeout, match="but it was not found: i") as raised:
        call(answer(404), WAIT, {"instance_id": "i", "timeout": 5})
    assert isinstance(raised.value.__cause__, NotFound)
    assert raised.value.last is None


@both_clients
@pytest.mark.parametrize("status", [401, 403, 400])
def test_another_refusal_ends_it(call: Call, status: int, clock: Clock) -> None:
    with pytest.raises(ApiError):
        call(answer("ACTIVE", status, "COMPLETED"), WAIT, {"instance_id": "i"})
    assert len(clock.pauses) == 1


@both_clients
def test_no_time_at_all_asks_once(call: Call, clock: Clock) -> None:
    with pytest.raises(WaitTimeout):
        call(answer("ACTIVE"), WAIT, {"instance_id": "i", "timeout": 0})
    assert clock.pauses == []
    assert call(answer("COMPLETED"), WAIT, {"instance_id": "i", "timeout": 0}).state == "COMPLETED"


@both_clients
def test_what_until_raises_is_passed_on(call: Call) -> None:
    def fail(instance: models.ProcessInstanceDTO) -> bool:
        raise ZeroDivisionError

    until: Callable[[models.ProcessInstanceDTO], bool] = fail
    with pytest.raises(ZeroDivisionError):
        call(answer("ACTIVE"), WAIT, {"instance_id": "i", "until": until})
