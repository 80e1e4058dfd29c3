"""A run beside its reports."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from orchestrator_conformance.contract.requirements import Level, Requirement
from orchestrator_conformance.report.document import Report
from orchestrator_conformance.report.files import write_files
from orchestrator_conformance.report.json_report import write_json
from orchestrator_conformance.report.junit import write_junit
from orchestrator_conformance.report.terminal import print_summary
from orchestrator_conformance.runner import Findings
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.verdict.outcome import (
    Error,
    Fail,
    Inconclusive,
    Outcome,
    Pass,
    Result,
    Skip,
)
from rich.console import Console

PATH = "/v2/workflows/instances"
EXCHANGE = Exchange(
    "getInstances",
    Request("POST", PATH, (("Content-Type", "application/json"),), b'{"filters": "it\'s"}'),
    Response(200, (("content-type", "application/json"),), b'{"items": "\x01[bold]"}'),
    is_good=True,
)


def result(id_: str, level: Level, outcome: Outcome) -> Result:
    return Result(Requirement(id_, level, "paging", "paging", "/paths", "Pages are [pages]."), outcome)


def make_report(*results: Result, left_running: tuple[str, ...] = ()) -> Report:
    return Report(
        findings=Findings(results, sent=7, started=1, left_running=left_running),
        base_url="https://host/api/orchestrator",
        has_token=True,
        document="openapi.yaml",
        digest="00ff",
        seed=3,
        runs="all",
        date=datetime(2026, 1, 31, 12, tzinfo=UTC),
        version="0.1.0",
    )


REPORT = make_report(
    result("ORC-A-01", "MUST", Pass(2)),
    result("ORC-A-02", "MUST", Fail("ten [items]", "nine", (EXCHANGE,))),
    result("ORC-A-03", "SHOULD", Fail("an empty page", "the first page")),
    result("ORC-A-04", "MUST", Skip("runs are not allowed")),
    result("ORC-A-05", "MUST", Inconclusive("two workflows")),
    result("ORC-A-06", "SHOULD", Error("Traceback\x00")),
    left_running=("5e0d",),
)


def print_to_text(report: Report) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_summary(report, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_json_report_says_everything() -> None:
    said = json.loads(write_json(REPORT))
    assert said["reportVersion"] == 1
    assert said["verdict"] == "NOT_CONFORMANT"
    assert said["exitCode"] == 1
    assert said["date"] == "2026-01-31T12:00:00+00:00"
    assert said["leftRunning"] == ["5e0d"]
    none = {"error": 0, "known": 0, "stale": 0}
    assert said["summary"]["MUST"] == {"pass": 1, "fail": 1, "skip": 1, "inconclusive": 1, **none}
    assert [each["outcome"] for each in said["requirements"]] == [
        "pass", "fail", "fail", "skip", "inconclusive", "error",
    ]  # fmt: skip
    failed = said["requirements"][1]
    assert (failed["expected"], failed["found"]) == ("ten [items]", "nine")
    assert failed["evidence"][0]["request"]["body"] == '{"filters": "it\'s"}'
    assert failed["evidence"][0]["response"]["status"] == 200


def test_the_curl_command_is_safe_for_a_shell_and_has_no_token() -> None:
    curl = json.loads(write_json(REPORT))["requirements"][1]["evidence"][0]["curl"]
    assert curl == (
        "curl -sS -i -X POST https://host/api/orchestrator/v2/workflows/instances"
        " -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json'"
        ' --data-binary \'{"filters": "it\'"\'"\'s"}\''
    )


def test_the_same_report_gives_the_same_text() -> None:
    assert write_json(REPORT) == write_json(REPORT)
    assert write_junit(REPORT) == write_junit(REPORT)


def test_junit_counts_what_is_not_green() -> None:
    suite = ElementTree.fromstring(write_junit(REPORT)).find("testsuite")
    assert suite is not None
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "6", "failures": "2", "errors": "1", "skipped": "2"}
    failures = [each.get("message", "") for each in suite.iter("failure")]
    assert failures == [
        "expected ten [items]; found nine",
        "could not be decided; missing: two workflows",
    ]
    assert "curl -sS" in (suite.findtext("testcase/failure") or "")


def test_the_summary_shows_failures_as_they_are() -> None:
    text = print_to_text(REPORT)
    assert "fail ORC-A-02 MUST Pages are [pages]." in text
    assert "expected  ten [items]" in text
    assert "curl -sS -i -X POST" in text
    assert "[bold]" in text
    assert "inconclusive missing: two workflows\n  ORC-A-05\n" in text
    assert "skipped 1: runs are not allowed" in text
    assert "left running: 5e0d" in text
    assert text.splitlines()[-1].startswith(
        "not conformant: 1 of 4 MUST requirements hold, 1 fail, 1 skip, 1 inconclusive, 1 SHOULD failed"
    )


def test_files_take_the_place_of_older_ones(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    write_files(make_report(result("ORC-A-01", "MUST", Pass(1))), folder)
    first = (folder / "report.json").read_text()
    (folder / "findings").mkdir()
    (folder / "findings" / "ORC-OLD-01.sh").write_text("exit\n")
    assert write_files(REPORT, folder) == tuple(
        folder / each for each in ("report.json", "junit.xml", "findings")
    )
    assert (folder / "report.json").read_text() not in ("", first)
    assert sorted(each.name for each in folder.iterdir()) == ["findings", "junit.xml", "report.json"]
    scripts = sorted(each.name for each in (folder / "findings").iterdir())
    assert scripts == ["ORC-A-02.sh", "ORC-A-03.sh"]


def test_nothing_is_half_written(tmp_path: Path) -> None:
    write_files(REPORT, tmp_path)
    before = (tmp_path / "report.json").read_text()
    (tmp_path / "junit.xml").unlink()
    (tmp_path / "junit.xml").mkdir()
    with pytest.raises(OSError, match=r"junit\.xml"):
        write_files(REPORT, tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["findings", "junit.xml", "report.json"]
    assert (tmp_path / "report.json").read_text() == before
