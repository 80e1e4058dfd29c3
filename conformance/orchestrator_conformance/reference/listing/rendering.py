"""Converts the values of the backend to models of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from orchestrator_v2 import models

from ..lifecycle.instance import Event, Failure, Instance, Node, RunState
from ..lifecycle.instants import describe_span, format_instant
from ..overviews.statistics import latest_run, run_statistics
from ..overviews.workflow import Workflow


class Rendering:
    """Converts one kind of value per method. A field that is `None` is omitted on the wire."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        """Return a run, for lists and for reads by id."""
        workflow = instance.workflow
        return models.ProcessInstanceDTO(
            id=instance.id,
            process_id=workflow.id,
            process_name=workflow.name,
            state=self.state(instance.state),
            endpoint=workflow.endpoint,
            service_url=workflow.service_url,
            start=format_instant(instance.start),
            end=None if instance.end is None else format_instant(instance.end),
            duration=None if instance.length is None else describe_span(instance.length),
            description=workflow.description,
            workflowdata=models.WorkflowDataDTO.model_validate(instance.workflow_data),
            initiator_entity=instance.initiator,
            target_entity=instance.target,
            execution_summary=[self.event(event) for event in instance.events],
            nodes=[self.node(node) for node in instance.nodes],
            error=None if instance.failure is None else self.failure(instance.failure),
            version=workflow.version,
        )

    def node(self, node: Node) -> models.NodeInstanceDTO:
        """Return a step of a run. Its definition id is its name."""
        return models.NodeInstanceDTO(
            typename="NodeInstance",
            id=node.id,
            name=node.name,
            type=node.type,
            enter=format_instant(node.entered),
            exit=None if node.exited is None else format_instant(node.exited),
            definition_id=node.name,
            node_id=node.id,
        )

    def failure(self, failure: Failure) -> models.ProcessInstanceErrorDTO:
        """Return why a run is in ERROR."""
        return models.ProcessInstanceErrorDTO(
            typename="ProcessInstanceError", node_definition_id=failure.node, message=failure.message
        )

    def overview(
        self, workflow: Workflow, runs: Sequence[Instance], now: datetime
    ) -> models.WorkflowOverviewDTO:
        """Return a workflow overview. `runs` are the visible runs of the workflow."""
        latest = latest_run(runs)
        return models.WorkflowOverviewDTO(
            workflow_id=workflow.id,
            name=workflow.name,
            format=models.WorkflowFormatDTO(workflow.format),
            last_run_id=None if latest is None else latest.id,
            last_triggered_ms=None if latest is None else round(latest.start.timestamp() * 1000),
            last_run_status=None if latest is None else self.state(latest.state),
            description=workflow.description,
            is_available=workflow.is_available,
            version=workflow.version,
            availability=self.availability(workflow),
            workflow_run_stats=self.statistics(runs, now),
        )

    def availability(self, workflow: Workflow) -> models.WorkflowAvailabilityResponseDTO:
        """Return whether the service of the workflow answers, and its status."""
        return models.WorkflowAvailabilityResponseDTO(
            is_available=workflow.is_available,
            status_code=200 if workflow.is_available else 503,
            url_to_fetch=f"{workflow.service_url}/q/health/ready",
            reason=None if workflow.is_available else "the service has no ready endpoints",
        )

    def statistics(self, runs: Sequence[Instance], now: datetime) -> models.WorkflowRunStatsDTO:
        """Return the statistics on the runs of a workflow, see `RunStatistics`. Times are in milliseconds."""
        figures = run_statistics(runs, now)
        return models.WorkflowRunStatsDTO(
            success_ratio=figures.success_ratio,
            runs_last_month=figures.last_month,
            success_count=figures.succeeded,
            error_count=figures.failed,
            total_count=figures.total,
            average_time_to_complete=figures.average_milliseconds,
        )

    def log(self, instance: Instance, *, is_raw: bool) -> models.WorkflowLogsResponse:
        """Return the history of a run as lines of text or, if `is_raw`, as records of time, level and message."""
        return models.WorkflowLogsResponse(
            instance_id=instance.id,
            logs=[self.raw_event(event) if is_raw else self.event(event) for event in instance.events],
        )

    def event(self, event: Event) -> str:
        """Return one event of the history as text."""
        return f"{format_instant(event.at)} {event.level} {event.message}"

    def raw_event(self, event: Event) -> dict[str, str]:
        """Return one event of the history as a record."""
        return {"timestamp": format_instant(event.at), "level": event.level, "message": event.message}

    def state(self, state: RunState) -> models.ProcessInstanceStatusDTO:
        """Return a state."""
        return models.ProcessInstanceStatusDTO(state.value)

    def statuses(self) -> list[models.WorkflowRunStatusDTO]:
        """Return every state with its display name."""
        return [models.WorkflowRunStatusDTO(key=state.capitalize(), value=state.value) for state in RunState]
