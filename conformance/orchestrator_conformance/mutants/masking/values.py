"""Base faults in the values of successful answers."""

from __future__ import annotations

import zlib
from typing import Any, Final

from .base_fault import ValueFault, change_overviews, change_rows, is_base

_OF_INSTANCES: Final = (
    "end",
    "error",
    "duration",
    "description",
    "targetEntity",
    "initiatorEntity",
    "version",
)
_OF_NODES: Final = ("exit", "nodeId")
_OF_LAST_RUNS: Final = ("lastRunId", "lastTriggeredMs", "lastRunStatus")
_OF_STATISTICS: Final = ("averageTimeToComplete", "successRatio")

# The lists that are found under these keys.
_LISTS: Final = ("items", "overviews")


def _with_nulls(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {**dict.fromkeys(names), **value}


@is_base
class NullInstanceFields(ValueFault):
    """Sends null for the optional fields that an instance or a step does not have."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_rows(operation_id, value, self._fill)

    def _fill(self, row: dict[str, Any]) -> dict[str, Any]:
        nodes = [_with_nulls(node, _OF_NODES) for node in row.get("nodes") or ()]
        return {**_with_nulls(row, _OF_INSTANCES), "nodes": nodes}


@is_base
class NullStatistics(ValueFault):
    """Sends null for a last run that a workflow does not have, and for figures of its statistics."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_overviews(operation_id, value, self._fill)

    def _fill(self, overview: dict[str, Any]) -> dict[str, Any]:
        figures = {**overview.get("workflowRunStats", {}), **dict.fromkeys(_OF_STATISTICS)}
        return {**_with_nulls(overview, _OF_LAST_RUNS), "workflowRunStats": figures}


@is_base
class StatesInTitleCase(ValueFault):
    """Writes the states of instances and of last runs in another case, such as Completed."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        value = change_rows(operation_id, value, lambda row: _capitalize(row, "state"))
        return change_overviews(operation_id, value, lambda row: _capitalize(row, "lastRunStatus"))


def _capitalize(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {**row, name: row[name].title()} if isinstance(row.get(name), str) else row


@is_base
class ListsForNothing(ValueFault):
    """Answers an empty list in place of the object that holds a list, if nothing matches."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        is_empty = isinstance(value, dict) and any(value.get(name) == [] for name in _LISTS)
        return [] if is_empty else value


@is_base
class NullForNothing(ValueFault):
    """Answers null in place of a list, if nothing matches."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: None if name in _LISTS and each == [] else each for name, each in value.items()}


@is_base
class InstancesWithoutNodes(ValueFault):
    """Omits the required nodes of about every third instance."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_rows(operation_id, value, lambda row: _omit(row, "nodes", 3))


@is_base
class InstancesWithoutWorkflow(ValueFault):
    """Omits the required processId of about one instance in twelve."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        return change_rows(operation_id, value, lambda row: _omit(row, "processId", 12))


def _omit(row: dict[str, Any], name: str, one_in: int) -> dict[str, Any]:
    # The same instances in every answer, as in a store with old records.
    is_affected = zlib.crc32(str(row.get("id")).encode()) % one_in == 0
    return {key: each for key, each in row.items() if not is_affected or key != name}


@is_base
class OverviewsWithoutFormat(ValueFault):
    """Omits the required format of every overview."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        def omit(overview: dict[str, Any]) -> dict[str, Any]:
            return {name: each for name, each in overview.items() if name != "format"}

        return change_overviews(operation_id, value, omit)


@is_base
class OwnPagingKeys(ValueFault):
    """Adds keys to paginationInfo that the document forbids there."""

    def rewrite(self, operation_id: str, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("paginationInfo"), dict):
            return value
        return {**value, "paginationInfo": {**value["paginationInfo"], "page": 1, "hasNext": False}}
