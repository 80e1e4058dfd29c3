"""Requests without an answer are failures of their operation if the target answers other requests."""

from __future__ import annotations

from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.runner import Options, run_suite
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.outcome import Error, Fail
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class DropsNonAsciiRequests:
    """A reference backend that closes the connection if the body of a request is not ASCII."""

    def __init__(self) -> None:
        self._app: ASGIApp = create_reference_app()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        message = await receive()
        if not message.get("body", b"").isascii():
            # If an application returns before the response is complete, the server closes the connection.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
            return

        async def replay() -> Message:
            return message

        await self._app(scope, replay, send)


def test_requests_without_an_answer_fail_their_operation() -> None:
    with running_server(DropsNonAsciiRequests()) as url, Target(url) as target:
        findings = run_suite(target, load_contract(), Options(max_examples=2))
    failed = {
        each.requirement.id: each.outcome for each in findings.results if isinstance(each.outcome, Fail)
    }
    searches = (
        "getInstances",
        "getWorkflowInstances",
        "getWorkflowsOverview",
        "getWorkflowsOverviewForEntity",
    )
    # The head of an answer may arrive before the connection is closed.
    assert failed.keys() <= {f"ORC-OP-{each}-{aspect}" for each in searches for aspect in ("STATUS", "BODY")}
    found = [failed[each].found for each in failed if each.startswith("ORC-OP-getInstances-")]
    assert any("no answer" in each or "the connection ends" in each for each in found)
    assert [each for each in findings.results if isinstance(each.outcome, Error)] == []
