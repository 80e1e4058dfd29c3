from datetime import UTC, datetime
from threading import Timer
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

    def get_workflows_overview(self, body: m.SearchRequest | None = None) -> m.WorkflowOverviewListResultDTO:
        return m.WorkflowOverviewListResultDTO(overviews=[self.get_workflow_overview_by_id(each) for each in WORKFLOWS])

    def get_workflow_overview_by_id(self, workflow_id: str) -> m.WorkflowOverviewDTO:
        if workflow_id not in WORKFLOWS:
            raise HTTPError(404, f"there is no workflow {workflow_id}")
        return m.WorkflowOverviewDTO(workflow_id=workflow_id, format=m.WorkflowFormatDTO.YAML)

    def get_workflow_source_by_id(self, workflow_id: str) -> str:
        return f"id: {self.get_workflow_overview_by_id(workflow_id).workflow_id}\nspecVersion: '0.8'\n"

    def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> m.InputSchemaResponseDTO:
        self.get_workflow_overview_by_id(workflow_id)
        return m.InputSchemaResponseDTO(input_schema={"properties": {"name": {"type": "string"}}})

    def get_workflow_statuses(self) -> list[m.WorkflowRunStatusDTO]:
        return [m.WorkflowRunStatusDTO(key=state.capitalize(), value=state) for state in State]

    def get_instances(self, body: m.SearchRequest | None = None) -> Runs:
        return cut(list(self.runs.values()), body)

    def get_workflow_instances(self, workflow_id: str, body: m.SearchRequest | None = None) -> Runs:
        return cut([run for run in list(self.runs.values()) if run.process_id == workflow_id], body)

    def get_instance_by_id(self, instance_id: str) -> Run:
        if instance_id not in self.runs:
            raise HTTPError(404, f"there is no instance {instance_id}")
        return self.runs[instance_id]

    def execute_workflow(self, workflow_id: str, body: m.ExecuteWorkflowRequestDTO) -> m.ExecuteWorkflowResponseDTO:
        self.get_workflow_overview_by_id(workflow_id)
        run = Run(id=str(uuid4()), process_id=workflow_id, state=WORKFLOWS[workflow_id], nodes=[])
        run.start, run.target_entity = datetime.now(UTC).isoformat(), body.target_entity
        run.workflowdata = m.WorkflowDataDTO.model_validate(body.input_data or {})
        self.runs[run.id] = run
        if workflow_id == "greet":
            Timer(0.5, self.finish, (run, State.COMPLETED)).start()
        return m.ExecuteWorkflowResponseDTO(id=run.id)

    def abort_workflow(self, instance_id: str) -> str:
        return self.finish(self.get_instance_by_id(instance_id), State.ABORTED)

    def finish(self, run: Run, state: State) -> str:
        if run.end is None:
            run.state, run.end = state, datetime.now(UTC).isoformat()
        return f"{run.id} is {run.state}"


def cut(runs: list[Run], body: m.SearchRequest | None) -> Runs:
    page = (body and body.pagination_info) or m.PaginationInfoDTO()
    begin, size = int(page.offset or 0), len(runs) if page.page_size is None else int(page.page_size)
    return Runs(items=runs[begin : begin + size], pagination_info=page)


app = create_app(Backend(), base_path="/api/orchestrator")
