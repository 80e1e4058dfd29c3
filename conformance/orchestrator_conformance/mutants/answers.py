"""Mutants of the answers themselves: status, content type, body, and what is refused at all."""

from __future__ import annotations

import json

from starlette.types import Message, Receive, Scope, Send

from .mutant import Tamper, breaks

_OVERVIEWS = "/v2/workflows/overview"
_STATUSES = "/v2/workflows/instances/statuses"
_EXECUTE = "/execute"


@breaks("ORC-OP-executeWorkflow-STATUS")
class ExecuteIsCreated(Tamper):
    """Answers 201 where a run was started."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        return (201 if path.endswith(_EXECUTE) and status == 200 else status), content_type, body


@breaks("ORC-OP-getWorkflowOverviewById-STATUS")
class ListedIsNotFound(Tamper):
    """Answers 404 for the overview of one listed workflow."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if path.endswith("/refresh-search-index/overview"):
            return 404, "application/json", b'{"message": "no such workflow"}'
        return status, content_type, body


@breaks("ORC-OP-getWorkflowStatuses-TYPE")
class StatusesAreText(Tamper):
    """Answers the statuses as plain text."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        return status, ("text/plain" if path.endswith(_STATUSES) else content_type), body


@breaks("ORC-OP-getWorkflowsOverview-BODY")
class OverviewsLackTheFormat(Tamper):
    """Leaves the format out of the overviews, which the document requires."""

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
class ErrorsLackTheMessage(Tamper):
    """Answers the error for an unknown instance with a documented status, and without the documented body."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if method == "GET" and path.rpartition("/")[0].endswith("/instances") and status >= 400:
            return 500, "application/json", b'{"error": {"name": "NotFound"}}'
        return status, content_type, body


@breaks("ORC-OP-getInstances-REFUSE")
class TakesAnyBody(Tamper):
    """Lists all instances under a body that the document forbids."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_it = scope["type"] == "http" and scope["path"].endswith("/v2/workflows/instances")
        if not is_it:
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


@breaks("ORC-ERR-RUN-02")
class RefusesAndStarts(Tamper):
    """Starts a run where the request to execute is refused."""

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
