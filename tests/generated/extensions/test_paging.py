"""Iteration over lists that come in pages, also while they change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2 import ApiError, AsyncClient, Client, models
from orchestrator_v2._http import AsyncBase

from ..support.calling import ONCE, URL

FILTER = models.FieldFilter(field="state", operator="EQ", value="ACTIVE")


class Backend(httpx.MockTransport):
    """A list that pages by offset; `meddle` may change it after each page, and `limit` caps the page."""

    def __init__(
        self,
        ids: list[str],
        *,
        meddle: Callable[[list[str]], None] = lambda ids: None,
        limit: int | None = None,
        echoes: bool = True,
        is_deaf: bool = False,
    ) -> None:
        super().__init__(self._respond)
        self.ids = ids
        self.bodies: list[Any] = []
        self.paths: list[str] = []
        self._meddle, self._limit, self._echoes, self._is_deaf = meddle, limit, echoes, is_deaf

    def _respond(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        self.paths.append(request.url.path)
        page = body["paginationInfo"]
        size = min(page["pageSize"], self._limit or page["pageSize"])
        offset = 0 if self._is_deaf else page["offset"]
        rows = [{"id": each, "processId": "w", "nodes": []} for each in self.ids[offset : offset + size]]
        self._meddle(self.ids)
        echoed = {"pageSize": size, "offset": offset} if self._echoes else {}
        return httpx.Response(200, json={"items": rows, "paginationInfo": echoed})


def iterate(transport: Any, method: str = "iter_instances", *args: Any, **options: Any) -> list[Any]:
    with Client(URL, transport=transport, retry=ONCE) as client:
        return list(getattr(client, method)(*args, **options))


def iterate_async(transport: Any, method: str = "iter_instances", *args: Any, **options: Any) -> list[Any]:
    async def use() -> list[Any]:
        async with AsyncClient(URL, transport=transport, retry=ONCE) as client:
            return [each async for each in getattr(client, method)(*args, **options)]

    return asyncio.run(use())


both = pytest.mark.parametrize(
    "go", [pytest.param(iterate, id="Client"), pytest.param(iterate_async, id="AsyncClient")]
)
Go = Callable[..., list[Any]]


def name_them(count: int) -> list[str]:
    return [f"i-{number}" for number in range(count)]


@both
@pytest.mark.parametrize(
    ("count", "page_size", "requests"), [(0, 3, 1), (2, 3, 1), (3, 3, 2), (7, 3, 3), (7, 100, 1), (2, 1, 3)]
)
def test_every_row_comes_once_and_in_order(go: Go, count: int, page_size: int, requests: int) -> None:
    backend = Backend(name_them(count))
    rows = go(backend, page_size=page_size)
    assert [row.id for row in rows] == name_them(count)
    assert all(isinstance(row, models.ProcessInstanceDTO) for row in rows)
    assert len(backend.bodies) == requests


@both
def test_filter_and_order_go_with_every_page(go: Go) -> None:
    backend = Backend(name_them(3))
    go(backend, "iter_instances", FILTER, page_size=2, order_by="start", order_direction="DESC")
    sent = {"field": "state", "operator": "EQ", "value": "ACTIVE"}
    assert backend.bodies == [
        {
            "filters": sent,
            "paginationInfo": {"orderBy": "start", "orderDirection": "DESC", "offset": offset, "pageSize": 2},
        }
        for offset in (0, 2)
    ]


@both
def test_what_is_not_given_is_not_sent(go: Go) -> None:
    backend = Backend([])
    go(backend)
    assert backend.bodies == [{"paginationInfo": {"offset": 0, "pageSize": 100}}]


@both
def test_an_operation_keeps_its_own_parameters(go: Go) -> None:
    backend = Backend(name_them(2))
    assert len(go(backend, "iter_workflow_instances", "greet", page_size=1)) == 2
    assert set(backend.paths) == {"/api/orchestrator/v2/workflows/greet/instances"}


@both
def test_overviews_are_told_apart_by_their_own_id(go: Go) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        offset = json.loads(request.content)["paginationInfo"]["offset"]
        rows = [{"workflowId": each, "format": "yaml"} for each in ["a", "b", "b", "c"]][offset : offset + 2]
        return httpx.Response(200, json={"overviews": rows, "paginationInfo": {}})

    rows = go(httpx.MockTransport(respond), "iter_workflows_overview", page_size=2)
    assert [row.workflow_id for row in rows] == ["a", "b", "c"]


@both
@pytest.mark.parametrize("grows", ["at its end", "at its start"])
def test_rows_that_are_added_leave_out_none(go: Go, grows: str) -> None:
    new = iter(f"new-{number}" for number in range(4))

    def meddle(ids: list[str]) -> None:
        for each in [*new][:1]:
            ids.insert(0 if grows == "at its start" else len(ids), each)

    backend = Backend(name_them(7), meddle=meddle)
    rows = [row.id for row in go(backend, page_size=3)]
    assert [each for each in rows if not each.startswith("new")] == name_them(7)
    assert len(set(rows)) == len(rows)


@both
def test_a_whole_page_that_is_added_leaves_out_none(go: Go) -> None:
    waiting = [["new-0", "new-1", "new-2"]]

    def meddle(ids: list[str]) -> None:
        ids[:0] = waiting.pop() if waiting else []

    rows = [row.id for row in go(Backend(name_them(7), meddle=meddle), page_size=3)]
    assert rows == name_them(7)


@both
def test_a_list_without_an_end_of_its_own_is_read_once(go: Go) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        page = json.loads(request.content)["paginationInfo"]
        around = [f"i-{(page['offset'] + number) % 7}" for number in range(page["pageSize"])]
        rows = [{"id": each, "processId": "w", "nodes": []} for each in around]
        return httpx.Response(200, json={"items": rows, "paginationInfo": {}})

    assert [row.id for row in go(httpx.MockTransport(respond), page_size=3)] == name_them(7)


@both
@pytest.mark.parametrize("echoes", [True, False])
def test_a_backend_that_ignores_the_offset_ends(go: Go, echoes: bool) -> None:
    backend = Backend(name_them(7), is_deaf=True, echoes=echoes)
    assert [row.id for row in go(backend, page_size=3)] == name_them(3)
    assert len(backend.bodies) == 3


@both
def test_a_backend_that_caps_pages_and_says_so_is_read_to_the_end(go: Go) -> None:
    backend = Backend(name_them(7), limit=2)
    assert [row.id for row in go(backend, page_size=5)] == name_them(7)


@both
def test_a_page_that_fails_raises_after_the_rows_before_it(go: Go) -> None:
    backend = Backend(name_them(7))
    pages: list[int] = []

    def respond(request: httpx.Request) -> httpx.Response:
        pages.append(1)
        return httpx.Response(500, json={"message": "no"}) if len(pages) > 1 else backend._respond(request)

    with pytest.raises(ApiError):
        go(httpx.MockTransport(respond), page_size=3)
    assert len(pages) == 2


@pytest.mark.parametrize("page_size", [0, -1, 2.5])
def test_no_page_is_without_rows(page_size: int) -> None:
    with Client(URL, transport=Backend([])) as client, pytest.raises(ValueError, match="page_size"):
        client.iter_instances(page_size=page_size)


def test_a_row_is_given_before_the_next_page_is_asked_for() -> None:
    backend = Backend(name_them(7))
    with Client(URL, transport=backend) as client:
        rows = client.iter_instances(page_size=3)
        assert isinstance(rows, Iterator)
        assert backend.bodies == []
        assert [next(rows).id for _ in range(3)] == name_them(3)
        assert len(backend.bodies) == 1


def test_the_asynchronous_iteration_is_an_asynchronous_iterator() -> None:
    client = AsyncClient(URL, transport=Backend([]))
    assert isinstance(client, AsyncBase)
    assert isinstance(client.iter_instances(), AsyncIterator)


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 12),
    page_size=st.integers(2, 5),
    inserts=st.lists(st.none() | st.integers(0, 20), max_size=12),
)
def test_whatever_is_added_meanwhile_what_was_there_comes_once(
    count: int, page_size: int, inserts: list[int | None]
) -> None:
    left = [*inserts]

    def meddle(ids: list[str]) -> None:
        place = left.pop(0) if left else None
        if place is not None:
            ids.insert(min(place, len(ids)), f"new-{len(ids)}")

    rows = [row.id for row in iterate(Backend(name_them(count), meddle=meddle), page_size=page_size)]
    assert [each for each in rows if each.startswith("i-")] == name_them(count)
    assert len(set(rows)) == len(rows)
