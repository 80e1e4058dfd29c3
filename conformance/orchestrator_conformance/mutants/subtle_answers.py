"""Mutants whose answers are right but for one corner: a status, a type, a field, a caller."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models
from starlette.requests import Request

from ..reference.backend import ReferenceBackend
from ..reference.instance import Instance
from ..reference.lifecycle import Lifecycle
from ..reference.rendering import Rendering
from ..reference.tokens import RequireToken
from ..reference.workflow import Workflow
from .mutant import Tamper, breaks

_INSTANCES = "/v2/workflows/instances"


@breaks("ORC-OP-getInstances-BODY")
class TotalsAreText(Tamper):
    """Gives the number of instances as a text."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not path.endswith(_INSTANCES) or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        return status, content_type, json.dumps({**answer, "totalCount": str(answer["totalCount"])}).encode()


@breaks("ORC-OP-getWorkflowInstances-BODY")
class StatesAreSmall(Tamper):
    """Writes states in small letters in the list of one workflow."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not path.endswith("/instances") or path.endswith(_INSTANCES) or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        items = [{**each, "state": each["state"].lower()} for each in answer["items"]]
        return status, content_type, json.dumps({**answer, "items": items}).encode()


@breaks("ORC-OP-getInstanceById-BODY")
class NoStepsAreNull(Tamper):
    """Shows null for the steps of an instance that was aborted."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if method != "GET" or not path.rpartition("/")[0].endswith("/instances") or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        if isinstance(answer, dict) and answer.get("state") == "ABORTED":
            return status, content_type, json.dumps({**answer, "nodes": None}).encode()
        return status, content_type, body


@breaks("ORC-OP-abortWorkflow-STATUS")
class AbortsHaveNoContent(Tamper):
    """Answers 204 to an abort."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/abort") and status == 200:
            return 204, content_type, b""
        return status, content_type, body


@breaks("ORC-OP-pingWorkflowServiceById-TYPE")
class PingsAreText(Tamper):
    """Answers a ping with true as a text."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        is_it = path.endswith("/pingWorkflowService") and status == 200
        return status, ("text/plain" if is_it else content_type), body


@breaks("ORC-OP-getWorkflowSourceById-STATUS")
class SourcesAreElsewhere(Tamper):
    """Answers the source of one workflow with a redirect."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/refresh-search-index/source"):
            return 307, "text/plain", b""
        return status, content_type, body


class _OneIsOpen(RequireToken):
    end = ""

    async def __call__(self, request: Request) -> str | None:
        has_token = "authorization" in request.headers
        if request.scope["path"].endswith(self.end) and self.lets_in(has_token):
            return None
        return await super().__call__(request)

    def lets_in(self, has_token: bool) -> bool:
        return not has_token


@breaks("ORC-AUTH-01")
class AnybodyExecutes(_OneIsOpen):
    """Starts a run for everybody who comes without a token."""

    end = "/execute"


@breaks("ORC-AUTH-02")
class AnyTokenReadsLogs(_OneIsOpen):
    """Shows logs to whoever sends some token."""

    end = "/logs"

    def lets_in(self, has_token: bool) -> bool:
        return has_token


@breaks("ORC-INST-LIST-03")
class SingleInstancesLackTheirEntity(ReferenceBackend):
    """Leaves the targetEntity out of a sample instance that is read by its id."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if self.find_instance(instance_id).start.year < self.now().year:
            shown.target_entity = None
        return shown


@breaks("ORC-INST-STATUS-01")
class KeysAreValues(Rendering):
    """Has the states for people read like those of the interface."""

    def statuses(self) -> list[models.WorkflowRunStatusDTO]:
        return [each.model_copy(update={"key": each.value}) for each in super().statuses()]


@breaks("ORC-RUN-ABORT-01")
class AbortsWithoutAnEnd(Lifecycle):
    """Aborts, and writes no end down."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().abort(instance, now), end=None)


@breaks("ORC-RUN-RETRY-03")
class RetriggersForgetTheInputs(Lifecycle):
    """Has a retriggered run go on without the last of its inputs, which is made empty."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        changed = {name: value for name, value in instance.inputs.items() if name != "engine"}
        return super().retrigger(replace(instance, inputs=changed), now)


@breaks("ORC-WF-SRC-01")
class SourcesLackTheirQuotes(ReferenceBackend):
    """Answers a source in JSON with other quotes, which is none."""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        source = await super().get_workflow_source_by_id(workflow_id)
        return source.replace('"', "'") if source.lstrip().startswith("{") else source


@breaks("ORC-RUN-EXEC-05")
class EntitiesAreSmall(Lifecycle):
    """Keeps the name of the target alone, without its kind."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        name = target.partition(":")[2] if target is not None else None
        return super().start(workflow, inputs, initiator, name, now)
