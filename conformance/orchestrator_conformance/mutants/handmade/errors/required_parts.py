"""Mutants that accept requests without a part that the document requires."""

from __future__ import annotations

import json
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from ...mutant import Tamper, breaks
from .refused_executions import read_body, replay


@breaks("ORC-ERR-PART-01")
class RetriggersNeedNoBody(Tamper):
    """Accepts a retrigger without a body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/retrigger"):
            await self.app(scope, receive, send)
            return
        data = await read_body(receive)
        if data:
            await self.app(scope, replay(data), send)
            return
        headers = [*scope["headers"], (b"content-type", b"application/json")]
        await self.app({**scope, "headers": headers}, replay(b"{}"), send)


class _AcceptsIncompleteFilters(Tamper):
    """Ignores all filters of a request if one of them is incomplete."""

    def is_incomplete(self, condition: dict[str, Any]) -> bool:
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        data = await read_body(receive)
        answer: list[Message] = []

        async def hold(message: Message) -> None:
            answer.append(message)

        await self.app(dict(scope), replay(data), hold)
        if answer[0]["status"] >= 400 and any(map(self.is_incomplete, _list_conditions(data))):
            body = {name: value for name, value in json.loads(data).items() if name != "filters"}
            answer.clear()
            await self.app(dict(scope), replay(json.dumps(body).encode()), hold)
        for message in answer:
            await send(message)


def _list_conditions(data: bytes) -> list[dict[str, Any]]:
    try:
        body = json.loads(data)
    except ValueError:
        return []
    left = [body.get("filters")] if isinstance(body, dict) else []
    found: list[dict[str, Any]] = []
    while left:
        condition = left.pop()
        if isinstance(condition, dict):
            found.append(condition)
            parts = condition.get("filters")
            left += [condition.get("nested"), *(parts if isinstance(parts, list) else ())]
    return found


@breaks("ORC-ERR-PART-02")
class NestedFiltersNeedNoValue(_AcceptsIncompleteFilters):
    """Lists everything if a filter below a nested one has no value."""

    def is_incomplete(self, condition: dict[str, Any]) -> bool:
        inner = condition.get("nested")
        return isinstance(inner, dict) and "operator" in inner and "value" not in inner


@breaks("ORC-ERR-PART-02")
class CombinationsNeedNoFilters(_AcceptsIncompleteFilters):
    """Lists everything if a logical filter has no filters."""

    def is_incomplete(self, condition: dict[str, Any]) -> bool:
        return condition.get("operator") in ("AND", "OR", "NOT") and "filters" not in condition
