"""Mutants that accept requests that they have to reject."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models
from starlette.types import Message, Receive, Scope, Send

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.overviews.workflow import Workflow
from ....reference.settings import ReferenceSettings
from ...mutant import Tamper, breaks


@breaks("ORC-ERR-RUN-05")
class StartsUnavailableWorkflows(ReferenceBackend):
    """Starts a run of a workflow whose service is down."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.lifecycle = _Queueing(self.lifecycle.moment, self.lifecycle.visibility_delay)


class _Queueing(Lifecycle):
    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        begun = self.begin(workflow, self.new_id(), now, initiator, target, inputs)
        return self.run_on(replace(begun, visible_from=now + self.visibility_delay), now, is_first=True)


@breaks("ORC-ERR-ID-01")
class ShowsUnknownWorkflows(ReferenceBackend):
    """Answers the overview of an unknown workflow with an empty overview."""

    async def get_workflow_overview_by_id(self, workflow_id: str) -> models.WorkflowOverviewDTO:
        if workflow_id not in self.catalogue:
            return models.WorkflowOverviewDTO(
                workflow_id=workflow_id, format=models.WorkflowFormatDTO("yaml")
            )
        return await super().get_workflow_overview_by_id(workflow_id)


@breaks("ORC-ERR-ID-02")
class ShowsUnknownInstances(ReferenceBackend):
    """Answers an unknown instance id with an instance without steps."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        if all(each.id != instance_id for each in self.visible_instances()):
            return models.ProcessInstanceDTO(id=instance_id, process_id="unknown", nodes=[])
        return await super().get_instance_by_id(instance_id)


@breaks("ORC-ERR-RUN-01")
class StartsUnknownWorkflows(ReferenceBackend):
    """Starts another workflow if the id is unknown."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        known = workflow_id if workflow_id in self.catalogue else "refresh-search-index"
        return await super().execute_workflow(known, body)


@breaks("ORC-ERR-RUN-03")
class AbortsUnknownInstances(ReferenceBackend):
    """Reports success for the abort of an unknown instance."""

    async def abort_workflow(self, instance_id: str) -> str:
        if all(each.id != instance_id for each in self.visible_instances()):
            return f"aborted {instance_id}"
        return await super().abort_workflow(instance_id)


@breaks("ORC-ERR-RUN-04")
class RetriggersUnknownInstances(ReferenceBackend):
    """Reports success for the retrigger of an unknown instance."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        if all(each.id != instance_id for each in self.visible_instances()):
            return {}
        return await super().retrigger_instance(workflow_id, instance_id, body)


@breaks("ORC-ERR-RUN-02")
class StartsRejectedRequests(Tamper):
    """Starts a run although it rejects the request to execute."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/create-service/execute"):
            await self.app(scope, receive, send)
            return
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self.app(dict(scope), receive, watch)
        if status >= 400:
            await self.app(dict(scope), _give_inputs, _discard)


async def _give_inputs() -> Message:
    body = {"inputData": {"name": "refused", "owner": "group:default/none", "language": "python"}}
    return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}


async def _discard(message: Message) -> None:
    del message
