"""Iteration over lists of which rows are removed or moved meanwhile: what is promised then, and what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .test_paging import Backend, Go, both, iterate, name_them

# What becomes of the list after the first page of three, and which of the seven rows that were there come.
CHANGES: list[tuple[str, Callable[[list[str]], object], list[int]]] = [
    ("one that was read is removed", lambda ids: ids.remove("i-1"), [0, 1, 2, 4, 5, 6]),
    ("one that was not read is removed", lambda ids: ids.remove("i-5"), [0, 1, 2, 3, 4, 6]),
    ("all that was read is removed", lambda ids: ids.__delitem__(slice(0, 3)), [0, 1, 2, 6]),
    ("all is removed", lambda ids: ids.clear(), [0, 1, 2]),
    ("one that was read goes to the end", lambda ids: ids.append(ids.pop(0)), [0, 1, 2, 4, 5, 6]),
    ("the last goes to the start", lambda ids: ids.insert(0, ids.pop()), [0, 1, 2, 3, 4, 5]),
    (
        "two change places within what was not read",
        lambda ids: ids.insert(3, ids.pop(5)),
        [0, 1, 2, 5, 3, 4, 6],
    ),
    ("the order turns round", lambda ids: ids.reverse(), [0, 1, 2, 3]),
    (
        "one goes and one comes",
        lambda ids: (ids.remove("i-0"), ids.insert(0, "new-0")),
        [0, 1, 2, 3, 4, 5, 6],
    ),
]


def once(change: Callable[[list[str]], object]) -> Callable[[list[str]], None]:
    left = [change]
    return lambda ids: left.pop()(ids) and None if left else None


@both
@pytest.mark.parametrize(
    ("change", "come"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_what_moves_or_goes_may_draw_others_past(
    go: Go, change: Callable[[list[str]], object], come: list[int]
) -> None:
    rows = [row.id for row in go(Backend(name_them(7), meddle=once(change)), page_size=3)]
    assert rows == [f"i-{number}" for number in come]


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 12), page_size=st.integers(1, 5), data=st.data())
def test_whatever_becomes_of_the_list_it_ends_and_gives_no_row_twice(
    count: int, page_size: int, data: st.DataObject
) -> None:
    known = set(name_them(count))

    def meddle(ids: list[str]) -> None:
        kept = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        ids[:] = kept

    backend = Backend(name_them(count), meddle=meddle)
    rows = [row.id for row in iterate(backend, page_size=page_size)]
    assert len(set(rows)) == len(rows)
    assert set(rows) <= known
    assert len(backend.bodies) <= count // page_size + 1


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 12), page_size=st.integers(1, 5), removed=st.lists(st.integers(0, 12), max_size=6)
)
def test_no_more_are_left_out_than_were_removed(count: int, page_size: int, removed: list[int]) -> None:
    left = [*removed]

    def meddle(ids: list[str]) -> None:
        if left and ids:
            ids.pop(left.pop() % len(ids))

    backend = Backend(name_them(count), meddle=meddle)
    rows = [row.id for row in iterate(backend, page_size=page_size)]
    missing = [each for each in backend.ids if each not in rows]
    assert len(missing) <= count - len(backend.ids)
