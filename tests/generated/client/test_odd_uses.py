"""Unusual uses of a client: each works, or is rejected with a clear error before a request is sent."""

from __future__ import annotations

import asyncio
import copy
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from orchestrator_v2 import AsyncClient, Client, Retry, models
from orchestrator_v2.errors import NotFound

from ..extensions.test_paging import Backend, make_ids
from ..support.calling import URL, Call, Wire, both_clients

EMPTY: dict[str, list[object]] = {"items": []}
both_classes = pytest.mark.parametrize("client_class", [Client, AsyncClient])
LONG = Retry(first_pause=1000, longest_pause=1000, budget=10_000)


async def run_until(task: asyncio.Task[Any], is_so: Callable[[], bool]) -> None:
    """Run `task` until `is_so` returns true."""
    while not is_so() and not task.done():
        await asyncio.sleep(0)
    await asyncio.sleep(0)


@both_classes
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"timeout": 0}, "timeout must be more than 0 seconds, got 0"),
        ({"timeout": -1}, "more than 0 seconds"),
        ({"timeout": float("nan")}, "more than 0 seconds"),
        ({"timeout": float("inf")}, r"to wait without limit use httpx.Timeout\(None\)"),
        ({"timeout": "3"}, "timeout must be a number of seconds or an httpx.Timeout, got str"),
        ({"timeout": True}, "got bool"),
        (
            {"headers": {"X-Name": "J\u00f6rg"}},
            "the header 'X-Name' must be printable ASCII",
        ),
        ({"headers": {"X-Name": b"a"}}, "the header 'X-Name' must be a str, got bytes"),
        ({"headers": {"X Name": "a"}}, "'X Name' is not a valid header name"),
        ({"headers": {"": "a"}}, "'' is not a valid header name"),
        ({"auth": 3}, "auth must be a token, .* got int"),
        ({"auth": b"abc"}, "got bytes"),
        ({"auth": ""}, "the token must be printable ASCII"),
        ({"base_url": None}, "base_url must be an absolute http"),
        ({"base_url": "a.test"}, "base_url must be an absolute http"),
        ({"base_url": "http://a\n.test"}, "base_url is not a valid URL"),
        ({"base_url": "http://a.test:99999"}, "base_url must have a port from 1 to 65535, got 99999"),
    ],
)
def test_invalid_options_are_rejected_by_the_constructor(
    client_class: Any, options: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValueError, match=expected):
        client_class(**{"base_url": URL, **options})


@both_clients
def test_an_invalid_timeout_of_a_call_is_rejected_before_sending(call: Call) -> None:
    wire = Wire(json=EMPTY)
    with pytest.raises(ValueError, match="more than 0 seconds"):
        call(wire, "get_instances", {"timeout": 0})
    assert wire.requests == []


@both_clients
@pytest.mark.parametrize(
    ("timeout", "parts"),
    [
        (httpx.Timeout(3, connect=1), {"connect": 1, "read": 3, "write": 3, "pool": 3}),
        (httpx.Timeout(None), {"connect": None, "read": None, "write": None, "pool": None}),
        (2, {"connect": 2, "read": 2, "write": 2, "pool": 2}),
    ],
)
def test_a_timeout_sets_each_phase(call: Call, timeout: Any, parts: dict[str, float | None]) -> None:
    wire = Wire(json=EMPTY)
    call(wire, "get_instances", timeout=timeout)
    call(wire, "get_instances", {"timeout": timeout})
    assert [each.extensions["timeout"] for each in wire.requests] == [parts, parts]


@both_clients
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"timeout": -1}, "timeout must be 0 seconds or more"),
        ({"timeout": float("nan")}, "timeout must be 0 seconds or more"),
        ({"until": []}, "until must have at least one value to wait for"),
    ],
)
def test_invalid_wait_arguments_are_rejected(call: Call, arguments: dict[str, Any], expected: str) -> None:
    wire = Wire(json=EMPTY)
    with pytest.raises(ValueError, match=expected):
        call(wire, "wait_for_instance", {"instance_id": "i", **arguments})
    assert wire.requests == []


def test_paging_and_waiting_have_no_raw_response() -> None:
    wire = Wire(json=EMPTY)
    with Client(URL, transport=wire) as client:
        with pytest.raises(ValueError, match="a method that makes one call, not one that pages or waits"):
            client.with_raw_response(client.iter_instances)()
        with pytest.raises(ValueError, match="a method that makes one call, not one that pages or waits"):
            client.with_raw_response(client.wait_for_instance)("i")
    assert wire.requests == []


def test_asynchronous_paging_and_waiting_have_no_raw_response() -> None:
    client: Any = AsyncClient(URL, transport=Wire(json=EMPTY))
    with pytest.raises(ValueError, match="a method that makes one call, not one that pages or waits"):
        client.with_raw_response(client.iter_instances)()
    with pytest.raises(ValueError, match="a method that makes one call, not one that pages or waits"):
        asyncio.run(client.with_raw_response(client.wait_for_instance)("i"))


def test_with_raw_response_requires_a_method_of_the_same_client() -> None:
    first, second = (Client(f"http://{name}.test", transport=Wire(json=EMPTY)) for name in "ab")
    methods: list[Any] = [second.get_instances, Client.get_instances, lambda: None, 5]
    for method in methods:
        with pytest.raises(ValueError, match="a method of the client that it is called on"):
            first.with_raw_response(method)


