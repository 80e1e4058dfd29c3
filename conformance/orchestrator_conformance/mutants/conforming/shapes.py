"""Variants whose answers have another form and the same meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar, Final

from orchestrator_v2 import models

from ...reference.backend import echo_paging
from ...reference.isolation import SeparatedBackend
from ...reference.lifecycle.instance import Event, Instance, Node
from ...reference.listing.rendering import Rendering
from ..mutant import Tamper
from .variant import conforms


class _Rewriting(Tamper):
    """Rewrites the objects in JSON answers."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not content_type.startswith("application/json") or not body:
            return status, content_type, body
        return status, content_type, json.dumps(self.rewrite(json.loads(body), path)).encode()

    def rewrite(self, value: Any, path: str) -> Any:
        """Return the value to answer at `path` in place of `value`."""
        return value


@conforms()
class ReversedKeys(_Rewriting):
    """Writes the members of every object in reverse order, which has no meaning in JSON."""

    def rewrite(self, value: Any, path: str) -> Any:
        return _rewrite_objects(value, lambda each: dict(reversed(each.items())))


_EXTRA: Final = {
    "x-region": "eu-1",
    "_links": {"self": {"href": "/"}, "tags": ["a", None, 1.5]},
    "revision": None,
    "kind": 7,
}
# The document does not describe the content of `inputSchema` and `data`, and it closes `paginationInfo`.
_LEFT_ALONE: Final = frozenset({"paginationInfo", "inputSchema", "data"})


@conforms()
class UnknownFields(_Rewriting):
    """Adds undocumented fields to every object that allows them, which clients have to ignore."""

    def rewrite(self, value: Any, path: str) -> Any:
        return _rewrite_objects(value, lambda each: {**_EXTRA, **each})


def _rewrite_objects(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    match value:
        case dict():
            return change({name: _rewrite_member(name, each, change) for name, each in value.items()})
        case list():
            return [_rewrite_objects(each, change) for each in value]
        case _:
            return value


def _rewrite_member(name: str, value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if name in _LEFT_ALONE:
        return value
    # A run may add to its inputs, but not change their values.
    return change(value) if name == "workflowdata" else _rewrite_objects(value, change)


@conforms()
class UnusualJson(Tamper):
    """Writes JSON with line breaks, escapes and a charset parameter, none of which changes its meaning."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not content_type.startswith("application/json") or not body:
            return status, content_type, body
        text = json.dumps(json.loads(body), ensure_ascii=True, indent=4)
        return status, 'Application/JSON; charset="UTF-8"', f"\n{text}\n".encode()


@conforms()
class DefaultPageSize(SeparatedBackend):
    """Limits lists to a page of a thousand if no page is requested, reports that page, and has fewer instances."""

    default_page: ClassVar = 1000

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        asked = echo_paging(body)
        size = self.default_page if asked.page_size is None else asked.page_size
        shown = asked.model_copy(update={"page_size": size, "offset": asked.offset or 0})
        listed = super().instance_list(instances, body)
        return listed.model_copy(
            update={"pagination_info": shown, "items": (listed.items or [])[: int(size)]}
        )


@conforms()
class NoTotals(SeparatedBackend):
    """Sends no totalCount, which is optional, and an empty paginationInfo, which is allowed."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        return models.ProcessInstanceListResultDTO(
            items=super().instance_list(instances, body).items, pagination_info=models.PaginationInfoDTO()
        )

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        listed = await super().get_workflows_overview(body)
        return listed.model_copy(update={"pagination_info": None})


_ZONES: Final = (
    timezone(timedelta(hours=2)),
    timezone(timedelta(hours=-5.5)),
    timezone(timedelta(0)),
)


@conforms()
class TimesWithOffsets(Rendering):
    """Writes timestamps with a non-UTC offset, which ISO 8601 allows."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        end = None if instance.end is None else _write(instance.end, instance.id)
        shown = super().instance(instance)
        return shown.model_copy(update={"start": _write(instance.start, instance.id), "end": end})

    def node(self, node: Node) -> models.NodeInstanceDTO:
        left = None if node.exited is None else _write(node.exited, node.id)
        return super().node(node).model_copy(update={"enter": _write(node.entered, node.id), "exit": left})

    def event(self, event: Event) -> str:
        return f"{_write(event.at, event.message)}: {event.message}"


def _write(instant: datetime, key: str) -> str:
    # The offset depends on the instance, and the fraction of a second has all its digits.
    return instant.astimezone(_ZONES[sum(key.encode()) % len(_ZONES)]).isoformat()


@conforms()
class OtherTexts(SeparatedBackend):
    """Writes other texts for people, log entries and order of the statuses, which the contract leaves open."""

    async def get_workflow_statuses(self) -> list[models.WorkflowRunStatusDTO]:
        return sorted(await super().get_workflow_statuses(), key=lambda each: str(each.value))[::-1]

    async def abort_workflow(self, instance_id: str) -> str:
        await super().abort_workflow(instance_id)
        return ""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        await super().retrigger_instance(workflow_id, instance_id, body)
        return {"accepted": True, "id": None}

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        shown = await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)
        return shown.model_copy(update={"logs": [[1, None, each] for each in shown.logs or []]})

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        return shown.model_copy(update={"duration": "seit Kurzem", "execution_summary": []})
