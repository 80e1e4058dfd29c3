"""Finds the causes of failures: the common search mistakes that explain the lists in their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..contract.contract import Contract
from ..contract.schema_violations import name_row_schema
from ..contract.shaping import list_required_of_items
from ..model.conditions import Row
from ..model.diagnosis import Explanation, SeenList, explain_lists, is_right, is_right_without
from ..target.exchange import Exchange, NotJson, read_json
from ..verdict.outcome import Fail, Result
from .check_exceptions import Failed, Undecided
from .lists.instances import Lists
from .session import Session

_LISTS: Final = {
    "getInstances": "items",
    "getWorkflowInstances": "items",
    "getWorkflowsOverview": "overviews",
}
# The limit on the rows of all lists that are kept: with many instances, comparing takes time.
_MOST_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class FailureLists:
    """The lists in the evidence of a failure, and the other lists that its check asked for, of the same operations."""

    operation_id: str
    evidence: tuple[SeenList, ...]
    others: tuple[SeenList, ...]


@dataclass(slots=True)
class CauseFinder:
    """Explains failures by the lists that the run has seen.

    `right` are the lists that the target answered as the document requires, by operation, and `failures` the lists of
    each failed requirement, by its id.
    """

    right: dict[str, list[SeenList]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, FailureLists] = field(default_factory=dict)
    rows_kept: int = 0

    def note_check(self, session: Session) -> list[tuple[str, SeenList]]:
        """Keep the right lists of the check that just ended. Returns all its lists with their operations."""
        seen = [
            (each.operation_id, found)
            for each in session.trace
            if (found := _read_list(session, each)) is not None
        ]
        for operation_id, each in seen:
            # A wrong totalCount says nothing about the rows.
            if self.rows_kept < _MOST_ROWS and is_right(replace(each, total=None)):
                self.right[operation_id].append(each)
                self.rows_kept += len(each.rows)
        return seen

    def find_causes(self, session: Session, requirement_id: str, failed: Failed) -> tuple[str, ...]:
        """Return the causes that explain every list in the evidence and agree with the other lists of the check.

        Each cause completes "the target behaves as if ...". The simplest comes first. A wrong totalCount explains only
        a failure that is about it.
        """
        evidence = failed.evidence
        seen = self.note_check(session)
        lists = [(each.operation_id, _read_list(session, each)) for each in evidence]
        operation_id = next((name for name, found in lists if found is not None), "")
        self.failures[requirement_id] = FailureLists(
            operation_id,
            tuple(_limit(found, failed) for _, found in lists if found is not None),
            tuple(_limit(found, failed) for name, found in seen if name == operation_id),
        )
        causes = tuple(each.cause for each in self._explain(requirement_id))
        return causes or _blame_absent_field(session.contract, self.failures[requirement_id])

    def settle(self, result: Result) -> Result:
        """Return the result without the causes that a list of another check contradicts."""
        failure = self.failures.get(result.requirement.id)
        if failure is None or not isinstance(result.outcome, Fail):
            return result
        contradicted = {
            each.cause
            for each in self._explain(result.requirement.id)
            if any(each.fit(seen) == "contradicts" for seen in self.right[failure.operation_id])
        }
        causes = tuple(cause for cause in result.outcome.causes if cause not in contradicted)
        return Result(result.requirement, replace(result.outcome, causes=causes))

    def _explain(self, requirement_id: str) -> list[Explanation]:
        failure = self.failures[requirement_id]
        return explain_lists(failure.evidence, failure.others)


def _limit(seen: SeenList, failed: Failed) -> SeenList:
    return seen if failed.is_total else replace(seen, total=None)


def _blame_absent_field(contract: Contract, failure: FailureLists) -> tuple[str, ...]:
    """Return the violation that explains every wrong list: rows lack a required field, and the rest is right."""
    operation = contract.operations.get(failure.operation_id)
    medias = operation.find_answer(200) if operation else None
    if not medias:
        return ()
    place = contract.document, medias[0].schema, _LISTS[failure.operation_id]
    name, required = name_row_schema(*place), list_required_of_items(*place)
    wrong = [each for each in failure.evidence if not is_right(each)]
    for field_name in required:
        if wrong and all(is_right_without(each, field_name) for each in wrong):
            return (f"the document allowed {name} without {field_name}",)
    return ()


def _read_list(session: Session, exchange: Exchange) -> SeenList | None:
    if exchange.operation_id not in _LISTS or not exchange.is_success:
        return None
    try:
        body = read_json(exchange.request.body) if exchange.request.body else {}
        answer = session.read(exchange)
    except (NotJson, Undecided):
        return None
    found = answer.get(_LISTS[exchange.operation_id], []) if isinstance(answer, dict) else []
    if not isinstance(body, dict):
        return None
    rows = _known_rows(session, exchange.operation_id)
    if exchange.operation_id != "getWorkflowInstances":
        return SeenList(rows, body, found, answer.get("totalCount"))
    return _read_own_list(session, exchange, rows, body, found)


def _read_own_list(
    session: Session, exchange: Exchange, rows: Sequence[Row], body: dict[str, Any], found: list[Row]
) -> SeenList:
    resolved = session.contract.find_operation(exchange.request.method, exchange.request.path)
    name = resolved[1].get("workflowId") if resolved else None
    own = [row for row in rows if row.get("processId") == name]
    others = [row for row in rows if row.get("processId") != name]
    return SeenList(own, body, found, others=others)


def _known_rows(session: Session, operation_id: str) -> list[Row]:
    if operation_id == "getWorkflowsOverview":
        known: list[Row] = session.memory.get("overviews", [])
        return known
    return Lists(session).last_known
