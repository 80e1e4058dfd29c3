"""The suite as plain pytest, in a process and a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.mutants.handmade.listing import ForgetsAState
from orchestrator_conformance.mutants.mutant import read_mutant
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.statements import iter_requirements

from .support.targets import HTML, OTHER_TOKEN, TOKEN

PYTEST = [sys.executable, "-m", "pytest", "-p", "orchestrator_conformance.plugin", "--pyargs"]


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*PYTEST, "orchestrator_conformance", "-p", "no:cacheprovider", "-q", "-W", "error", *arguments]
    environ = {**os.environ, "ORCHESTRATOR_TOKEN": TOKEN, "OTHER_TOKEN": OTHER_TOKEN}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_conforming_backend_passes(tmp_path: Path) -> None:
    settings = ReferenceSettings(token=TOKEN, other_token=OTHER_TOKEN)
    with running_server(create_reference_app(settings)) as url:
        arguments = ["--token-env", "ORCHESTRATOR_TOKEN", "--other-token-env", "OTHER_TOKEN"]
        arguments += ["--allow-runs", "all"]
        done = run_pytest(tmp_path, "--target", url, *arguments)
    assert done.returncode == 0, done.stdout
    assert f"{len(list(iter_requirements(load_contract())))} passed" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_without_runs_the_rest_is_skipped(tmp_path: Path) -> None:
    with running_server(create_reference_app()) as url:
        done = run_pytest(tmp_path, "--target", url, "--max-examples", "0", "-rs")
    assert done.returncode == 0, done.stdout
    assert "runs are not allowed: see --allow-runs" in done.stdout


@pytest.mark.slow
def test_a_failure_is_told_without_a_traceback(tmp_path: Path) -> None:
    mutant = read_mutant(ForgetsAState)
    assert mutant is not None
    app = mutant.create_app(ReferenceSettings(token=TOKEN))
    with running_server(app) as url:
        arguments = ["--token-env", "ORCHESTRATOR_TOKEN", "-k", "ORC-INST"]
        done = run_pytest(tmp_path, "--target", url, *arguments)
    assert done.returncode == 1
    assert "ORC-INST-STATUS-01 MUST" in done.stdout
    assert "curl -sS -i -X GET" in done.stdout
    assert "Traceback" not in done.stdout
    assert TOKEN not in done.stdout + done.stderr


def test_a_target_that_is_no_orchestrator_ends_the_run(tmp_path: Path) -> None:
    with running_server(HTML) as url:
        done = run_pytest(tmp_path, "--target", url)
    assert done.returncode == 3
    assert "answers HTML" in done.stdout + done.stderr


def test_a_target_has_to_be_named(tmp_path: Path) -> None:
    done = run_pytest(tmp_path)
    assert done.returncode == 3
    assert "name a target with --target URL" in done.stdout + done.stderr
