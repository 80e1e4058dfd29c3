"""Matches the operations of two documents, and compares each pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...document.load import Pointer
from ...document.operation_walk import iter_operations
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Finding, OperationName
from ..schemas.schemas import Schemas
from ..side import Side, means_the_same
from ..wording import quote
from .answers import compare_answers
from .bodies import compare_request_bodies
from .parameters import compare_parameters
from .security import compare_security
from .servers import compare_own_servers


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of one side: its name, and its path item and itself as pointers and as data."""

    side: Side
    name: OperationName
    item_at: Pointer
    at: Pointer
    data: dict[str, Any]

    @property
    def template(self) -> tuple[str, str]:
        """The method, and the path without the names of its parameters: what selects the operation for a request."""
        return self.name.method, re.sub(r"\{[^{}]*\}", "{}", self.name.path)


def read_operations(side: Side) -> list[Operation]:
    """Return the operations in document order."""
    found = []
    for path, method, item_at in iter_operations(side.document.data):
        at, data = side.follow((*item_at, method))
        name = OperationName(method.upper(), path, str(data.get("operationId") or ""))
        found.append(Operation(side, name, item_at, at, data))
    return found


def match_operations(
    old: list[Operation], new: list[Operation]
) -> Iterator[tuple[Operation | None, Operation | None]]:
    """Yield matching pairs, by path or else by operationId, in the order of the old document and then the new one."""
    left = {each.name: each for each in new}
    became: dict[OperationName, Operation] = {}
    for rule in (_read_exact, _read_template, _read_id):
        index = {rule(each): each for each in reversed(left.values())}
        for each in old:
            key = rule(each)
            if each.name not in became and key and key in index and index[key].name in left:
                became[each.name] = left.pop(index[key].name)
    for each in old:
        yield each, became.get(each.name)
    for each in left.values():
        yield None, each


def _read_exact(operation: Operation) -> object:
    return operation.name.method, operation.name.path


def _read_template(operation: Operation) -> object:
    return operation.template


def _read_id(operation: Operation) -> object:
    return operation.name.id


def compare_operations(old: Operation | None, new: Operation | None, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes of an operation. None means that a document does not have it."""
    if old is None or new is None:
        if new is not None:
            yield Finding("operation-added", "the operation was added", SERVERS, new=new.at)
        elif old is not None:
            yield Finding("operation-removed", "the operation was removed", CLIENTS, old=old.at)
        return
    yield from _compare_names(old, new)
    was, is_ = bool(old.data.get("deprecated")), bool(new.data.get("deprecated"))
    if was != is_:
        says = "the operation is deprecated" if is_ else "the operation is no longer deprecated"
        yield Finding("deprecated", says, NOBODY, None, _at(old, "deprecated"), _at(new, "deprecated"))
    yield from compare_own_servers((old.side, old.item_at, old.at), (new.side, new.item_at, new.at))
    yield from compare_security(old.side, old.at, new.side, new.at)
    yield from compare_parameters(
        (old.name.path, old.item_at, old.at), (new.name.path, new.item_at, new.at), schemas
    )
    yield from compare_request_bodies(old.at, new.at, schemas)
    yield from compare_answers(old.at, new.at, schemas)
    places = [_at(each, "callbacks") if each.data.get("callbacks") else None for each in (old, new)]
    if not means_the_same(old.side, new.side, places[0], places[1]):
        yield Finding(
            "unknown", "the callbacks have changed; the effect is unknown", BOTH, None, places[0], places[1]
        )


def _compare_names(old: Operation, new: Operation) -> Iterator[Finding]:
    if old.template != new.template:
        says = f"the operation moved to {quote(f'{new.name.method} {new.name.path}')}"
        yield Finding("operation-moved", says, BOTH, None, old.at, new.at)
    if old.name.id != new.name.id:
        says = f"the operationId changed to {quote(new.name.id)}: generated names change, requests and responses do not"
        yield Finding("operation-id", says, BOTH, None, _at(old, "operationId"), _at(new, "operationId"))


def _at(operation: Operation, key: str) -> Pointer:
    return (*operation.at, key)
