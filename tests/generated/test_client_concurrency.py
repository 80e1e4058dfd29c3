"""A thousand calls at once through one client, over a socket: what they took is given back."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections import Counter
from typing import Final

import httpx
from orchestrator_v2 import AsyncClient, models

CALLS: Final = 1000
# What one round may leave behind: caches that fill up, far less than a task, a request or an answer for each call.
SLACK: Final = 100 * CALLS


class Backend(asyncio.Protocol):
    """Answers every request with the instance that its path names, and counts the connections."""

    counted: Counter[str]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.counted["opened"] += 1
        self.counted["open"] += 1
        self.counted["most"] = max(self.counted["most"], self.counted["open"])

    def connection_lost(self, exc: Exception | None) -> None:
        self.counted["open"] -= 1

    def data_received(self, data: bytes) -> None:
        assert data.endswith(b"\r\n\r\n")
        self.counted["requests"] += 1
        instance = data.split(b" ", 2)[1].rpartition(b"/")[2]
        body = b'{"id":"%s","processId":"p","nodes":[]}' % instance
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        self._transport.write(head % len(body) + body)


async def call_all(client: AsyncClient) -> list[models.ProcessInstanceDTO]:
    return await asyncio.gather(*(client.get_instance_by_id(f"i{number}") for number in range(CALLS)))


async def measure_round(client: AsyncClient) -> int:
    """Return the bytes that are held after a round of calls, each of which got its own answer."""
    assert [each.id for each in await call_all(client)] == [f"i{number}" for number in range(CALLS)]
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_a_thousand_calls_at_once_leave_nothing_behind() -> None:
    counted = Counter[str]()

    async def use() -> None:
        loop = asyncio.get_running_loop()
        kind = type("Counted", (Backend,), {"counted": counted})
        server = await loop.create_server(kind, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncClient(url, timeout=httpx.Timeout(60)) as client:
            await call_all(client)  # fills what is kept for good, the connections among it
            tracemalloc.start()
            try:
                held = [await measure_round(client) for _ in range(3)]
            finally:
                tracemalloc.stop()
            assert asyncio.all_tasks() == {asyncio.current_task()}
        while counted["open"]:  # the server sees the end of each as soon as it looks
            await asyncio.sleep(0)
        server.close()
        await server.wait_closed()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert max(held) - held[0] < SLACK

    asyncio.run(asyncio.wait_for(use(), 300))
    assert counted["requests"] == 4 * CALLS
    assert counted["most"] <= 100  # httpx's own limit
