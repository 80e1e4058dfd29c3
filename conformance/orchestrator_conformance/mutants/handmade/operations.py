"""Mutants whose answers break the document: status, content type, body, and missing rejections."""

from __future__ import annotations

import json

from starlette.types import Message, Receive, Scope, Send

from ..mutant import Tamper, breaks

_OVERVIEWS = "/v2/workflows/overview"
_STATUSES = "/v2/workflows/instances/statuses"
_EXECUTE = "/execute"


@breaks("ORC-OP-executeWorkflow-STATUS")
class ExecuteIsCreated(Tamper):
    """Answers 201 after starting a run."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        return (201 if path.endswith(_EXECUTE) and status == 200 else status), content_type, body


@breaks("ORC-OP-getWorkflowOverviewById-STATUS")
class ListedWorkflowIsNotFound(Tamper):
    """Answers 404 for the overview of one listed workflow."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/refresh-search-index/overview"):
            return 404, "application/json", b'{"message": "no such workflow"}'
        return status, content_type, body


@breaks("ORC-OP-getWorkflowStatuses-TYPE")
class StatusesAreText(Tamper):
    """Sends the statuses with the content type text/plain."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        return status, ("text/plain" if path.endswith(_STATUSES) else content_type), body


@breaks("ORC-OP-getWorkflowsOverview-BODY")
class OverviewsHaveNoFormat(Tamper):
    """Omits the required format from overviews."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not path.endswith(_OVERVIEWS) or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        for overview in answer["overviews"]:
            del overview["format"]
        return status, content_type, json.dumps(answer).encode()


@breaks("ORC-OP-getInstanceById-BODY")
class ErrorsHaveNoMessage(Tamper):
    """Answers an unknown instance with a documented error status and an undocumented body."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if method == "GET" and path.rpartition("/")[0].endswith("/instances") and status >= 400:
            return 500, "application/json", b'{"error": {"name": "NotFound"}}'
        return status, content_type, body


@breaks("ORC-OP-getInstances-REFUSE")
class AcceptsAnyBody(Tamper):
    """Lists all instances for a request body that the document does not allow."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_affected = scope["type"] == "http" and scope["path"].endswith("/v2/workflows/instances")
        if not is_affected:
            await self.app(scope, receive, send)
            return
        answer: list[Message] = []

        async def hold(message: Message) -> None:
            answer.append(message)

        await self.app(dict(scope), receive, hold)
        if answer[0]["status"] in (400, 500):
            answer.clear()
            await self.app(dict(scope), _give_empty_object, hold)
        for message in answer:
            await send(message)


async def _give_empty_object() -> Message:
    return {"type": "http.request", "body": b"{}", "more_body": False}


_INSTANCES = "/v2/workflows/instances"


@breaks("ORC-OP-getInstances-BODY")
class TotalsAreText(Tamper):
    """Sends the number of instances as a string."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not path.endswith(_INSTANCES) or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        return status, content_type, json.dumps({**answer, "totalCount": str(answer["totalCount"])}).encode()


@breaks("ORC-OP-getWorkflowInstances-BODY")
class LowercaseStates(Tamper):
    """Writes states in lowercase in the list of a workflow's instances."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not path.endswith("/instances") or path.endswith(_INSTANCES) or status != 200:
            return status, content_type, body
        answer = json.loads(body)
        items = [{**each, "state": each["state"].lower()} for each in answer["items"]]
        return status, content_type, json.dumps({**answer, "items": items}).encode()


@breaks("ORC-OP-getInstanceById-BODY")
class NullSteps(Tamper):
    """Sends null instead of the steps of an aborted instance."""

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
    """Answers an abort with 204."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/abort") and status == 200:
            return 204, content_type, b""
        return status, content_type, body


@breaks("ORC-OP-pingWorkflowServiceById-TYPE")
class PingsAreText(Tamper):
    """Sends the answer to a ping with the content type text/plain."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        is_affected = path.endswith("/pingWorkflowService") and status == 200
        return status, ("text/plain" if is_affected else content_type), body


@breaks("ORC-OP-getWorkflowSourceById-STATUS")
class SourcesRedirect(Tamper):
    """Answers a request for the source of one workflow with a redirect."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/refresh-search-index/source"):
            return 307, "text/plain", b""
        return status, content_type, body
