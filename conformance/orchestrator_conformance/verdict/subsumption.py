"""Whether one failure explains another: the other does the same, and more.

A list for `EQ on state AND EQ on processId` cannot be right if the list for `EQ on state` is wrong. A sequence of
starts and aborts cannot end well if a single abort goes wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from ..contract.requirements import CHANGING
from ..model.rewriting import read_path
from ..target.exchange import Exchange
from ..target.json_reading import read_object
from .outcome import Fail
from .refusals import hide_values, list_values

# The operations that search in one way, by the operation whose failures explain those of the others.
_SEARCHES: Final = {
    "getInstances": ("getInstances",),
    "getWorkflowInstances": ("getWorkflowInstances", "getInstances"),
    "getWorkflowsOverview": ("getWorkflowsOverview",),
}


def explains(simple: Fail, other: Fail) -> bool:
    """Whether what `simple` shows is part of what `other` does, or the same."""
    search, other_search = _find_search(simple), _find_search(other)
    if search is not None and other_search is not None:
        if search.operation_id not in _SEARCHES[other_search.operation_id]:
            return False
        features, shape = list_features(search), _list_shape(search)
        is_within = bool(features) and features <= list_features(other_search)
        return is_within or bool(shape and shape <= _list_shape(other_search)) or _is_same_text(simple, other)
    if _is_compared_with_more(simple, other):
        return True
    if search is not None or other_search is not None:
        return False
    if _list_operations(simple) == _list_operations(other) and _is_same_text(simple, other):
        return True
    return _is_part_of(_list_actions(simple), _list_actions(other))


def count_features(failure: Fail) -> int:
    """Return how much a failure involves: the features of its search, or the number of its steps."""
    search = _find_search(failure)
    return len(list_features(search)) if search is not None else len(failure.steps)


def _is_same_text(one: Fail, other: Fail) -> bool:
    """Whether the same was expected and found, apart from ids and other values of the requests."""
    return _hide_all(one) == _hide_all(other)


def _hide_all(failure: Fail) -> tuple[str, str]:
    values = [value for each in failure.evidence for value in list_values(each)]
    return hide_values(failure.expected, values), hide_values(failure.found, values)


def _is_compared_with_more(simple: Fail, other: Fail) -> bool:
    """Whether `other` compares the answers that `simple` shows to be wrong with others."""
    requests, more = ({each.request for each in failure.evidence} for failure in (simple, other))
    return bool(requests) and requests < more


def _list_operations(failure: Fail) -> list[str]:
    return sorted({each.operation_id for each in failure.evidence})


def list_features(exchange: Exchange) -> frozenset[str]:
    """Return what a search uses: operators with their fields, logical operators, and kinds of paging."""
    body = read_object(exchange.request.body)
    return frozenset((*_list_paging(body.get("paginationInfo")), *_list_conditions(body.get("filters"))))


def _list_shape(exchange: Exchange) -> frozenset[str]:
    """Return the logical operators of a search, each with the one that it is part of."""
    return frozenset(_list_operators(read_object(exchange.request.body).get("filters"), ""))


def _list_operators(condition: Any, outer: str) -> Iterator[str]:
    match condition:
        case {"operator": operator, "filters": list(parts)}:
            yield f"{operator} in {outer}" if outer else str(operator)
            for part in parts:
                yield from _list_operators(part, str(operator))


def _list_paging(paging: Any) -> Iterator[str]:
    if not isinstance(paging, dict):
        return
    if "pageSize" in paging:
        yield "pageSize"
    if paging.get("offset"):
        yield "offset"
    if "orderBy" in paging:
        yield f"orderBy {paging['orderBy']}"
    if paging.get("orderDirection") == "DESC":
        yield "DESC"


def _list_conditions(condition: Any) -> Iterator[str]:
    match condition:
        case {"operator": operator, "filters": list(parts)}:
            yield str(operator)
            for part in parts:
                yield from _list_conditions(part)
        case {"field": _, "nested": nested}:
            yield f"{_find_operator(nested)} on {'.'.join(map(str, read_path(condition)))}"
        case {"field": field, "operator": operator}:
            yield f"{operator} on {field}"


def _find_operator(condition: Any) -> str:
    while isinstance(condition, dict) and "nested" in condition:
        condition = condition["nested"]
    return str(condition.get("operator")) if isinstance(condition, dict) else ""


def _find_search(failure: Fail) -> Exchange | None:
    return next(
        (each for each in failure.evidence if each.operation_id in _SEARCHES and each.is_success), None
    )


def _list_actions(failure: Fail) -> list[str]:
    """Return the operations of the steps that changed data, and the last read, in order."""
    steps = [*failure.steps, *(each for each in failure.evidence if each not in failure.steps)]
    changes = [each.operation_id for each in steps if each.operation_id in CHANGING]
    reads = [each.operation_id for each in steps if each.operation_id not in CHANGING]
    return [*changes, *reads[-1:]] if changes else []


def _is_part_of(actions: list[str], others: list[str]) -> bool:
    if len(actions) < 2 or len(actions) >= len(others):
        return False
    # The last two are the last change and the read after it.
    return actions[-2:] == others[-2:] and not Counter(actions) - Counter(others)
