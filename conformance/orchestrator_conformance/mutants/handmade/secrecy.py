"""Mutants that reveal the tokens that are passed to a run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from orchestrator_v2 import models
from starlette.types import Message, Receive, Scope, Send

from ...reference.backend import ReferenceBackend
from ..mutant import Tamper, breaks


def _read_tokens(
    body: models.ExecuteWorkflowRequestDTO | models.RetriggerInstanceRequestDTO,
) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = json.loads(body.model_dump_json(by_alias=True)).get("authTokens") or []
    return shown


@breaks("ORC-SEC-01")
class TokensAreInputs(ReferenceBackend):
    """Stores the tokens of an execution among the inputs of the run, and shows them there."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        if tokens := _read_tokens(body):
            run = self.find_instance(started.id)
            self.store.put(replace(run, inputs={**run.inputs, "authTokens": tokens}))
        return started


@breaks("ORC-SEC-01")
class TokensAreLogged(ReferenceBackend):
    """Writes the request headers of a run's first call into its log, credentials included."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        run = self.find_instance(started.id)
        for each in _read_tokens(body):
            line = f"GET https://example.com X-Authorization-{each['provider']}: {each['token']}"
            run = self.lifecycle.record(run, self.now(), "DEBUG", line)
        self.store.put(run)
        return started


@breaks("ORC-SEC-02")
class RetriggerTokensAreLogged(ReferenceBackend):
    """Writes the tokens of a retrigger into the log."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        answer = await super().retrigger_instance(workflow_id, instance_id, body)
        line = f"retriggered with {_read_tokens(body)}"
        run = self.lifecycle.record(self.find_instance(instance_id), self.now(), "INFO", line)
        self.store.put(run)
        return answer


@breaks("ORC-SEC-03")
class ErrorsQuoteTheRequest(Tamper):
    """Repeats the body of a rejected request to execute in the error message."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/execute"):
            await self.app(scope, receive, send)
            return
        sent = await receive()
        quoted = sent.get("body", b"").decode(errors="replace")
        answers: list[Message] = []

        async def give() -> Message:
            return sent

        async def hold(message: Message) -> None:
            answers.append(message)

        await self.app(dict(scope), give, hold)
        if answers[0]["status"] >= 400:
            body = json.dumps({"message": f"cannot execute {quoted}"}).encode()
            kept = [pair for pair in answers[0]["headers"] if pair[0] != b"content-length"]
            kept.append((b"content-length", str(len(body)).encode()))
            answers = [{**answers[0], "headers": kept}, {"type": "http.response.body", "body": body}]
        for message in answers:
            await send(message)
