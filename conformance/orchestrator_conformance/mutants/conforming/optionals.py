"""Variants that send fewer or more optional fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from orchestrator_v2 import models

from ...reference.backend import echo_paging
from ...reference.isolation import SeparatedBackend
from ...reference.lifecycle.instance import Failure, Instance, Node
from ...reference.lifecycle.instants import describe_span
from ...reference.listing.rendering import Rendering
from ...reference.overviews.workflow import Workflow
from ...reference.settings import ReferenceSettings
from .variant import conforms


class _Bare(Rendering):
    """Shows only the promised fields of an instance and the required fields of a workflow."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        full = super().instance(instance)
        return models.ProcessInstanceDTO(
            id=full.id,
            process_id=full.process_id,
            state=full.state,
            start=full.start,
            end=full.end,
            workflowdata=full.workflowdata,
            target_entity=full.target_entity,
            nodes=full.nodes,
            error=full.error,
        )

    def node(self, node: Node) -> models.NodeInstanceDTO:
        return models.NodeInstanceDTO(id=node.id)

    def failure(self, failure: Failure) -> models.ProcessInstanceErrorDTO:
        return models.ProcessInstanceErrorDTO(node_definition_id=failure.node)

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        return models.WorkflowOverviewDTO(
            workflow_id=workflow.id,
            format=models.WorkflowFormatDTO(workflow.format),
            # Only false has to be sent, for a service that is down.
            is_available=None if workflow.is_available else False,
        )


@conforms()
class NoOptionals(SeparatedBackend):
    """Omits optional fields, and shows only id, processId, state and times in list rows."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, rendering=_Bare())

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        listed = super().instance_list(instances, body)
        return models.ProcessInstanceListResultDTO(items=[_shorten(each) for each in listed.items or []])


@conforms()
class ShortRows(SeparatedBackend):
    """Shows fewer fields of an instance in lists than by its id, since all omitted fields are optional."""

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        listed = super().instance_list(instances, body)
        return listed.model_copy(update={"items": [_shorten(each) for each in listed.items or []]})


def _shorten(full: models.ProcessInstanceDTO) -> models.ProcessInstanceDTO:
    return models.ProcessInstanceDTO(
        id=full.id, process_id=full.process_id, state=full.state, start=full.start, end=full.end, nodes=[]
    )


class _Full(Rendering):
    """Shows every field of an instance or a workflow that can be filled."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        shown = super().instance(replace(instance, result=instance.result or {"message": "Not done yet."}))
        last = instance.end or max(event.at for event in instance.events)
        lasted = describe_span(last - instance.start)
        return shown.model_copy(update={"duration": lasted})

    def availability(self, workflow: Workflow) -> models.WorkflowAvailabilityResponseDTO:
        shown = super().availability(workflow)
        return shown.model_copy(update={"reason": shown.reason or "it answers"})


@conforms()
class AllOptionals(SeparatedBackend):
    """Sends every optional field that it can fill, such as a page that was not requested."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, rendering=_Full())

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        listed = super().instance_list(instances, body)
        paging = _fill(echo_paging(body), len(listed.items or []), "start")
        return listed.model_copy(update={"pagination_info": paging})

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        listed = await super().get_workflows_overview(body)
        paging = _fill(echo_paging(body), len(listed.overviews or []), "id")
        return listed.model_copy(update={"pagination_info": paging})

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        shown = await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)
        return shown if instance_id is not None else shown.model_copy(update={"data": {}})


def _fill(asked: models.PaginationInfoDTO, count: int, order_by: str) -> models.PaginationInfoDTO:
    return models.PaginationInfoDTO(
        page_size=count if asked.page_size is None else asked.page_size,
        offset=asked.offset or 0,
        order_by=asked.order_by or order_by,
        order_direction=asked.order_direction or "ASC",
    )


@conforms()
class NoStatistics(Rendering):
    """Sends no statistics in overviews, since they are optional."""

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        return super().overview(workflow, runs, now).model_copy(update={"workflow_run_stats": None})


@conforms()
class OtherUnits(Rendering):
    """Reports success in percent and time in seconds, since the units are open, and no monthly figures."""

    def statistics(self, runs: Sequence[Instance], now: datetime) -> models.WorkflowRunStatsDTO:
        figures = super().statistics(runs, now)
        ratio, average = figures.success_ratio, figures.average_time_to_complete
        return models.WorkflowRunStatsDTO(
            success_ratio=None if ratio is None else ratio * 100,
            success_count=figures.success_count,
            error_count=figures.error_count,
            average_time_to_complete=None if average is None else average / 1000,
        )
