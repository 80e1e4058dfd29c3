"""Plans for generated requests, and targets that record requests or do not answer."""

from __future__ import annotations

import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import CHANGING
from orchestrator_conformance.fuzz import FuzzPlan
from orchestrator_conformance.reference import (
    ReferenceBackend,
    ReferenceSettings,
    create_reference_app,
    running_server,
)
from orchestrator_conformance.reference.settings import ErrorStyle
from orchestrator_conformance.target.receiving import Limits
from starlette.types import ASGIApp, Receive, Scope, Send

# Inputs that each workflow of the reference backend accepts.
INPUTS: dict[str, dict[str, Any]] = {
    "create-service": {"name": "search", "language": "go"},
    "request-access": {"system": "orders", "role": "viewer", "days": 2},
    "provision-database": {"engine": "mysql", "storageGb": 10},
    "refresh-search-index": {},
    "migrate-repository": {"repository": "docs", "targetHost": "gitea"},
}
CONTRACT = load_contract()
READING = frozenset(CONTRACT.operations) - CHANGING
WORKFLOWS = tuple(INPUTS)
INSTANCES = {each.id: each for each in ReferenceBackend().visible_instances()}
FAILED = tuple(each.id for each in INSTANCES.values() if each.state == "ERROR")
UNFINISHED = tuple(each.id for each in INSTANCES.values() if each.state == "ACTIVE")


@dataclass
class Recorder:
    """Wraps an application and records each request: method and decoded path, relative to the base path."""

    app: ASGIApp
    arrived: list[tuple[str, str]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = unquote(scope["raw_path"].decode())
            self.arrived.append((scope["method"], path.removeprefix("/api/orchestrator")))
        await self.app(scope, receive, send)

    def changes(self) -> set[tuple[str, str]]:
        """Return the requests that would change data, judged by method and path alone."""
        verbs = {"execute", "abort", "retrigger"}
        return {
            (method, path)
            for method, path in self.arrived
            if method not in ("GET", "HEAD", "OPTIONS", "POST") or verbs & set(path.lower().split("/"))
        }


@contextmanager
def recording(style: ErrorStyle = "sensible") -> Iterator[tuple[str, Recorder]]:
    recorder = Recorder(create_reference_app(ReferenceSettings(error_style=style)))
    with running_server(recorder) as base_url:
        yield base_url, recorder


def make_plan(base_url: str, seed: int = 1, max_examples: int = 4) -> FuzzPlan:
    return FuzzPlan(
        contract=CONTRACT,
        base_url=base_url,
        headers={},
        operations=READING,
        values={"workflowId": WORKFLOWS, "instanceId": tuple(INSTANCES)[:8]},
        pinned={},
        bodies={},
        seed=seed,
        max_examples=max_examples,
        limits=Limits(seconds=10),
    )


def permit_all(plan: FuzzPlan) -> FuzzPlan:
    return replace(
        plan,
        operations=frozenset(CONTRACT.operations),
        pinned={
            "abortWorkflow": {"instanceId": (*UNFINISHED, *FAILED)},
            "retriggerInstance": {"workflowId": WORKFLOWS, "instanceId": FAILED},
            "executeWorkflow": {"workflowId": WORKFLOWS},
        },
        bodies={"executeWorkflow": tuple({"inputData": inputs} for inputs in INPUTS.values())},
    )


class _Silence(socketserver.StreamRequestHandler):
    """Closes the connection without an answer for the first requests, and answers from number `answers_from` on."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, SilentServer)
        head = [line.decode() for line in iter(self.rfile.readline, b"\r\n")]
        length = next((int(line[15:]) for line in head if line.lower().startswith("content-length:")), 0)
        server.received.append(head[0].partition(" HTTP")[0] + self.rfile.read(length).decode("latin-1"))
        if len(server.received) >= server.answers_from:
            self.wfile.write(b"HTTP/1.1 500 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")


class SilentServer(socketserver.TCPServer):
    def __init__(self, answers_from: int) -> None:
        super().__init__(("127.0.0.1", 0), _Silence)
        self.answers_from = answers_from
        self.received: list[str] = []
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def silence(answers_from: int = sys.maxsize) -> Iterator[SilentServer]:
    with SilentServer(answers_from) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
