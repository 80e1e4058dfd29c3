"""Mutants that grant access without a valid token, or to instances of other users."""

from __future__ import annotations

from orchestrator_v2 import models
from starlette.requests import Request

from ....reference.access import RequireToken
from ....reference.backend import ReferenceBackend
from ....reference.isolation import SeparatedBackend
from ...mutant import breaks


@breaks("ORC-AUTH-01")
class StatusesAreOpen(RequireToken):
    """Returns the statuses without a token."""

    async def __call__(self, request: Request) -> str | None:
        if request.scope["path"].endswith("/statuses") and "authorization" not in request.headers:
            return None
        return await super().__call__(request)


@breaks("ORC-AUTH-02")
class AnyTokenReadsSources(RequireToken):
    """Returns sources for any token, valid or not."""

    async def __call__(self, request: Request) -> str | None:
        if request.scope["path"].endswith("/source") and "authorization" in request.headers:
            return None
        return await super().__call__(request)


@breaks("ORC-ISO-01")
class FilteredListsShowAll(SeparatedBackend):
    """Returns the instances of all users in filtered lists."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is not None and body.filters is not None:
            return self.instance_list(ReferenceBackend.visible_instances(self), body)
        return await super().get_instances(body)


@breaks("ORC-ISO-02")
class LogsAreForAll(SeparatedBackend):
    """Shows the log of an instance to every user."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        return self.rendering.log(ReferenceBackend.find_instance(self, instance_id), is_raw=rawlog)


@breaks("ORC-ISO-03")
class AnyUserAborts(SeparatedBackend):
    """Aborts an instance of one user for any other user."""

    async def abort_workflow(self, instance_id: str) -> str:
        self.store.put(self.lifecycle.abort(ReferenceBackend.find_instance(self, instance_id), self.now()))
        return f"aborted {instance_id}"


@breaks("ORC-ISO-02")
class InputsAreForAll(SeparatedBackend):
    """Shows the inputs of an instance to every user."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        found = await super().get_workflow_input_schema_by_id(workflow_id)
        if instance_id is not None:
            found.data = ReferenceBackend.find_instance(self, instance_id).inputs
        return found


@breaks("ORC-ISO-01")
class UnfilteredWorkflowListsShowAll(SeparatedBackend):
    """Returns the instances of all users in a workflow's list without filter and page."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is None or (body.filters is None and body.pagination_info is None):
            runs = ReferenceBackend.visible_instances(self)
            return self.instance_list([each for each in runs if each.workflow.id == workflow_id], body)
        return await super().get_workflow_instances(workflow_id, body)


class _OpenOperation(RequireToken):
    end = ""

    async def __call__(self, request: Request) -> str | None:
        has_token = "authorization" in request.headers
        if request.scope["path"].endswith(self.end) and self.lets_in(has_token):
            return None
        return await super().__call__(request)

    def lets_in(self, has_token: bool) -> bool:
        return not has_token


@breaks("ORC-AUTH-01")
class ExecuteNeedsNoToken(_OpenOperation):
    """Starts a run without a token."""

    end = "/execute"


@breaks("ORC-AUTH-02")
class AnyTokenReadsLogs(_OpenOperation):
    """Returns logs for any token, valid or not."""

    end = "/logs"

    def lets_in(self, has_token: bool) -> bool:
        return has_token
