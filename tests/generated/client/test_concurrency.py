"""A thousand concurrent calls of one client over sockets release their connections and memory."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections import Counter
from itertools import pairwise
from typing import Final

import httpx
import pytest
from orchestrator_v2 import AsyncClient, models

CALLS: Final = 1000
ROUNDS: Final = 3
# The maximum number of connections that httpx opens.
LIMIT: Final = 100
# The memory blocks that a round may leave allocated: less than one per call. A task or a response takes several.
SLACK: Final = CALLS // 2


class Backend(asyncio.Protocol):
    """Answers every request with the instance whose id is in its path, and counts the connections."""

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


async def call_all(client: AsyncClient, calls: int) -> list[models.ProcessInstanceDTO]:
    return await asyncio.gather(*(client.get_instance_by_id(f"i{number}") for number in range(calls)))


async def count_blocks(client: AsyncClient) -> int:
    """Return the number of allocated memory blocks after a round of calls, and check each response."""
    assert [each.id for each in await call_all(client, CALLS)] == [f"i{number}" for number in range(CALLS)]
    gc.collect()
    return sys.getallocatedblocks()


@pytest.mark.slow
def test_a_thousand_concurrent_calls_leak_nothing() -> None:
    counted = Counter[str]()

    async def use() -> None:
        kind = type("Counted", (Backend,), {"counted": counted})
        server = await asyncio.get_running_loop().create_server(kind, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncClient(url, timeout=httpx.Timeout(None)) as client:
            # Fills the caches and the connection pool. A thousand calls take a minute with an empty httpx pool.
            await call_all(client, LIMIT)
            held = [await count_blocks(client) for _ in range(ROUNDS)]
            assert asyncio.all_tasks() == {asyncio.current_task()}
        async with asyncio.timeout(60):
            while counted["open"]:  # the server is notified of each closed connection in the event loop
                await asyncio.sleep(0)
        server.close()
        await server.wait_closed()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        # A leak grows in every round; what the interpreter does meanwhile does not.
        assert min(later - earlier for earlier, later in pairwise(held)) < SLACK

    asyncio.run(use())
    assert counted["requests"] == LIMIT + ROUNDS * CALLS
    # The server may count closed connections late. A connection per call would exceed this limit by far.
    assert counted["most"] < 2 * LIMIT
