"""The common mistakes of a search, each with the list that it leads to.

Most mistakes are modelled as a rewritten request: the list that a mistake leads to is the right answer to another
request.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from .comparison_mistakes import IN_COMPARISONS, collapse
from .conditions import DATES, Row, read_text
from .logical_mistakes import IN_CONDITIONS, limit_to_kinds
from .paging_mistakes import IN_PAGING, Paging, cap_page, limit_default_page, misread_sort_key
from .rewriting import list_paths, restrict
from .searching import Body, search

AppliesTo = Callable[[tuple[str, ...]], bool]
Predict = Callable[[Sequence[Row], Body], list[Row] | None]


# The kinds of fields that backends treat alike.
_KINDS: Final[tuple[tuple[str, AppliesTo], ...]] = (
    ("in nested filters", lambda path: len(path) > 1),
    ("on dates", lambda path: len(path) == 1 and path[0] in DATES),
    ("on texts", lambda path: len(path) == 1 and path[0] not in (*DATES, "id", "state")),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `cause` completes "the backend behaves as if ...".

    `predict` returns the list that the mistake leads to, or None if it does not apply to the request.
    """

    cause: str
    predict: Predict


def list_mistakes(body: Body | None = None, found: int = 0) -> list[Mistake]:
    """Return every mistake that may explain an answer with `found` rows to `body`, the simplest first.

    The mistakes with comparisons come once for all fields, and then for each field of `body` alone.
    """
    return [
        *(Mistake(cause, _asking(_change_paging(change))) for cause, change in IN_PAGING),
        *_list_limits(body or {}, found),
        Mistake("pages were cut before filtering", _page_first),
        Mistake("dates were compared as text", _compare_texts),
        *(Mistake(cause, _asking(_change_filter(change))) for cause, change in IN_CONDITIONS),
        *(Mistake(cause, _asking(_change_filter(change))) for cause, change in IN_COMPARISONS),
        Mistake("runs of whitespace in a stored value were one space", _collapse_stored),
        Mistake("runs of whitespace were one space", _collapse_all),
        *_list_restricted(body or {}),
    ]


def _list_limits(body: Body, found: int) -> Iterator[Mistake]:
    paging = body.get("paginationInfo") or {}
    if found and "pageSize" not in paging:
        cause = f"a request without pageSize asked for {found} items"
        yield Mistake(cause, _asking(_change_paging(limit_default_page(found))))
    if found and paging.get("pageSize", 0) > found:
        cause = f"pageSize were at most {found}"
        yield Mistake(cause, _asking(_change_paging(cap_page(found))))
    if "orderBy" in paging:
        cause = f"orderBy {paging['orderBy']} were ignored"
        yield Mistake(cause, _asking(_change_paging(misread_sort_key(paging["orderBy"]))))


def _list_restricted(body: Body) -> Iterator[Mistake]:
    """Yield the mistakes with comparisons for the kinds of fields and the fields of `body`.

    Each comes once for all filters, and once for those in or outside of logical filters.
    """
    condition = body.get("filters")
    if not isinstance(condition, dict):
        return
    for cause, change in limit_to_kinds(condition):
        yield Mistake(cause, _asking(_change_filter(change)))
    paths = list(dict.fromkeys(list_paths(condition)))
    kinds = [(name, applies) for name, applies in _KINDS if any(map(applies, paths))]
    names = [(f"on {'.'.join(path)}", partial(operator.eq, path)) for path in paths]
    scopes: list[tuple[str, AppliesTo]] = [*kinds, *names]
    for where, is_affected in (
        ("", None),
        (" in AND, OR and NOT", True),
        (" outside AND, OR and NOT", False),
    ):
        for name, applies in ([("", _applies_always)] if where else []) + scopes:
            scope = f"{f' {name}' if name else ''}{where}"
            for cause, change in IN_COMPARISONS:
                limited = restrict(change, _apply(applies, is_affected))
                yield Mistake(f"{cause}{scope}", _asking(_change_filter(limited)))


def _applies_always(path: tuple[str, ...]) -> bool:
    return True


def _apply(applies: AppliesTo, is_affected: bool | None) -> Callable[[tuple[str, ...], bool], bool]:
    return lambda path, is_part: applies(path) and is_affected in (None, is_part)


def _asking(rewrite: Callable[[Body], Body | None]) -> Predict:
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


def _compare_texts(rows: Sequence[Row], body: Body) -> list[Row]:
    return search(rows, body, read_text)


def _collapse_stored(rows: Sequence[Row], body: Body) -> list[Row] | None:
    return search([_collapse_texts(row) for row in rows], body) if "filters" in body else None


def _collapse_all(rows: Sequence[Row], body: Body) -> list[Row] | None:
    changed = dict(IN_COMPARISONS)["runs of whitespace in a value of a filter were one space"]
    return (
        _collapse_stored(rows, {**body, "filters": changed(body["filters"])}) if "filters" in body else None
    )


def _collapse_texts(row: Row) -> Row:
    return {name: _collapse_within(value) for name, value in row.items()}


def _collapse_within(value: object) -> object:
    match value:
        case str():
            return collapse(value)
        case dict():
            return _collapse_texts(value)
        case _:
            return value
