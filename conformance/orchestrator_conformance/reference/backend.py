"""The reference backend: one handler for each operation of the API, over state in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from orchestrator_v2 import models
from orchestrator_v2.server import Handlers, HTTPError

from .errors import NotFound, Refusal
from .filters.columns import INSTANCES, WORKFLOWS
from .inputs import check_inputs
from .lifecycle.instance import Instance
from .lifecycle.instance_store import InstanceStore
from .lifecycle.instants import to_milliseconds
from .lifecycle.lifecycle import Lifecycle
from .listing.rendering import Rendering
from .listing.search import Search, SearchQuery, parse_query
from .listing.seed import seeded_instances
from .overviews.catalogue import find_workflow, load_catalogue
from .overviews.workflow import Workflow
from .settings import ReferenceSettings


class ReferenceBackend(Handlers):
    """A stateful orchestrator backend.

    Every behaviour is a method of the backend or of one of its parts (`search`, `lifecycle`, `rendering`, `store`), so
    that a variant overrides one method or replaces one part. No handler awaits between reading and writing the store,
    so requests are atomic within one event loop.
    """

    def __init__(
        self,
        settings: ReferenceSettings | None = None,
        *,
        search: Search | None = None,
        lifecycle: Lifecycle | None = None,
        rendering: Rendering | None = None,
        store: InstanceStore | None = None,
    ) -> None:
        self.settings = settings or ReferenceSettings()
        self.catalogue = load_catalogue()
        self.search = search or Search()
        self.lifecycle = lifecycle or Lifecycle(self.settings.moment, self.settings.visibility_delay)
        self.rendering = rendering or Rendering()
        if store is None:
            store = InstanceStore(seeded_instances(self.catalogue) if self.settings.seeded else ())
        self.store = store

    # Shared by the handlers.

    def now(self) -> datetime:
        """Return the current time, truncated to milliseconds."""
        return to_milliseconds(self.settings.clock())

    def visible_instances(self) -> list[Instance]:
        """Return every visible instance, in its current state."""
        now = self.now()
        return [self.lifecycle.settle(instance, now) for instance in self.store.visible(now)]

    def find_instance(self, instance_id: str) -> Instance:
        """Return the instance with this id, in its current state. Raises `NotFound`."""
        now = self.now()
        instance = self.store.find(instance_id, now)
        if instance is None:
            raise NotFound(f"unknown instance {instance_id!r}")
        return self.lifecycle.settle(instance, now)

    def find_instance_of(self, workflow_id: str, instance_id: str) -> Instance:
        """Return the instance with this id if it is a run of this workflow. Raises `NotFound`."""
        find_workflow(self.catalogue, workflow_id)
        instance = self.find_instance(instance_id)
        if instance.workflow.id != workflow_id:
            raise NotFound(f"workflow {workflow_id!r} has no instance {instance_id!r}")
        return instance

    def runs_of(self, workflow_id: str) -> list[Instance]:
        """Return the visible instances of a workflow, or an empty list for an unknown one."""
        return [run for run in self.visible_instances() if run.workflow.id == workflow_id]

    def workflows_for_entity(self, target: str | None, annotated_ids: list[str]) -> list[Workflow]:
        """Return the workflows in `annotated_ids` and those that ran for `target`. Unknown ids are ignored."""
        ran = {
            run.workflow.id for run in self.visible_instances() if target is not None and run.target == target
        }
        return [workflow for workflow in self.catalogue.values() if workflow.id in ran | set(annotated_ids)]

    def overview_of(self, workflow: Workflow) -> models.WorkflowOverviewDTO:
        """Return the current overview of a workflow."""
        return self.rendering.overview(workflow, self.runs_of(workflow.id), self.now())

    def instance_list(
        self, instances: list[Instance], body: models.SearchRequest | None
    ) -> models.ProcessInstanceListResultDTO:
        """Return the page of `instances` that `body` asks for."""
        page = self.search.run(INSTANCES, instances, read_query(body))
        return models.ProcessInstanceListResultDTO(
            items=[self.rendering.instance(instance) for instance in page.rows],
            pagination_info=echo_paging(body),
            total_count=page.total,
        )

    # The operations of the API.

    async def get_workflows_overview(
        self, body: models.SearchRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        """List the workflows."""
        with refusals_as_errors():
            page = self.search.run(WORKFLOWS, list(self.catalogue.values()), read_query(body))
            return models.WorkflowOverviewListResultDTO(
                overviews=[self.overview_of(workflow) for workflow in page.rows],
                pagination_info=echo_paging(body),
            )

    async def get_workflows_overview_for_entity(
        self, body: models.GetWorkflowsOverviewForEntityRequest | None = None
    ) -> models.WorkflowOverviewListResultDTO:
        """List the workflows of an entity. The list is empty if the request names neither an entity nor workflows."""
        target = body.target_entity if body is not None else None
        annotated_ids = (body.annotation_workflow_ids if body is not None else None) or []
        workflows = self.workflows_for_entity(target, annotated_ids)
        return models.WorkflowOverviewListResultDTO(
            overviews=[self.overview_of(workflow) for workflow in workflows],
            pagination_info=models.PaginationInfoDTO(),
        )

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        """Return one workflow overview."""
        with refusals_as_errors():
            return self.overview_of(find_workflow(self.catalogue, workflow_id))

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        """Return the definition of a workflow."""
        with refusals_as_errors():
            return find_workflow(self.catalogue, workflow_id).source

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        """Return the input schema of a workflow and, if `instance_id` is given, the inputs of that run."""
        with refusals_as_errors():
            schema = find_workflow(self.catalogue, workflow_id).input_schema
            if instance_id is None:
                return models.InputSchemaResponseDTO(input_schema=schema)
            inputs = self.find_instance_of(workflow_id, instance_id).inputs
            return models.InputSchemaResponseDTO(input_schema=schema, data=inputs)

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        """Check that the service of a workflow answers."""
        with refusals_as_errors():
            self.lifecycle.check_service(find_workflow(self.catalogue, workflow_id))
            return True

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        """Search all instances."""
        with refusals_as_errors():
            return self.instance_list(self.visible_instances(), body)

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        """Search the instances of one workflow. The list is empty for an unknown workflow."""
        with refusals_as_errors():
            return self.instance_list(self.runs_of(workflow_id), body)

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        """Return one instance."""
        with refusals_as_errors():
            return self.rendering.instance(self.find_instance(instance_id))

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        """Return the log of an instance."""
        with refusals_as_errors():
            return self.rendering.log(self.find_instance(instance_id), is_raw=rawlog)

    async def get_workflow_statuses(self) -> list[models.WorkflowRunStatusDTO]:
        """List the possible states of an instance."""
        return self.rendering.statuses()

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        """Start a run. The `authTokens` of the body are ignored: the reference workflows call no other service."""
        with refusals_as_errors():
            workflow = find_workflow(self.catalogue, workflow_id)
            inputs = body.input_data or {}
            check_inputs(workflow, inputs)
            instance = self.lifecycle.start(
                workflow, inputs, self.settings.initiator, body.target_entity, self.now()
            )
            self.store.put(instance)
            return models.ExecuteWorkflowResponseDTO(id=instance.id)

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        """Retrigger a failed run. The answer is an empty object."""
        with refusals_as_errors():
            instance = self.find_instance_of(workflow_id, instance_id)
            self.store.put(self.lifecycle.retrigger(instance, self.now()))
            return {}

    async def abort_workflow(self, instance_id: str) -> str:
        """Abort an unfinished run."""
        with refusals_as_errors():
            instance = self.find_instance(instance_id)
            self.store.put(self.lifecycle.abort(instance, self.now()))
            return f"aborted {instance_id}"


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """Convert a `Refusal` to an `HTTPError` with the same status and message."""
    try:
        yield
    except Refusal as refusal:
        raise HTTPError(refusal.status, refusal.message) from None


def read_query(body: models.SearchRequest | None) -> SearchQuery:
    """Return the query for `body`. Without a body, the query returns everything."""
    if body is None:
        return SearchQuery()
    # Converted to JSON, because the model has already chosen one kind of filter. Only the JSON shows if several match.
    return parse_query(body.model_dump(mode="json", by_alias=True, exclude_unset=True))


def echo_paging(body: models.SearchRequest | None) -> models.PaginationInfoDTO:
    """Return the requested paging unchanged, or an empty object if there is none."""
    asked = None if body is None else body.pagination_info
    return models.PaginationInfoDTO() if asked is None else asked
