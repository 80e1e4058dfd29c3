"""Base faults in which one operation always answers 500, with an `ErrorResponse`."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from .base_fault import API, JSON_TYPE, OperationFault, find_operation, is_base

# Requires the same credentials as every other operation, and changes nothing.
_HARMLESS: Final = "/v2/workflows/instances/statuses"
_BODY: Final = json.dumps({"message": "Cannot read properties of undefined (reading 'id')"}).encode()
_HEADERS: Final = [
    (b"content-type", JSON_TYPE.encode()),
    (b"content-length", str(len(_BODY)).encode()),
]


class _Refusing(OperationFault):
    """Answers 500 to the operations in `refuses`, unless the credentials are wrong. They have no effect."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_http = scope["type"] == "http"
        if not is_http or find_operation(scope["method"], scope["path"]) not in self.refuses:
            await self.app(scope, receive, send)
            return
        answer = await self._ask_harmless(scope)
        if answer[0]["status"] != HTTPStatus.UNAUTHORIZED:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            start: Message = {"type": "http.response.start", "status": status, "headers": _HEADERS}
            answer = [start, {"type": "http.response.body", "body": _BODY}]
        for message in answer:
            await send(message)

    async def _ask_harmless(self, scope: Scope) -> list[Message]:
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            answer.append(message)

        path = scope["path"].partition(API)[0] + _HARMLESS
        asked = {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
        await self.app(asked, _receive_nothing, collect)
        return answer


async def _receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


@is_base
class NoSources(_Refusing):
    """Answers 500 to every request for the source of a workflow."""

    refuses = frozenset({"getWorkflowSourceById"})


@is_base
class NoInputSchemas(_Refusing):
    """Answers 500 to every request for an input schema."""

    refuses = frozenset({"getWorkflowInputSchemaById"})


@is_base
class NoInstancesOfAWorkflow(_Refusing):
    """Answers 500 to every request for the instances of one workflow."""

    refuses = frozenset({"getWorkflowInstances"})


@is_base
class NoOverviewById(_Refusing):
    """Answers 500 to every request for the overview of one workflow."""

    refuses = frozenset({"getWorkflowOverviewById"})


@is_base
class NoStatuses(_Refusing):
    """Answers 500 to every request for the statuses."""

    refuses = frozenset({"getWorkflowStatuses"})


@is_base
class NoOverviewsForAnEntity(_Refusing):
    """Answers 500 to every request for the overviews for an entity."""

    refuses = frozenset({"getWorkflowsOverviewForEntity"})


@is_base
class NoRetriggers(_Refusing):
    """Answers 500 to every retrigger, and retriggers nothing."""

    refuses = frozenset({"retriggerInstance"})
