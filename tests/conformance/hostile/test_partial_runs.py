"""A run that ends early reports what it did, marks the report as partial, and aborts what it started."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from .catalogue import READS, Hostile
from .measuring import Measured, measure, serve_target, served
from .test_hostile_targets import read_report
from .transport import reset

EVERYTHING = ("--allow-runs", "all", "--max-examples", "0", "--patience", "0.2")


def run_partially(
    hostile: Hostile, options: Sequence[str], folder: Path, interrupt_after: float | None = None
) -> tuple[Measured, Any]:
    with served(lambda announce: serve_target(hostile, announce)) as url:
        measured = measure(["run", url, *options, "--report", "report"], folder, interrupt_after)
    return measured, read_report(folder)


def check_partial(measured: Measured, report: Any, kind: str, folder: Path) -> None:
    assert report["partial"]["kind"] == kind
    reason = report["partial"]["reason"]
    assert f"partial: {reason}" in measured.stdout
    missed = [each for each in report["requirements"] if each.get("missing") == f"not reached: {reason}"]
    assert missed
    assert report["exitCode"] == measured.exit_code
    assert report["leftRunning"] == []
    properties = ElementTree.parse(folder / "report" / "junit.xml").iter("property")
    assert {each.get("name"): each.get("value") for each in properties}["partial"] == reason


def test_the_loss_of_the_target_is_reported(tmp_path: Path) -> None:
    dying = Hostile(write=reset, part="/", first=60)
    measured, report = run_partially(dying, [*READS, "--max-examples", "0"], tmp_path)
    check_partial(measured, report, "lost", tmp_path)
    assert measured.exit_code == 2
    assert measured.stderr.startswith("orchestrator-conformance: http://127.0.0.1:")
    assert "stopped answering" in measured.stderr
    assert any(each["outcome"] == "pass" for each in report["requirements"])


def test_a_time_limit_ends_a_run(tmp_path: Path) -> None:
    measured, report = run_partially(Hostile(), [*EVERYTHING, "--time-limit", "4"], tmp_path)
    check_partial(measured, report, "out of time", tmp_path)
    assert measured.exit_code == 2


def test_an_interrupted_run_is_reported(tmp_path: Path) -> None:
    measured, report = run_partially(Hostile(), EVERYTHING, tmp_path, interrupt_after=4)
    check_partial(measured, report, "interrupted", tmp_path)
    assert measured.exit_code == 130
    assert measured.stderr == "orchestrator-conformance: interrupted\n"


@pytest.mark.parametrize("seconds", ["0", "-1", "x", "1e9"])
def test_a_time_limit_is_a_number_of_seconds(seconds: str, tmp_path: Path) -> None:
    measured = measure(["run", "--embedded", "--time-limit", seconds], tmp_path)
    assert measured.exit_code == 3
    assert "is not a number of seconds" in measured.stderr


@pytest.mark.parametrize("size", ["0", "-1", "x", "2000"])
def test_a_size_is_a_number_of_mebibytes(size: str, tmp_path: Path) -> None:
    measured = measure(["run", "--embedded", "--max-answer-size", size], tmp_path)
    assert measured.exit_code == 3
    assert "is not a whole number between 1 and 1024" in measured.stderr
