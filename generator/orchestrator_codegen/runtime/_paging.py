"""Paging: how an operation returns its list in pages, and the iteration over all pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ._model import Model, read_property
from ._operation import Operation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging(Generic[T]):
    """How `operation` pages; `T` is the type of a row.

    The property `page` of the request body has the properties `offset` and `limit`. The response has the rows in
    `items`, and `id` is the property that identifies a row. All of these are wire names.
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
    """The iteration over the pages of one list: which page to request next, and which of its rows are new.

    The offset advances by the number of rows received, not the number requested, and no row is returned twice. So
    no row is missed if rows are inserted, or move towards the start, during the iteration. If a row that was already
    read is deleted, or moves behind the current page, the rows after it shift by one and the next page skips one
    row. The client cannot detect this.

    The iteration ends with a page that has fewer rows than requested, or fewer than the limit that the response
    reports. It also ends when more consecutive rows were already seen than there are distinct rows: such a list
    repeats itself, for example because the backend ignores the offset.
    """

    def __init__(
        self, paging: Paging[T], sent: Mapping[str, object], page: Mapping[str, object], page_size: int
    ) -> None:
        if page_size < 1 or page_size != int(page_size):
            raise ValueError(f"page_size must be an integer of at least 1, got {page_size}")
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
        """Return the request body for the next page."""
        paging = self._paging
        page = {**self._page, paging.offset: self._offset, paging.limit: self._size}
        return paging.body(**{**self._sent, paging.page: paging.page_type(**page)})

    def take(self, answer: object) -> list[T]:
        """Return the new rows of `answer`, and update the offset and `is_over`."""
        rows: list[T] = read_property(answer, self._paging.items) or []
        new = [row for row in rows if self._is_new(row)]
        self._offset += len(rows)
        self._stale = 0 if new else self._stale + len(rows)
        # A backend may limit the page size below the requested one, and report its limit.
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
