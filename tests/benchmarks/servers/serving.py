"""The measured servers, each an application on uvicorn: `python -m ... serving NAME`."""

from __future__ import annotations

import gc
import json
import socket
import sys
from itertools import cycle
from typing import Any, Final

import uvicorn
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import samples
from ..measuring import peers
from . import reporting

# The answers differ, but are few enough to stay in the processor's cache, like an answer that was just built.
_POOL: Final = 10


def make_answers() -> dict[str, list[Any]]:
    """Return the answers of each operation, by the name of its handler."""
    overviews = samples.make_overviews(0, _POOL)["overviews"]
    return {
        "get_instances": [samples.make_page(number * 10, 10) for number in range(_POOL)],
        "get_workflows_overview": [samples.make_overviews(number, 5) for number in range(_POOL)],
        "get_workflow_overview_by_id": overviews,
        "execute_workflow": [{"id": samples.make_instance(number)["id"]} for number in range(_POOL)],
        "ping_workflow_service_by_id": [number % 2 == 0 for number in range(_POOL)],
    }


def make_ours() -> Any:
    """Return our server stubs, which validate requests and answers."""
    from orchestrator_v2 import models
    from orchestrator_v2.server import create_app

    return create_app(_Handlers(_parse_answers(models)), base_path=samples.BASE_PATH)


def make_datamodel_code_generator() -> Any:
    """Return the FastAPI server of datamodel-code-generator, with its models."""
    peers.generate()
    from dcg_server import models
    from dcg_server.server.application import create_app

    handlers: Any = _Handlers(_parse_answers(models))
    return create_app(workflows=handlers, instances=handlers, runs=handlers, prefix=samples.BASE_PATH)


def make_starlette() -> Any:
    """Return plain routes that parse requests and serialize answers, and validate neither."""
    prefix = f"{samples.BASE_PATH}/v2/workflows"
    answers = make_answers()
    return Starlette(
        routes=[
            _route(f"{prefix}/instances", "POST", answers["get_instances"]),
            _route(f"{prefix}/overview", "POST", answers["get_workflows_overview"]),
            _route(f"{prefix}/{{workflow_id}}/overview", "GET", answers["get_workflow_overview_by_id"]),
            _route(f"{prefix}/{{workflow_id}}/execute", "POST", answers["execute_workflow"]),
            _route(
                f"{prefix}/{{workflow_id}}/pingWorkflowService", "GET", answers["ping_workflow_service_by_id"]
            ),
        ]
    )


APPLICATIONS: Final = {
    "ours": make_ours,
    "starlette": make_starlette,
    "datamodel-code-generator": make_datamodel_code_generator,
}


class _Handlers:
    """Handlers of any operation, which return the answers of a pool in turn."""

    def __init__(self, answers: dict[str, list[Any]]) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        pool = cycle(self._answers.get(name, [None]))

        async def handler(
            body: object = None,
            workflowId: str = "",
            instanceId: str = "",
            **_: object,
        ) -> Any:
            return next(pool)

        return handler


def _parse_answers(models: Any) -> dict[str, list[Any]]:
    """Return the answers as instances of `models`. They are built once, as in a handler with a cache."""
    types = {
        "get_instances": models.ProcessInstanceListResultDTO,
        "get_workflows_overview": models.WorkflowOverviewListResultDTO,
        "get_workflow_overview_by_id": models.WorkflowOverviewDTO,
        "execute_workflow": models.ExecuteWorkflowResponseDTO,
        "ping_workflow_service_by_id": bool,
    }
    return {
        name: [TypeAdapter(types[name]).validate_python(each) for each in pool]
        for name, pool in make_answers().items()
    }


def _route(path: str, method: str, pool: list[Any]) -> Route:
    answers = cycle(pool)

    async def answer(request: Request) -> Response:
        if method == "POST":
            json.loads(await request.body())
        return Response(json.dumps(next(answers)), media_type="application/json")

    return Route(path, answer, methods=[method])


def main(name: str) -> None:
    # asyncio disables Nagle's algorithm only if the protocol is given.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    application = APPLICATIONS[name]()
    gc.freeze()  # the pool is not part of the server
    reporting.report(listening.getsockname()[1])
    config = uvicorn.Config(application, log_level="warning", access_log=False, loop="asyncio", http="h11")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
