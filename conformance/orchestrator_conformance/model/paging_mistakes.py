"""Common mistakes with pages and orders. Each is a cause and a function that rewrites a `paginationInfo`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Paging = dict[str, Any]
Change = Callable[[Paging], Paging | None]

# Checks use an offset of at least this size only to ask for a page past the end.
_FAR: Final = 1000


def _without(name: str) -> Change:
    return lambda paging: {key: paging[key] for key in paging if key != name} if name in paging else None


def _changing(name: str, value: Callable[[Paging], Any]) -> Change:
    return lambda paging: {**paging, name: value(paging)} if name in paging else None


def _turn(paging: Paging) -> str:
    return "ASC" if paging["orderDirection"] == "DESC" else "DESC"


def _descend(paging: Paging) -> Paging | None:
    return None if "orderDirection" in paging else {**paging, "orderDirection": "DESC"}


def _start_again(paging: Paging) -> Paging | None:
    return {**paging, "offset": 0} if paging.get("offset", 0) >= _FAR else None


def limit_default_page(size: int) -> Change:
    """Return a function that adds a `pageSize` where none is given."""
    return lambda paging: None if "pageSize" in paging else {**paging, "pageSize": size}


def cap_page(size: int) -> Change:
    """Return a function that limits the `pageSize`."""
    return lambda paging: {**paging, "pageSize": size} if paging.get("pageSize", 0) > size else None


def misread_sort_key(key: str) -> Change:
    """Return a function that ignores one sort key."""

    def change(paging: Paging) -> Paging | None:
        if paging.get("orderBy") != key:
            return None
        return {name: value for name, value in paging.items() if name != "orderBy"}

    return change


IN_PAGING: Final[tuple[tuple[str, Change], ...]] = (
    ("paginationInfo were ignored", lambda paging: {} if paging else None),
    ("offset were ignored", _without("offset")),
    ("an offset past the end were 0", _start_again),
    (
        "offset counted pages",
        _changing("offset", lambda paging: paging["offset"] * paging.get("pageSize", 1)),
    ),
    ("offset were one less", _changing("offset", lambda paging: paging["offset"] - 1)),
    ("offset were one more", _changing("offset", lambda paging: paging["offset"] + 1)),
    ("pageSize were ignored", _without("pageSize")),
    ("pageSize were one less", _changing("pageSize", lambda paging: max(0, paging["pageSize"] - 1))),
    ("pageSize were one more", _changing("pageSize", lambda paging: paging["pageSize"] + 1)),
    ("orderBy were ignored", _without("orderBy")),
    ("orderDirection were ignored", _without("orderDirection")),
    ("the default direction were DESC", _descend),
    ("ASC and DESC were swapped", _changing("orderDirection", _turn)),
)
