"""Runs every benchmark once, so that all of them keep working. The figures are not checked."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .__main__ import SUBJECTS, read_options
from .corpus.probing import probe
from .measuring.turns import Effort

ROOT = Path(__file__).parents[2]
PEERS = (
    *("openapi_python_client", "datamodel_code_generator", "fastapi", "httpx2", "uvicorn"),
    *("openapi_spec_validator", "mypy", "basedpyright"),
)


@pytest.mark.slow
@pytest.mark.skipif(
    any(find_spec(name) is None for name in PEERS),
    reason="the peers are not installed: the extra 'benchmark'",
)
def test_every_benchmark_runs(tmp_path: Path) -> None:
    output = tmp_path / "benchmarks.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    results = json.loads(output.read_text())["results"]
    assert {each["subject"] for each in results} == SUBJECTS.keys()


@pytest.mark.parametrize(("arguments", "rounds"), [([], 15), (["--rounds", "3"], 3), (["--quick"], 1)])
def test_options_set_the_number_of_rounds(arguments: list[str], rounds: int) -> None:
    assert read_options(arguments)[1].rounds == rounds


def test_the_probe_counts_the_operations_that_pass(tmp_path: Path) -> None:
    spec = ROOT / "tests" / "generator" / "support" / "everything30.yaml"
    for probed in probe("ours", tmp_path, spec, Effort(scale=0.1)):
        assert probed.failures == {}
        assert str(probed) == f"{probed.total} of {probed.total}"
        assert probed.total > 1


def test_no_operation_of_a_missing_document_passes(tmp_path: Path) -> None:
    for probed in probe("ours", tmp_path, tmp_path / "missing.yaml", Effort(scale=0.1)):
        assert (probed.passed, [*probed.failures]) == (0, ["the probe"])
