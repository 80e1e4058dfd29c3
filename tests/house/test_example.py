"""The worked example: served on a socket, called with the client, and tested by the conformance suite."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from orchestrator_codegen.cli import run as run_codegen
from orchestrator_conformance.commands.cli import run as run_conformance
from orchestrator_conformance.reference.serve import running_server

from .example.backend import Backend, create_app

EXAMPLE = Path(__file__).with_name("example")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def url() -> Iterator[str]:
    """Serve a new backend and return its URL."""
    with running_server(create_app(Backend(), base_path="/api/orchestrator")) as base_url:
        yield base_url


def test_the_program_starts_a_run_and_waits_for_it(url: str) -> None:
    program = (EXAMPLE / "__main__.py").read_text().replace("http://127.0.0.1:8000/api/orchestrator", url)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "COMPLETED\n", "")


@pytest.mark.slow
def test_the_backend_conforms_to_its_claims(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--allow-runs", "all", "--claims", str(EXAMPLE / "claims.toml"), "--max-examples", "1"]
    assert run_conformance(["run", url, *options]) == 0, capsys.readouterr().out
    assert "\nconformant: " in capsys.readouterr().out


def test_missing_handlers_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "stubs",
        str(EXAMPLE / "backend.py"),
        "--check",
        "--spec",
        str(ROOT / "spec" / "openapi.yaml"),
    ]
    assert run_codegen(arguments) == 1
    lacking = re.findall(r": the operation (\w+) has no handler", capsys.readouterr().out)
    assert lacking == [
        "getWorkflowsOverviewForEntity",
        "pingWorkflowServiceById",
        "getWorkflowLogById",
        "retriggerInstance",
    ]
