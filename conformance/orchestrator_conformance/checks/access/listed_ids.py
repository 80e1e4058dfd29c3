"""Checks that a caller can read by its id what a list shows them. Every user that the suite has is such a caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from ...session.lists.answered_rows import read_rows
from ...session.lists.instances import Row
from ...session.session import Failed, Session, Undecided
from ...target.exchange import Exchange
from ...target.reading import describe_answer
from ...target.target import Target
from ..check import check
from .credentials import OTHER

# The number of rows that are read one by one from each list, and of workflows whose lists are read.
_READ_SINGLY: Final = 16
_WORKFLOWS: Final = 12
# A row of each value of these fields is read, because access often depends on one of them.
_DISTINGUISHING: Final = ("state", "processId", "initiatorEntity", "format", "isAvailable", "lastRunStatus")
# These statuses say nothing about the row: no answer, no valid token, or a gateway.
_UNRELATED: Final = frozenset({0, 401, 429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class _Caller:
    """One user of the target. `user` is None for the first user."""

    session: Session
    user: Target | None

    def send(self, operation_id: str, path: dict[str, str], body: Any = None) -> Exchange:
        """Send one request as this user."""
        if self.user is None:
            return self.session.call(operation_id, path, body=body)
        return self.session.call_as(self.user, OTHER, operation_id, path, body=body)


@check("ORC-LIST-READ-01")
def a_listed_instance_can_be_read(session: Session) -> None:
    """Read instances of different states, workflows and users, each as the caller whose list contains it."""
    lists = [
        _ListOf(caller, "getInstances", {}, "id")
        for caller in _iter_callers(session)
        if session.offers("getInstances")
    ]
    for whole in list(lists):
        names = dict.fromkeys(
            row["processId"] for row in whole.rows() if isinstance(row.get("processId"), str)
        )
        lists += [
            _ListOf(whole.caller, "getWorkflowInstances", {"workflowId": name}, "id")
            for name in [*names][:_WORKFLOWS]
            if session.offers("getWorkflowInstances")
        ]
    read: set[tuple[int, str]] = set()
    for each in lists:
        # A row that was read from one list need not be read from another.
        caller = id(each.caller.user)
        rows = [row for row in each.rows() if (caller, row["id"]) not in read]
        for row in choose_different(rows, _READ_SINGLY):
            _expect_readable(each, "getInstanceById", "instanceId", row)
            read.add((caller, row["id"]))
    if not read:
        raise Undecided("instances")


@check("ORC-LIST-READ-02")
def a_listed_workflow_can_be_read(session: Session) -> None:
    """Request overview, source and input schema of listed workflows, each as the caller whose list contains it."""
    count = 0
    for caller in _iter_callers(session):
        listed = _ListOf(caller, "getWorkflowsOverview", {}, "workflowId")
        rows = choose_different(listed.rows(), _READ_SINGLY)
        for operation_id in (
            "getWorkflowOverviewById",
            "getWorkflowSourceById",
            "getWorkflowInputSchemaById",
        ):
            if session.offers(operation_id):
                count += _expect_all_readable(listed, operation_id, rows)
    if not count:
        raise Undecided("workflows")


@dataclass(frozen=True, slots=True)
class _ListOf:
    """A list as one caller sees it: the operation that returns it, and the field with the id of a row."""

    caller: _Caller
    operation_id: str
    path: dict[str, str]
    id_field: str

    def rows(self) -> list[Row]:
        """Return the rows that have an id, or an empty list if the list is refused or cannot be read."""
        return read_rows(self.caller.session, self.caller.send(self.operation_id, self.path, {}))

    def find(self, row_id: str) -> Row | None:
        """Return the current row with this id, or None if the list no longer contains it."""
        return next((row for row in self.rows() if row[self.id_field] == row_id), None)


def _iter_callers(session: Session) -> Iterator[_Caller]:
    yield _Caller(session, None)
    if session.other is not None:
        yield _Caller(session, session.other)


def choose_different(rows: list[Row], most: int) -> list[Row]:
    """Return up to `most` rows: one for each value of each distinguishing field, then others from the whole list."""
    chosen: dict[int, Row] = {}
    seen: set[tuple[str, object]] = set()
    for number, row in enumerate(rows):
        values = {(name, repr(row.get(name))) for name in _DISTINGUISHING}
        if values - seen:
            chosen[number] = row
            seen |= values
    for number in range(0, len(rows), max(1, len(rows) // most)):
        chosen.setdefault(number, rows[number])
    return [*chosen.values()][:most]


def _expect_all_readable(listed: _ListOf, operation_id: str, rows: list[Row]) -> int:
    """Return the number of workflows that can be read.

    Raises `Failed` if one cannot be read. An operation that always answers 500 says nothing about one workflow, and
    other requirements report it.
    """
    for row in rows:
        try:
            _expect_readable(listed, operation_id, "workflowId", row)
        except Failed:
            paths = [{"workflowId": each["workflowId"]} for each in rows]
            if all(listed.caller.send(operation_id, path).response.status >= 500 for path in paths):
                return 0
            raise
    return len(rows)


def _expect_readable(listed: _ListOf, operation_id: str, parameter: str, row: Row) -> None:
    """Raise `Failed` if the row cannot be read, both before and after the list is found to contain it."""
    row_id = row[listed.id_field]
    read = partial(listed.caller.send, operation_id, {parameter: row_id})

    def contradicts() -> Exchange | None:
        if not _is_refused(read()):
            return None
        current = listed.find(row_id)
        exchange = read()
        if current is None or not _is_refused(exchange):
            return None
        return None if _is_excused(operation_id, exchange.response.status, current) else exchange

    # A list and a read may show changes at different times.
    contradiction = listed.caller.session.poll(contradicts, lambda exchange: exchange is None)
    if contradiction is not None:
        raise Failed(
            f"an answer for {row_id}, because {listed.operation_id} lists it for the same caller",
            describe_answer(contradiction.response),
            contradiction,
        )


def _is_refused(exchange: Exchange) -> bool:
    return not exchange.is_success and exchange.response.status not in _UNRELATED


def _is_excused(operation_id: str, status: int, row: Row) -> bool:
    """Whether the refusal has another reason: the input schema may come from a service that is down."""
    return operation_id == "getWorkflowInputSchemaById" and status >= 500 and row.get("isAvailable") is False
