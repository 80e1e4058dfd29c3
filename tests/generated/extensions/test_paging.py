"""Iteration over paged lists, including lists that change during the iteration."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2 import ApiError, AsyncClient, Client, models
from orchestrator_v2._http import AsyncBase

from ..support.calling import URL
from ..support.paging_backend import Backend, Iterate, both, iterate, make_ids

FILTER = models.FieldFilter(field="state", operator="EQ", value="ACTIVE")


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