class Tenant(Client):
    """A user-defined subclass of the client."""

    def get_instances(self, body: Any = None, *, timeout: Any = None) -> Any:
        return super().get_instances(body or models.SearchRequest(), timeout=timeout)

    def count(self) -> int:
        return len(self.get_instances().items or [])


def test_a_client_can_be_subclassed() -> None:
    wire = Wire(json=EMPTY)
    with Tenant(URL, transport=wire) as client:
        assert client.count() == 0
        assert client.with_raw_response(client.get_instances)().parse().items == []
        assert list(client.iter_instances()) == []
        assert repr(client) == f"Tenant(URL('{URL}'))"
    assert [each.content for each in wire.requests[:2]] == [b"{}", b"{}"]


@both_classes
@pytest.mark.parametrize("go", [pickle.dumps, copy.deepcopy])
def test_a_client_cannot_be_pickled_or_deep_copied(client_class: Any, go: Callable[[object], object]) -> None:
    client = client_class(URL, transport=Wire(), auth="s3cr3t")
    with pytest.raises(TypeError, match="cannot be pickled or deep-copied") as raised:
        go(client)
    assert "s3cr3t" not in str(raised.value)


def test_a_copy_shares_the_connections_and_leaves_them_open() -> None:
    with Client(URL, transport=Wire(json=EMPTY)) as client:
        with copy.copy(client) as copied:
            assert copied.get_instances().items == []
        assert client.get_instances().items == []


def test_threads_can_share_a_client() -> None:
    barrier = threading.Barrier(4)

    def respond(request: httpx.Request) -> httpx.Response:
        barrier.wait(10)  # all four requests are in flight at the same time
        return httpx.Response(404, json={"message": request.url.path.rpartition("/")[2]})

    with Client(URL, transport=httpx.MockTransport(respond)) as client, ThreadPoolExecutor(4) as pool:

        def read(instance_id: str) -> str:
            with pytest.raises(NotFound) as raised:
                client.get_instance_by_id(instance_id)
            return raised.value.reason

        assert list(pool.map(read, "abcd")) == ["a", "b", "c", "d"]


def test_a_call_can_be_cancelled_during_a_pause() -> None:
    async def use() -> None:
        wire = Wire(503, json={"message": "down"})
        async with AsyncClient(URL, transport=wire, retry=LONG) as client:
            task = asyncio.create_task(client.get_instances())
            await run_until(task, lambda: bool(wire.requests))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert len(wire.requests) == 1

    asyncio.run(use())


def test_wait_for_instance_works_with_asyncio_wait_for() -> None:
    async def use() -> None:
        wire = Wire(json={"id": "i", "processId": "w", "nodes": [], "state": "ACTIVE"})
        async with AsyncClient(URL, transport=wire) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.wait_for_instance("i"), 0.01)
            assert (await client.get_instance_by_id("i")).id == "i"

    asyncio.run(use())


def test_an_iteration_can_be_cancelled_during_a_request() -> None:
    async def use() -> None:
        backend = Backend(make_ids(5))
        entered = asyncio.Event()

        async def respond(request: httpx.Request) -> httpx.Response:
            if backend.bodies:
                entered.set()
                await asyncio.Event().wait()
            return backend._respond(request)

        rows: list[str] = []
        async with AsyncClient(URL, transport=httpx.MockTransport(respond)) as client:

            async def read() -> None:
                async for row in client.iter_instances(page_size=2):
                    rows.append(row.id)

            task = asyncio.create_task(read())
            await entered.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert rows == ["i-0", "i-1"]

    asyncio.run(use())


def test_an_iteration_can_be_closed_early() -> None:
    backend = Backend(make_ids(5))
    with Client(URL, transport=backend) as client:
        rows: Any = client.iter_instances(page_size=2)
        assert next(rows).id == "i-0"
        rows.close()
        assert list(rows) == []
    assert len(backend.bodies) == 1


def test_an_asynchronous_iteration_can_be_closed_early() -> None:
    async def use() -> None:
        backend = Backend(make_ids(5))
        async with AsyncClient(URL, transport=backend) as client:
            rows: Any = client.iter_instances(page_size=2)
            assert (await anext(rows)).id == "i-0"
            await rows.aclose()
            assert [each async for each in rows] == []
        assert len(backend.bodies) == 1

    asyncio.run(use())


@both_clients
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_propagates_unchanged(call: Call, kind: type[BaseException]) -> None:
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        raise kind

    with pytest.raises(kind):
        call(httpx.MockTransport(respond), "get_instances", retry=Retry())
    assert len(sent) == 1


def test_a_client_is_usable_after_an_interrupt() -> None:
    left: list[type[BaseException]] = [KeyboardInterrupt]

    def respond(request: httpx.Request) -> httpx.Response:
        if left:
            raise left.pop()
        return httpx.Response(200, json=EMPTY)

    with Client(URL, transport=httpx.MockTransport(respond)) as client:
        with pytest.raises(KeyboardInterrupt):
            client.get_instances()
        assert client.get_instances().items == []
