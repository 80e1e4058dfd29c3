"""Each hostile target: the run ends, within limits, with a report, and nothing of the target is executed."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from .catalogue import HOSTILE, Hostile
from .measuring import Measured, measure, serve_target, served

# MiB. A run against the reference backend takes about 200.
PEAK = 1024
CODES = {0, 1, 2, 3}
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# `curl` in the scripts: it answers with the id of a payload.
STUB = "#!/bin/sh\ncat >/dev/null </dev/null\nprintf '%s' '{\"id\": \"$(touch canary)\"}'\n"


def run_against(name: str, folder: Path) -> Measured:
    hostile = HOSTILE[name]
    with served(lambda announce: serve_target(hostile, announce)) as url:
        # Options of a target take precedence, because they come last.
        common = ["--max-examples", "0", "--patience", "0.2", "--timeout", "1", "--time-limit", "60"]
        return measure(["run", url, *common, "--report", "report", *hostile.options], folder)


def read_report(folder: Path) -> Any:
    ElementTree.parse(folder / "report" / "junit.xml")
    return json.loads((folder / "report" / "report.json").read_text())


def execute_scripts(folder: Path) -> None:
    (folder / "curl").write_text(STUB)
    (folder / "curl").chmod(0o755)
    for script in sorted((folder / "report" / "findings").glob("*.sh")):
        text = script.read_text()
        assert all(each.isprintable() for each in text.splitlines()), script
        script.write_text(text.replace("sleep 2\n", ""))
        ran = subprocess.run(
            ["sh", str(script)], cwd=folder, capture_output=True, check=False, timeout=30,
            env={"PATH": f"{folder}:{os.environ['PATH']}"},
        )  # fmt: skip
        assert ran.returncode == 0, (script, ran.stderr)


def check(name: str, hostile: Hostile, folder: Path) -> None:
    measured = run_against(name, folder)
    shown = measured.stdout + measured.stderr
    assert measured.exit_code in CODES, shown[-3000:]
    assert measured.peak < PEAK
    assert "Traceback" not in shown, shown
    assert not _NOT_SHOWN.search(shown)
    if measured.exit_code != 3:
        report = read_report(folder)
        assert report["exitCode"] == measured.exit_code
        assert report["problems"] == []
        assert [each["id"] for each in report["requirements"] if each["outcome"] == "error"] == []
        if measured.exit_code == 1:
            assert report["findings"]
        execute_scripts(folder)
        assert hostile.says in (folder / "report" / "report.json").read_text()
    assert not list(folder.rglob("canary"))


# `python -m tests.conformance.hostile.table` runs all of them.
SAMPLE = [name for number, name in enumerate(HOSTILE) if number % 4 == 0]


@pytest.mark.parametrize("name", [each for each in SAMPLE if not HOSTILE[each].is_slow])
def test_a_hostile_target_is_survived(name: str, tmp_path: Path) -> None:
    check(name, HOSTILE[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", [each for each, hostile in HOSTILE.items() if hostile.is_slow])
def test_a_slow_hostile_target_is_survived(name: str, tmp_path: Path) -> None:
    check(name, HOSTILE[name], tmp_path)
