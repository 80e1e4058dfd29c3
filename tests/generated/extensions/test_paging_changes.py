"""Iteration over lists whose rows are deleted or moved during the iteration: which rows are returned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..support.paging_backend import Backend, Iterate, both, iterate, make_ids

# The change to the list after the first page of three rows, and which of the seven original rows are returned.
CHANGES: list[tuple[str, Callable[[list[str]], object], list[int]]] = [
    ("a row that was read is removed", lambda ids: ids.remove("i-1"), [0, 1, 2, 4, 5, 6]),
    ("a row that was not read is removed", lambda ids: ids.remove("i-5"), [0, 1, 2, 3, 4, 6]),
    ("all rows that were read are removed", lambda ids: ids.__delitem__(slice(0, 3)), [0, 1, 2, 6]),
    ("all rows are removed", lambda ids: ids.clear(), [0, 1, 2]),
    ("a row that was read moves to the end", lambda ids: ids.append(ids.pop(0)), [0, 1, 2, 4, 5, 6]),
    ("the last row moves to the start", lambda ids: ids.insert(0, ids.pop()), [0, 1, 2, 3, 4, 5]),
    (
        "a row moves among those that were not read",
        lambda ids: ids.insert(3, ids.pop(5)),
        [0, 1, 2, 5, 3, 4, 6],
    ),
    ("the order is reversed", lambda ids: ids.reverse(), [0, 1, 2, 3]),
    (
        "a row is removed and another inserted",
        lambda ids: (ids.remove("i-0"), ids.insert(0, "new-0")),
        [0, 1, 2, 3, 4, 5, 6],
    ),
]


def change_once(change: Callable[[list[str]], object]) -> Callable[[list[str]], None]:
    left = [change]
    return lambda ids: left.pop()(ids) and None if left else None


@both
@pytest.mark.parametrize(
    ("change", "expected"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_deleted_or_moved_rows_may_hide_other_rows(
    iterate_all: Iterate, change: Callable[[list[str]], object], expected: list[int]
) -> None:
    rows = [row.id for row in iterate_all(Backend(make_ids(7), change_list=change_once(change)), page_size=3)]
    assert rows == [f"i-{number}" for number in expected]


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 12), page_size=st.integers(1, 5), data=st.data())
def test_iteration_ends_without_duplicates_however_the_list_changes(
    count: int, page_size: int, data: st.DataObject
) -> None:
    known = set(make_ids(count))

    def change_list(ids: list[str]) -> None:
        kept = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        ids[:] = kept

    backend = Backend(make_ids(count), change_list=change_list)
    rows = [row.id for row in iterate(backend, page_size=page_size)]
    assert len(set(rows)) == len(rows)
    assert set(rows) <= known
    assert len(backend.bodies) <= count // page_size + 1


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 12), page_size=st.integers(1, 5), removed=st.lists(st.integers(0, 12), max_size=6)
)
def test_at_most_one_row_is_missed_per_deleted_row(count: int, page_size: int, removed: list[int]) -> None:
    left = [*removed]

    def change_list(ids: list[str]) -> None:
        if left and ids:
            ids.pop(left.pop() % len(ids))

    backend = Backend(make_ids(count), change_list=change_list)
    rows = [row.id for row in iterate(backend, page_size=page_size)]
    missing = [each for each in backend.ids if each not in rows]
    assert len(missing) <= count - len(backend.ids)
