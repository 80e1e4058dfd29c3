from __future__ import annotations

from typing import Any

import pytest
from orchestrator_conformance.reference.errors import BadRequest

from ..support.reference_rows import ROWS, find, ids, where


def paged(**paging: Any) -> str:
    return ids(find(ROWS, paginationInfo=paging).rows)


@pytest.mark.parametrize(
    ("paging", "expected"),
    [
        # Sorted by `at` by default, ties by id, rows without a value last.
        ({}, "abecd"),
        ({"orderDirection": "ASC"}, "abecd"),
        ({"orderDirection": "DESC"}, "cbead"),
        ({"orderBy": "name"}, "adbec"),
        ({"orderBy": "name", "orderDirection": "DESC"}, "beda" + "c"),
        ({"orderBy": "state"}, "acdbe"),
        ({"orderBy": "state", "orderDirection": "DESC"}, "ebdac"),
        ({"orderBy": "id", "orderDirection": "DESC"}, "edcba"),
        # The offset counts rows.
        ({"offset": 1}, "becd"),
        ({"offset": 4}, "d"),
        ({"offset": 5}, ""),
        ({"offset": 10**30}, ""),
        ({"pageSize": 2}, "ab"),
        ({"pageSize": 0}, ""),
        ({"pageSize": 10**30}, "abecd"),
        ({"offset": 1, "pageSize": 2}, "be"),
        ({"offset": 3, "pageSize": 2}, "cd"),
        ({"offset": 4, "pageSize": 2}, "d"),
        ({"offset": 1.0, "pageSize": 2.0}, "be"),
    ],
    ids=str,
)
def test_a_page_has_the_rows_in_order(paging: dict[str, Any], expected: str) -> None:
    assert paged(**paging) == expected


def test_the_order_does_not_depend_on_the_order_of_the_input() -> None:
    assert ids(find(ROWS[::-1]).rows) == ids(find(ROWS).rows)


@pytest.mark.parametrize("order_by", ["id", "name", "at", "state"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pages_partition_the_list(order_by: str, direction: str, size: int) -> None:
    order = {"orderBy": order_by, "orderDirection": direction}
    pages = [paged(**order, offset=offset, pageSize=size) for offset in range(0, len(ROWS), size)]
    assert "".join(pages) == paged(**order)


def test_the_total_counts_the_matching_rows_of_all_pages() -> None:
    found = find(ROWS, filters=where("name", "EQ", "beta"), paginationInfo={"pageSize": 1})
    assert (ids(found.rows), found.total) == ("b", 2)


@pytest.mark.parametrize(
    ("paging", "reason"),
    [
        ({"orderBy": "nope"}, "cannot sort by 'nope'"),
        ({"orderBy": ""}, "cannot sort by ''"),
        ({"orderBy": "variables"}, "cannot sort by 'variables'"),
        ({"pageSize": -1}, "pageSize must be"),
        ({"pageSize": 0.5}, "pageSize must be"),
        ({"offset": -1}, "offset must be"),
        ({"offset": 1.5}, "offset must be"),
        ({"offset": float("nan")}, "offset must be"),
        ({"pageSize": float("inf")}, "pageSize must be"),
    ],
    ids=str,
)
def test_invalid_counts_and_sort_keys_are_rejected(paging: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRequest, match=reason):
        paged(**paging)
