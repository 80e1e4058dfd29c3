"""Lists that come in pages: how an operation pages, and the way through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ._model import Model, read_property
from ._operation import Operation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging(Generic[T]):
    """How `operation` pages: the property `page` of its body holds `offset` and `limit`, its answer the rows `items`.

    All are names on the wire. `id` is the property that tells rows apart, and `T` the type of a row.
    """

    operation: Operation[Any]
    body: type[Model]
    page: str
    page_type: type[Model]
    offset: str
    limit: str
    items: str
    id: str


class Pages(Generic[T]):
    """The pages of one list, one after the other: which to ask for next, and what of it is new.

    What came is counted and not what was asked for, and no row is given twice: so nothing of what was there is left
    out where rows are added meanwhile, or move ahead. A row that is removed from what was read, or moves from there
    to what was not, draws all after it one place ahead, and the next page begins one too far: no count can tell.

    It ends with a page that is shorter than was asked for or, where the answer says what its page is held to, than
    that. It also ends where more rows in a row were there before than there are: such a list repeats itself, as where
    the backend ignores the offset.
    """

    def __init__(
        self, paging: Paging[T], sent: Mapping[str, object], page: Mapping[str, object], page_size: int
    ) -> None:
        if page_size < 1 or page_size != int(page_size):
            raise ValueError(f"page_size must be a whole number of at least 1, got {page_size}")
        self.operation = paging.operation
        self._paging = paging
        self._sent = {name: value for name, value in sent.items() if value is not None}
        self._page = {name: value for name, value in page.items() if value is not None}
        self._size = page_size
        self._offset = 0
        self._stale = 0
        self._seen: set[object] = set()
        self.is_over = False

    def next_body(self) -> Model:
        """Return the body that asks for the next page."""
        paging = self._paging
        page = {**self._page, paging.offset: self._offset, paging.limit: self._size}
        return paging.body(**{**self._sent, paging.page: paging.page_type(**page)})

    def take(self, answer: object) -> list[T]:
        """Return the rows of `answer` that are new, and take note of whether and where it goes on."""
        rows: list[T] = read_property(answer, self._paging.items) or []
        new = [row for row in rows if self._is_new(row)]
        self._offset += len(rows)
        self._stale = 0 if new else self._stale + len(rows)
        # A backend may hold the page smaller than it was asked for, and says so.
        echoed = read_property(read_property(answer, self._paging.page), self._paging.limit)
        full = min(self._size, echoed) if isinstance(echoed, int | float) and echoed >= 1 else self._size
        self.is_over = len(rows) < full or self._stale > len(self._seen)
        return new

    def _is_new(self, row: T) -> bool:
        key = read_property(row, self._paging.id)
        if key is None:
            return True
        known = key in self._seen
        self._seen.add(key)
        return not known
