"""Mutants that start a run although they answer the execution with an error."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError
from starlette.types import Message, Receive, Scope, Send

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance
from ....reference.overviews.workflow import Workflow
from ...mutant import Tamper, breaks


@breaks("ORC-ERR-RUN-06")
class RunsWaitForTheirService(ReferenceBackend):
    """Answers that the service of a workflow is down, but keeps a run that waits for it."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        workflow = self.catalogue.get(workflow_id)
        if workflow is not None and not workflow.is_available:
            self.store.put(self._begin(workflow, body, self.now()))
        return await super().execute_workflow(workflow_id, body)

    def _begin(self, workflow: Workflow, body: models.ExecuteWorkflowRequestDTO, now: datetime) -> Instance:
        inputs: dict[str, Any] = body.input_data or {}
        run_id = self.lifecycle.new_id()
        return self.lifecycle.begin(
            workflow, run_id, now, self.settings.initiator, body.target_entity, inputs
        )


@breaks("ORC-ERR-RUN-06")
class SomeStartsAreReportedAsErrors(ReferenceBackend):
    """Answers every third execution with an error after it started the run."""

    count = 0

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        self.count += 1
        if self.count % 3 == 0:
            raise HTTPError(500, "the service did not answer in time")
        return started


@breaks("ORC-ERR-RUN-06")
class TokensAreCheckedAfterTheStart(Tamper):
    """Refuses incomplete authTokens only after the run was started."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/execute"):
            await self.app(scope, receive, send)
            return
        data = await read_body(receive)
        status = 0

        async def watch(answer: Message) -> None:
            nonlocal status
            status = answer.get("status", status)
            await send(answer)

        await self.app(dict(scope), replay(data), watch)
        if status >= 400 and b"authTokens" in data:
            body = {name: value for name, value in json.loads(data).items() if name != "authTokens"}
            await self.app(dict(scope), replay(json.dumps(body).encode()), _discard)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body of a request."""
    data = b""
    while True:
        message = await receive()
        data += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return data


def replay(data: bytes) -> Receive:
    """Return a function that receives `data` as the body of a request."""

    async def receive() -> Message:
        return {"type": "http.request", "body": data, "more_body": False}

    return receive


async def _discard(message: Message) -> None:
    del message
