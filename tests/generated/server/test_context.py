"""Handlers with `def` and `async def`, in one or several objects, and their request context."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from orchestrator_v2 import models
from orchestrator_v2.server import (
    Answer,
    Handlers,
    HTTPError,
    InstancesHandlers,
    RequestContext,
    RunsHandlers,
    WorkflowsHandlers,
    create_app,
    request_context,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from ..support.calling import CannedHandlers, send_request

SOURCE = "/v2/workflows/w/source"


class Sources(WorkflowsHandlers):
    """Some handlers of workflows, with and without `async`."""

    def get_workflow_source_by_id(self, workflow_id: str) -> str:
        context = request_context()
        assert isinstance(context, RequestContext)
        thread = "loop" if threading.current_thread() is threading.main_thread() else "worker"
        return " ".join(
            [str(context.operation_id), thread, context.headers["x-colour"], str(context.principal)]
        )

    async def ping_workflow_service_by_id(self, workflow_id: str) -> bool:
        return request_context().request.method == "GET"


class Aborts(RunsHandlers):
    """Some handlers of runs, with the return type `Answer` of the protocol."""

    def abort_workflow(self, instance_id: str) -> Answer[str]:
        async def abort() -> str:
            return f"aborted {instance_id} in {request_context().operation_id}"

        return abort()


class Others(InstancesHandlers, WorkflowsHandlers):
    """A handler of instances, and a second implementation of a workflow handler."""

    def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        raise HTTPError(404, f"{threading.current_thread() is threading.main_thread()}")

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        return "second"


@pytest.fixture
def app() -> Starlette:
    """Return an application with three handler objects."""

    def authenticate(request: Request) -> str:
        return request.headers["x-colour"].upper()

    return create_app(Sources(), Aborts(), Others(), authenticate=authenticate)


@pytest.mark.parametrize(
    ("line", "status", "expected"),
    [
        (f"GET {SOURCE}", 200, "getWorkflowSourceById worker red RED"),
        ("GET /v2/workflows/w/pingWorkflowService", 200, "true"),
        ("DELETE /v2/workflows/instances/i/abort", 200, "aborted i in abortWorkflow"),
        ("GET /v2/workflows/instances/i", 404, '{"message": "False"}'),
        ("POST /v2/workflows/instances", 501, '{"message": "getInstances is not implemented"}'),
    ],
)
def test_each_operation_is_served_by_the_first_object_that_implements_it(
    app: Starlette, line: str, status: int, expected: str
) -> None:
    response = send_request(app, *line.split(" "), headers={"X-Colour": "red"})
    assert (response.status_code, response.text) == (status, expected)


def test_handlers_combines_all_group_protocols() -> None:
    groups = [WorkflowsHandlers, InstancesHandlers, RunsHandlers]
    assert set(groups) < set(Handlers.__mro__)
    names = [{name for name in vars(group) if name[0] != "_"} for group in groups]
    assert set.union(*names) == {name for name in dir(Handlers) if name[0] != "_"}
    assert sum(map(len, names)) == len(set.union(*names)) == 14


def test_request_context_raises_outside_a_request() -> None:
    with pytest.raises(RuntimeError, match="called outside a request"):
        request_context()


class Reading(Handlers):
    """Reads the raw body in addition to the parsed one."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        return models.ExecuteWorkflowResponseDTO(id=(await request_context().request.body()).decode())


def test_the_raw_body_can_be_read_before_and_after_the_stubs() -> None:
    seen: list[bytes] = []

    async def authenticate(request: Request) -> None:
        seen.append(await request.body())

    sent = b'{"inputData": {"a": 1}}'
    for each in (None, authenticate):
        app = create_app(Reading(), authenticate=each)
        headers = {"Content-Type": "application/json"}
        assert send_request(app, "POST", "/v2/workflows/w/execute", content=sent, headers=headers).json() == {
            "id": sent.decode()
        }
    assert seen == [sent]


def test_routes_and_middleware_of_the_user_come_first() -> None:
    async def about(request: Request) -> PlainTextResponse:
        return PlainTextResponse("about")

    app = CannedHandlers(get_workflow_source_by_id="id: w").app()
    assert send_request(app, "GET", "/about").status_code == 404
    app.add_route("/about", about)
    assert send_request(app, "GET", "/about").text == "about"
    assert send_request(app, "GET", SOURCE).text == "id: w"
    app = CannedHandlers(get_workflow_source_by_id="id: w").app()
    app.user_middleware.append(Middleware(CORSMiddleware, allow_origins=["*"]))
    response = send_request(app, "GET", SOURCE, headers={"Origin": "http://elsewhere"})
    assert (response.text, response.headers["access-control-allow-origin"]) == ("id: w", "*")
    assert send_request(app, "GET", "/about").json() == {"message": "Not Found"}


TYPED = """
from orchestrator_v2 import models
from orchestrator_v2.server import Handlers, InstancesHandlers, RunsHandlers, create_app


class Plain(InstancesHandlers):
    def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        return models.ProcessInstanceDTO(id=instance_id, process_id="w", nodes=[])

    def get_workflow_statuses(self) -> list[models.WorkflowRunStatusDTO]:
        return []


class Both(RunsHandlers):
    async def abort_workflow(self, instance_id: str) -> str:
        return instance_id

    def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, object]:
        return {}


class All(Handlers):
    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        return models.ProcessInstanceDTO(id=instance_id, process_id="w", nodes=[])


app = create_app(Plain(), Both(), All())
"""


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_sync_and_async_handlers_type_check(checker: str, tmp_path: Path) -> None:
    module = tmp_path / "backend.py"
    module.write_text(TYPED)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "include": ["backend.py"]}')
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n")
    program = str(Path(sys.executable).with_name(checker))
    project = ["--project", str(tmp_path), "--pythonpath", sys.executable]
    arguments = [program, str(module)] if checker == "mypy" else [program, *project]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
