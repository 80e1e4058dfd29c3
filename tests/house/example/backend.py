import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from orchestrator_v2 import models as m
from orchestrator_v2.server import Handlers, HTTPError, create_app

Run = m.ProcessInstanceDTO
Runs = m.ProcessInstanceListResultDTO
State = m.ProcessInstanceStatusDTO
WORKFLOWS = {"greet": State.ACTIVE, "wait": State.ACTIVE, "crash": State.ERROR}  # what each run begins in


class Backend(Handlers):
    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}

    async def get_workflows_overview(
        self, body: m.SearchRequest | None = None
    ) -> m.WorkflowOverviewListResultDTO:
        shown = [await self.get_workflow_overview_by_id(each) for each in WORKFLOWS]
        return m.WorkflowOverviewListResultDTO(overviews=shown)

    async def get_workflow_overview_by_id(self, workflow_id: str) -> m.WorkflowOverviewDTO:
        if workflow_id not in WORKFLOWS:
            raise HTTPError(404, f"there is no workflow {workflow_id}")
        last = next((run.id for run in reversed(self.runs.values()) if run.process_id == workflow_id), None)
        return m.WorkflowOverviewDTO(
            workflow_id=workflow_id, format=m.WorkflowFormatDTO.YAML, last_run_id=last
        )

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        await self.get_workflow_overview_by_id(workflow_id)
        return f"id: {workflow_id}\nspecVersion: '0.8'\nstates: [{{name: only, type: inject, data: {{}}}}]\n"

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> m.InputSchemaResponseDTO:
        await self.get_workflow_overview_by_id(workflow_id)
        return m.InputSchemaResponseDTO(input_schema={"properties": {"name": {"type": "string"}}})

    async def get_workflow_statuses(self) -> list[m.WorkflowRunStatusDTO]:
        return [m.WorkflowRunStatusDTO(key=state.capitalize(), value=state) for state in State]

    async def get_instances(self, body: m.SearchRequest | None = None) -> Runs:
        return self.page(list(self.runs.values()), body)

    async def get_workflow_instances(self, workflow_id: str, body: m.SearchRequest | None = None) -> Runs:
        return self.page([run for run in self.runs.values() if run.process_id == workflow_id], body)

    def page(self, runs: list[Run], body: m.SearchRequest | None) -> Runs:
        asked = (body and body.pagination_info) or m.PaginationInfoDTO()
        start, size = int(asked.offset or 0), len(runs) if asked.page_size is None else int(asked.page_size)
        return Runs(items=runs[start : start + size], pagination_info=asked)

    async def get_instance_by_id(self, instance_id: str) -> Run:
        if instance_id not in self.runs:
            raise HTTPError(404, f"there is no instance {instance_id}")
        return self.runs[instance_id]

    async def execute_workflow(
        self, workflow_id: str, body: m.ExecuteWorkflowRequestDTO
    ) -> m.ExecuteWorkflowResponseDTO:
        await self.get_workflow_overview_by_id(workflow_id)
        run = Run(id=str(uuid4()), process_id=workflow_id, state=WORKFLOWS[workflow_id], nodes=[])
        run.start, run.target_entity = datetime.now(UTC).isoformat(), body.target_entity
        run.workflowdata = m.WorkflowDataDTO.model_validate(body.input_data or {})
        self.runs[run.id] = run
        if workflow_id == "greet":
            asyncio.get_running_loop().call_later(0.5, self.finish, run, State.COMPLETED)
        return m.ExecuteWorkflowResponseDTO(id=run.id)

    async def abort_workflow(self, instance_id: str) -> str:
        run = await self.get_instance_by_id(instance_id)
        if run.end:
            raise HTTPError(409, f"{instance_id} is finished")
        self.finish(run, State.ABORTED)
        return f"aborted {instance_id}"

    def finish(self, run: Run, state: State) -> None:
        if not run.end:
            run.state, run.end = state, datetime.now(UTC).isoformat()


app = create_app(Backend(), base_path="/api/orchestrator")
