"""A backend with pages, and both ways to iterate over it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from orchestrator_v2 import AsyncClient, Client

from .calling import ONCE, URL


class Backend(httpx.MockTransport):
    """A list that pages by offset; `change_list` may change it after each page, `limit` is the maximum page size."""

    def __init__(
        self,
        ids: list[str],
        *,
        change_list: Callable[[list[str]], None] = lambda ids: None,
        limit: int | None = None,
        reports_page: bool = True,
        ignores_offset: bool = False,
    ) -> None:
        super().__init__(self._respond)
        self.ids = ids
        self.bodies: list[Any] = []
        self.paths: list[str] = []
        self._change_list, self._limit, self._reports_page, self._ignores_offset = (
            change_list,
            limit,
            reports_page,
            ignores_offset,
        )

    def _respond(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        self.paths.append(request.url.path)
        page = body["paginationInfo"]
        size = min(page["pageSize"], self._limit or page["pageSize"])
        offset = 0 if self._ignores_offset else page["offset"]
        rows = [{"id": each, "processId": "w", "nodes": []} for each in self.ids[offset : offset + size]]
        self._change_list(self.ids)
        reported = {"pageSize": size, "offset": offset} if self._reports_page else {}
        return httpx.Response(200, json={"items": rows, "paginationInfo": reported})


def iterate(transport: Any, method: str = "iter_instances", *args: Any, **options: Any) -> list[Any]:
    with Client(URL, transport=transport, retry=ONCE) as client:
        return list(getattr(client, method)(*args, **options))


def iterate_async(transport: Any, method: str = "iter_instances", *args: Any, **options: Any) -> list[Any]:
    async def use() -> list[Any]:
        async with AsyncClient(URL, transport=transport, retry=ONCE) as client:
            return [each async for each in getattr(client, method)(*args, **options)]

    return asyncio.run(use())


both = pytest.mark.parametrize(
    "iterate_all", [pytest.param(iterate, id="Client"), pytest.param(iterate_async, id="AsyncClient")]
)


Iterate = Callable[..., list[Any]]


def make_ids(count: int) -> list[str]:
    return [f"i-{number}" for number in range(count)]
