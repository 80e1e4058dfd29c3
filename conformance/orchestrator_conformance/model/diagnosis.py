"""Finds the common mistakes that explain wrong answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from .conditions import Row
from .mistakes import list_mistakes
from .searching import Body, keys_of, search, select

# What a search raises if the document does not define its meaning, or if the rows do not have the documented types.
_UNDEFINED: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)

# How an answer relates to a mistake. `silent`: the answer would be the same without the mistake, or nothing is known.
Fit = Literal["explains", "silent", "contradicts"]


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list that a target answered: the rows that it holds, the search, the rows found, and the totalCount, if any.

    `others` are rows that the list must not contain because of the path of the request.
    """

    rows: Sequence[Row]
    body: Body
    found: Sequence[Row]
    total: Any = None
    others: Sequence[Row] = field(default=())


@dataclass(frozen=True, slots=True)
class Explanation:
    """A mistake that explains an answer. `cause` completes "the backend behaves as if ...".

    `fit` says how another answer relates to the mistake.
    """

    cause: str
    fit: Callable[[SeenList], Fit]


def explain_lists(evidence: Sequence[SeenList], others: Sequence[SeenList] = ()) -> list[Explanation]:
    """Return the mistakes that explain every wrong list of `evidence`, the simplest first.

    No list of `evidence` and no right list of `others` contradicts them. A wrong list of `others` says nothing: it may
    have been read before a change became visible.
    """
    wrong = next((each for each in evidence if _is_wrong(each)), None)
    if wrong is None:
        return []
    right = [each for each in others if is_right(each)]
    return [
        each
        for each in _list_explanations(wrong)
        if all(each.fit(seen) == "explains" if _is_wrong(seen) else _holds(each, seen) for seen in evidence)
        and all(_holds(each, seen) for seen in right)
    ]


def explain(rows: Sequence[Row], body: Body, found: Sequence[Row], total: Any = None) -> list[str]:
    """Return the causes that explain why a backend with `rows` answers `found`, the simplest first.

    The list is empty if the answer is right or if no mistake leads to it.
    """
    return [each.cause for each in explain_lists([SeenList(rows, body, found, total)])]


def _holds(explanation: Explanation, seen: SeenList) -> bool:
    return explanation.fit(seen) != "contradicts"


def is_right(seen: SeenList) -> bool:
    """Whether the document defines the meaning of the search, and the answer is right."""
    return _compare(seen) is True


def is_right_without(seen: SeenList, field_name: str) -> bool:
    """Whether some rows lack the field, and the answer is right apart from them."""
    lacking = {_id_of(row) for row in (*seen.rows, *seen.others) if row.get(field_name) is None}
    if not lacking or "pageSize" in (seen.body.get("paginationInfo") or {}):
        return False
    rows, found = ([row for row in each if _id_of(row) not in lacking] for each in (seen.rows, seen.found))
    return is_right(SeenList(rows, seen.body, found))


def _is_wrong(seen: SeenList) -> bool:
    return _compare(seen) is False


def _compare(seen: SeenList) -> bool | None:
    """Return whether the answer is right, or None if the document does not define the meaning of the search."""
    try:
        is_listed = _is_same(search(seen.rows, seen.body), seen.found, seen)
        return is_listed and (seen.total is None or seen.total == len(select(seen.rows, seen.body)))
    except _UNDEFINED:
        return None


def _list_explanations(seen: SeenList) -> list[Explanation]:
    """Return the explanations of one wrong list."""
    if _is_same(search(seen.rows, seen.body), seen.found, seen):
        candidates = [Explanation(cause, _fit_total(guess)) for cause, guess in _TOTALS]
    else:
        candidates = [
            Explanation("the workflow in the path were ignored", _fit_path),
            *(
                Explanation(each.cause, _fit_list(each.predict))
                for each in list_mistakes(seen.body, len(seen.found))
            ),
            Explanation("rows were removed after the page was cut", _fit_short_page),
        ]
    return [each for each in candidates if each.fit(seen) == "explains"]


def _fit_list(predict: Callable[[Sequence[Row], Body], list[Row] | None]) -> Callable[[SeenList], Fit]:
    def fit(seen: SeenList) -> Fit:
        try:
            predicted = predict(seen.rows, seen.body)
            if predicted is None:
                return "silent"
            if _is_same(predicted, seen.found, seen):
                return "silent" if is_right(seen) else "explains"
            return "silent" if _is_same(predicted, search(seen.rows, seen.body), seen) else "contradicts"
        except _UNDEFINED:
            return "silent"

    return fit


def _fit_path(seen: SeenList) -> Fit:
    strangers = {_id_of(row) for row in seen.others}
    if not strangers:
        return "silent"
    if any(_id_of(row) in strangers for row in seen.found):
        return "explains"
    everything = [*seen.rows, *seen.others]
    return "contradicts" if len(search(everything, seen.body)) > len(seen.found) else "silent"


def _fit_short_page(seen: SeenList) -> Fit:
    """Whether the page is a shortened part of the list: fewer rows than asked for, although more rows follow.

    The rows that were removed are not known, so no right page contradicts the mistake.
    """
    paging = seen.body.get("paginationInfo") or {}
    if not isinstance(paging.get("pageSize"), int) or len(seen.found) >= paging["pageSize"]:
        return "silent"
    unpaged = {name: value for name, value in paging.items() if name not in ("pageSize", "offset")}
    ids = [_id_of(row) for row in search(seen.rows, {**seen.body, "paginationInfo": unpaged})]
    found = [_id_of(row) for row in seen.found]
    latest = min(int(paging.get("offset", 0)), len(ids))
    starts = (start for start in range(latest + 1) if ids[start : start + len(found)] == found)
    return "explains" if any(start + len(found) < len(ids) for start in starts) else "contradicts"


def _fit_total(guess: Callable[[SeenList], int]) -> Callable[[SeenList], Fit]:
    def fit(seen: SeenList) -> Fit:
        right = len(select(seen.rows, seen.body))
        if seen.total is None or guess(seen) == right:
            return "silent"
        return "explains" if seen.total == guess(seen) else "contradicts"

    return fit


def _count_from_offset(seen: SeenList) -> int:
    offset = (seen.body.get("paginationInfo") or {}).get("offset", 0)
    return len(select(seen.rows, seen.body)) - int(offset)


_TOTALS: Final[tuple[tuple[str, Callable[[SeenList], int]], ...]] = (
    ("totalCount counted only the page", lambda seen: len(seen.found)),
    ("totalCount ignored the filter", lambda seen: len(seen.rows)),
    ("totalCount counted only from the offset", _count_from_offset),
)


def _is_same(one: Sequence[Row], other: Sequence[Row], seen: SeenList) -> bool:
    """Whether two lists are the same answer. Rows with equal sort keys may come in any order."""
    if len(one) != len(other):
        return False
    ids = [_id_of(row) for row in one], [_id_of(row) for row in other]
    if ids[0] == ids[1]:
        return True
    paging = seen.body.get("paginationInfo") or {}
    is_cut = bool(paging.get("offset")) or len(one) == paging.get("pageSize")
    if not is_cut and sorted(ids[0]) != sorted(ids[1]):
        return False
    return keys_of(one, seen.body) == keys_of(other, seen.body)


def _id_of(row: Row) -> str:
    return str(row.get("id", row.get("workflowId")))
