"""Defines a base fault, and finds the operation that an answer belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar, Final, TypeVar

from starlette.types import ASGIApp

from ...contract.contract import Contract, load_contract
from ..mutant import Tamper

JSON_TYPE: Final = "application/json"

_MARK: Final = "_is_base_fault"
API: Final = "/v2/"


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as a backend sends it."""

    status: int
    content_type: str
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status <= 299


class OperationFault(Tamper):
    """Changes nothing; base faults override `change`.

    `refuses` names the operations that never succeed, whatever the backend behind it does.
    """

    refuses: ClassVar[frozenset[str]] = frozenset()

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        """Pass the answer of an operation to `change`."""
        operation_id = find_operation(method, path)
        sent = Sent(status, content_type, body)
        if operation_id is not None:
            sent = self.change(operation_id, sent)
        return sent.status, sent.content_type, sent.body

    def change(self, operation_id: str, sent: Sent) -> Sent:
        """Return the answer to send instead."""
        return sent


class ValueFault(OperationFault):
    """Changes nothing; base faults override `rewrite` to change the JSON values of successes."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        """Pass the JSON value of a success to `rewrite`."""
        if not sent.is_success or not sent.content_type.startswith(JSON_TYPE) or not sent.body:
            return sent
        value = json.loads(sent.body)
        changed = self.rewrite(operation_id, value)
        return sent if changed == value else replace(sent, body=json.dumps(changed).encode())

    def rewrite(self, operation_id: str, value: Any) -> Any:
        """Return the value to answer in place of `value`."""
        return value


P = TypeVar("P", bound=type[OperationFault])


@dataclass(frozen=True, slots=True)
class BaseFault:
    """A base fault: the middleware that adds it to an application."""

    part: type[OperationFault]

    @property
    def name(self) -> str:
        """The name of the middleware."""
        return self.part.__name__

    @property
    def says(self) -> str:
        """What it does."""
        return " ".join((self.part.__doc__ or "").split())

    @property
    def refuses(self) -> frozenset[str]:
        """The operations that never succeed."""
        return self.part.refuses

    def add_to(self, app: ASGIApp) -> ASGIApp:
        """Return `app` with the fault."""
        return self.part(app)


def is_base(part: P) -> P:
    """Mark a middleware as a base fault."""
    setattr(part, _MARK, True)
    return part


def read_base_fault(part: object) -> BaseFault | None:
    """Return the base fault that `part` is marked as, or None; subclasses do not inherit the mark."""
    if not isinstance(part, type) or not issubclass(part, OperationFault) or _MARK not in vars(part):
        return None
    return BaseFault(part)


def change_rows(operation_id: str, value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the answer of an operation with `change` applied to each instance in it."""
    if operation_id == "getInstanceById":
        return change(value)
    if operation_id in ("getInstances", "getWorkflowInstances") and isinstance(value, dict):
        return _change_list(value, "items", change)
    return value


def change_overviews(operation_id: str, value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the answer of an operation with `change` applied to each overview in it."""
    if operation_id == "getWorkflowOverviewById":
        return change(value)
    if operation_id in ("getWorkflowsOverview", "getWorkflowsOverviewForEntity") and isinstance(value, dict):
        return _change_list(value, "overviews", change)
    return value


def _change_list(value: dict[str, Any], key: str, change: Callable[[Any], Any]) -> dict[str, Any]:
    rows = value.get(key)
    if not isinstance(rows, list):
        return value
    return {**value, key: [change(row) if isinstance(row, dict) else row for row in rows]}


@cache
def _contract() -> Contract:
    return load_contract()


def find_operation(method: str, path: str) -> str | None:
    """Return the id of the operation that a request calls, or None."""
    found = _contract().find_operation(method, path[path.find(API) :])
    return found[0].id if found else None
