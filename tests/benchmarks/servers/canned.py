"""A server with a fixed answer for each path, at the lowest possible cost: `python -m ... canned`."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from .. import samples
from . import reporting

_LENGTH: Final = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def _answer(body: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
    )


ANSWERS: Final = {
    name: samples.dump(answer)
    for name, answer in {
        "instances": samples.make_page(0, 10),
        "execute": {"id": samples.make_instance(1)["id"]},
        "overview": samples.make_overviews(0, 1)["overviews"][0],
    }.items()
}
_BY_PATH: Final = {name.encode(): _answer(body) for name, body in ANSWERS.items()}


class Canned(asyncio.Protocol):
    """One connection, which stays open until the client closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._read = b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or len(body) < (int(length[1]) if length else 0):
            return
        self._read = b""
        assert isinstance(self._transport, asyncio.WriteTransport)
        self._transport.write(_BY_PATH[head.split(b" ", 2)[1].rpartition(b"/")[2]])


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Canned, "127.0.0.1", 0)
    reporting.report(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
