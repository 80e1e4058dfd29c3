"""The common mistakes of a search, each with the list that it leads to.

Most mistakes are modelled as a rewritten request: the list that a mistake leads to is the right answer to another
request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .conditions import Row
from .filter_mistakes import IN_COMPARISONS, IN_CONDITIONS
from .paging_mistakes import IN_PAGING, Paging
from .searching import Body, search


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `cause` completes "the backend behaves as if ...".

    `predict` returns the list that the mistake leads to, or None if it does not apply to the request.
    """

    cause: str
    predict: Callable[[Sequence[Row], Body], list[Row] | None]


def list_mistakes() -> list[Mistake]:
    """Return every mistake, the simplest first."""
    return [
        *(Mistake(cause, _asking(_change_paging(change))) for cause, change in IN_PAGING),
        Mistake("pages were cut before filtering", _page_first),
        *(
            Mistake(cause, _asking(_change_filter(change)))
            for cause, change in (*IN_CONDITIONS, *IN_COMPARISONS)
        ),
    ]


def _asking(rewrite: Callable[[Body], Body | None]) -> Callable[[Sequence[Row], Body], list[Row] | None]:
    def predict(rows: Sequence[Row], body: Body) -> list[Row] | None:
        other = rewrite(body)
        return None if other is None else search(rows, other)

    return predict


def _change_paging(change: Callable[[Paging], Paging | None]) -> Callable[[Body], Body | None]:
    def rewrite(body: Body) -> Body | None:
        changed = change(dict(body.get("paginationInfo") or {}))
        return None if changed is None else {**body, "paginationInfo": changed}

    return rewrite


def _change_filter(change: Callable[[Row], Row]) -> Callable[[Body], Body | None]:
    def rewrite(body: Body) -> Body | None:
        if "filters" not in body:
            return None
        changed = change(body["filters"])
        return None if changed == body["filters"] else {**body, "filters": changed}

    return rewrite


def _page_first(rows: Sequence[Row], body: Body) -> list[Row] | None:
    if "filters" not in body or "paginationInfo" not in body:
        return None
    page = search(rows, {"paginationInfo": body["paginationInfo"]})
    return search(page, {"filters": body["filters"]})
