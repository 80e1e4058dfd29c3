"""Iteration over paged lists, including lists that change during the iteration."""

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


@both
@pytest.mark.parametrize(
    ("count", "page_size", "requests"), [(0, 3, 1), (2, 3, 1), (3, 3, 2), (7, 3, 3), (7, 100, 1), (2, 1, 3)]
)
def test_every_row_is_returned_once_in_order(
    iterate_all: Iterate, count: int, page_size: int, requests: int
) -> None:
    backend = Backend(make_ids(count))
    rows = iterate_all(backend, page_size=page_size)
    assert [row.id for row in rows] == make_ids(count)
    assert all(isinstance(row, models.ProcessInstanceDTO) for row in rows)
    assert len(backend.bodies) == requests


@both
def test_filter_and_order_are_sent_with_every_page(iterate_all: Iterate) -> None:
    backend = Backend(make_ids(3))
    iterate_all(backend, "iter_instances", FILTER, page_size=2, order_by="start", order_direction="DESC")
    sent = {"field": "state", "operator": "EQ", "value": "ACTIVE"}
    assert backend.bodies == [
        {
            "filters": sent,
            "paginationInfo": {"orderBy": "start", "orderDirection": "DESC", "offset": offset, "pageSize": 2},
        }
        for offset in (0, 2)
    ]


@both
def test_unset_arguments_are_not_sent(iterate_all: Iterate) -> None:
    backend = Backend([])
    iterate_all(backend)
    assert backend.bodies == [{"paginationInfo": {"offset": 0, "pageSize": 100}}]


@both
def test_path_parameters_are_sent_with_every_page(iterate_all: Iterate) -> None:
    backend = Backend(make_ids(2))
    assert len(iterate_all(backend, "iter_workflow_instances", "greet", page_size=1)) == 2
    assert set(backend.paths) == {"/api/orchestrator/v2/workflows/greet/instances"}


@both
def test_overviews_are_identified_by_their_workflow_id(iterate_all: Iterate) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        offset = json.loads(request.content)["paginationInfo"]["offset"]
        rows = [{"workflowId": each, "format": "yaml"} for each in ["a", "b", "b", "c"]][offset : offset + 2]
        return httpx.Response(200, json={"overviews": rows, "paginationInfo": {}})

    rows = iterate_all(httpx.MockTransport(respond), "iter_workflows_overview", page_size=2)
    assert [row.workflow_id for row in rows] == ["a", "b", "c"]


@both
@pytest.mark.parametrize("grows", ["at its end", "at its start"])
def test_no_row_is_missed_when_rows_are_inserted(iterate_all: Iterate, grows: str) -> None:
    new = iter(f"new-{number}" for number in range(4))

    def change_list(ids: list[str]) -> None:
        for each in [*new][:1]:
            ids.insert(0 if grows == "at its start" else len(ids), each)

    backend = Backend(make_ids(7), change_list=change_list)
    rows = [row.id for row in iterate_all(backend, page_size=3)]
    assert [each for each in rows if not each.startswith("new")] == make_ids(7)
    assert len(set(rows)) == len(rows)


@both
def test_no_row_is_missed_when_a_whole_page_is_inserted(iterate_all: Iterate) -> None:
    waiting = [["new-0", "new-1", "new-2"]]

    def change_list(ids: list[str]) -> None:
        ids[:0] = waiting.pop() if waiting else []

    rows = [row.id for row in iterate_all(Backend(make_ids(7), change_list=change_list), page_size=3)]
    assert rows == make_ids(7)


@both
def test_a_list_that_repeats_itself_is_read_once(iterate_all: Iterate) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        page = json.loads(request.content)["paginationInfo"]
        around = [f"i-{(page['offset'] + number) % 7}" for number in range(page["pageSize"])]
        rows = [{"id": each, "processId": "w", "nodes": []} for each in around]
        return httpx.Response(200, json={"items": rows, "paginationInfo": {}})

    assert [row.id for row in iterate_all(httpx.MockTransport(respond), page_size=3)] == make_ids(7)


@both
@pytest.mark.parametrize("reports_page", [True, False])
def test_iteration_ends_if_the_backend_ignores_the_offset(iterate_all: Iterate, reports_page: bool) -> None:
    backend = Backend(make_ids(7), ignores_offset=True, reports_page=reports_page)
    assert [row.id for row in iterate_all(backend, page_size=3)] == make_ids(3)
    assert len(backend.bodies) == 3


@both
def test_a_backend_that_limits_the_page_size_is_read_to_the_end(iterate_all: Iterate) -> None:
    backend = Backend(make_ids(7), limit=2)
    assert [row.id for row in iterate_all(backend, page_size=5)] == make_ids(7)


@both
def test_a_failing_page_raises_after_the_previous_rows(iterate_all: Iterate) -> None:
    backend = Backend(make_ids(7))
    pages: list[int] = []

    def respond(request: httpx.Request) -> httpx.Response:
        pages.append(1)
        return httpx.Response(500, json={"message": "no"}) if len(pages) > 1 else backend._respond(request)

    with pytest.raises(ApiError):
        iterate_all(httpx.MockTransport(respond), page_size=3)
    assert len(pages) == 2


@pytest.mark.parametrize("page_size", [0, -1, 2.5])
def test_an_invalid_page_size_is_rejected(page_size: int) -> None:
    with Client(URL, transport=Backend([])) as client, pytest.raises(ValueError, match="page_size"):
        client.iter_instances(page_size=page_size)


def test_pages_are_requested_lazily() -> None:
    backend = Backend(make_ids(7))
    with Client(URL, transport=backend) as client:
        rows = client.iter_instances(page_size=3)
        assert isinstance(rows, Iterator)
        assert backend.bodies == []
        assert [next(rows).id for _ in range(3)] == make_ids(3)
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
def test_existing_rows_are_returned_once_whatever_is_inserted(
    count: int, page_size: int, inserts: list[int | None]
) -> None:
    left = [*inserts]

    def change_list(ids: list[str]) -> None:
        place = left.pop(0) if left else None
        if place is not None:
            ids.insert(min(place, len(ids)), f"new-{len(ids)}")

    rows = [row.id for row in iterate(Backend(make_ids(count), change_list=change_list), page_size=page_size)]
    assert [each for each in rows if each.startswith("i-")] == make_ids(count)
    assert len(set(rows)) == len(rows)
