from __future__ import annotations

import socket
import threading

import httpx
import pytest
from orchestrator_conformance.reference import (
    ReferenceSettings,
    create_reference_app,
    running_server,
    serve,
)
from starlette.types import Receive, Scope, Send


def test_the_server_runs_while_the_block_runs() -> None:
    with running_server(create_reference_app()) as base_url, httpx.Client() as client:
        assert client.get(f"{base_url}/health").json() == {"status": "ok"}
        assert client.post(f"{base_url}/v2/workflows/instances").json()["totalCount"] > 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/health")


def test_two_servers_with_different_base_paths_run_concurrently() -> None:
    with (
        running_server(create_reference_app(ReferenceSettings(base_path="")), "") as first,
        running_server(create_reference_app(ReferenceSettings(base_path="/x")), "/x") as second,
    ):
        assert first != second
        assert second.endswith("/x")
        assert {httpx.get(f"{base_url}/health").status_code for base_url in (first, second)} == {200}


def test_a_body_that_is_too_large_is_rejected_on_a_socket() -> None:
    with running_server(create_reference_app()) as base_url:
        answer = httpx.post(f"{base_url}/v2/workflows/instances", content=b" " * 1_000_000)
        assert answer.status_code == 413


def test_the_server_stops_when_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), running_server(create_reference_app()):
        raise ZeroDivisionError
    assert not [thread for thread in threading.enumerate() if thread.name == "reference-backend"]


def test_an_application_that_does_not_start_is_an_error() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    with pytest.raises(RuntimeError, match="did not start"), running_server(failing):
        pass


def test_a_port_in_use_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve(create_reference_app(), "127.0.0.1", taken.getsockname()[1])
