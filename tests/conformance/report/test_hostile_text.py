"""Tests that text from the target stays data in every report: no shell runs it, and no terminal obeys it."""

from __future__ import annotations

import io
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.report.files import write_files
from orchestrator_conformance.report.json_report import write_json
from orchestrator_conformance.report.junit import write_junit
from orchestrator_conformance.report.terminal import print_summary
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.request_building import build_request
from orchestrator_conformance.verdict.outcome import Error, Fail, Inconclusive, Skip
from rich.console import Console

from .test_report import make_report, result

CONTRACT = load_contract()

# Each creates the file `canary` if a shell executes it.
PAYLOADS = (
    "'; touch canary; '",
    '"; touch canary; "',
    "$(touch canary)",
    "`touch canary`",
    "x\ntouch canary\n",
    "x\r\ntouch canary\r\n",
    "'\"$(touch canary)\"'",
    "\\'; touch canary; \\'",
    "x' \"$(touch canary)\" '",
    "| touch canary #",
    "& touch canary &",
    "%s%n'; touch canary; '%s",
    "\u2028touch canary\u2028",
    "\x00'; touch canary; '",
    "\ud800'; touch canary; '",
    "@/etc/passwd",
    "-K canary",
)

# `curl` in the scripts: it writes its arguments to a file, and answers with the payload as the id.
STUB = """#!/bin/sh
printf '%s\\n' "$@" >> arguments
[ "$*" = "${*#*@-}" ] || cat >> arguments
cat answer
"""


def make_exchanges(payload: str) -> tuple[Exchange, ...]:
    id_ = payload.replace("\ud800", "\ufffd")
    answer = json.dumps({"id": id_}).encode()
    execute = build_request(
        CONTRACT.operations["executeWorkflow"], {"workflowId": id_}, {}, {"inputData": {id_: id_}}
    )
    read = build_request(CONTRACT.operations["getInstanceById"], {"instanceId": id_}, {"x": id_}, None)
    headers = (("Content-Type", f"text/plain; {payload}"),)
    odd = Request("POST", f"/v2/workflows/{{[1-9]}}/../{id_!a}", headers, payload.encode("utf-8", "replace"))
    response = Response(200, (("x-answer", payload),), answer)
    return (
        Exchange("executeWorkflow", execute, response, True),
        Exchange("getInstanceById", read, response, True),
        Exchange("getInstances", odd, response, True),
    )


def make_hostile_report(payload: str) -> Any:
    steps = make_exchanges(payload)
    failure = Fail(payload, f"found {payload}", steps[1:], (payload,), steps=steps)
    made = make_report(
        result("ORC-A-01", "MUST", failure),
        result("ORC-A-02", "MUST", Inconclusive(payload)),
        result("ORC-A-03", "MUST", Skip(payload)),
        result("ORC-A-04", "MUST", Error(f"Traceback\n{payload}")),
        left_running=(payload,),
    )
    return replace(made, has_token=True)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_script_runs_nothing_of_the_target(payload: str, tmp_path: Path) -> None:
    write_files(make_hostile_report(payload), tmp_path)
    (tmp_path / "curl").write_text(STUB)
    (tmp_path / "curl").chmod(0o755)
    (tmp_path / "answer").write_bytes(json.dumps({"id": payload}).encode() + b"\x1b]0;title\x07 \xc2\x9b2J")
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TOKEN": "secret"}
    script = tmp_path / "findings" / "ORC-A-01.sh"
    text = script.read_text()
    assert all(each.isprintable() for each in text.splitlines())
    script.write_text(text.replace("sleep 2", ":"))
    ran = subprocess.run(
        ["sh", str(script), "http://127.0.0.1:1"],
        cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=30,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert not (tmp_path / "canary").exists()
    assert b"\x1b" not in ran.stdout
    assert b"\xc2\x9b" not in ran.stdout
    arguments = (tmp_path / "arguments").read_bytes()
    # The bodies arrive unchanged.
    assert payload.encode("utf-8", "replace") in arguments
    assert b"/v2/workflows/{[1-9]}/../" in arguments


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_shown_curl_command_runs_nothing_of_the_target(payload: str, tmp_path: Path) -> None:
    report = json.loads(write_json(make_hostile_report(payload)))
    (tmp_path / "curl").write_text(STUB)
    (tmp_path / "curl").chmod(0o755)
    (tmp_path / "answer").write_text("{}")
    for step in report["findings"][0]["steps"]:
        assert step["curl"].isprintable()
        subprocess.run(
            ["sh", "-c", step["curl"]],
            cwd=tmp_path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, check=True, timeout=30,
        )  # fmt: skip
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize(
    "payload",
    [
        "[bold red]x[/] [link=file:///etc/passwd]y[/link] :warning:",
        "[/nothing]",
        "x\\",
        "\x1b[2J\x1b]0;title\x07\x9b2J",
        "\u202egnp.exe\u2066",
        "x\nconformant: 180 of 180 MUST requirements hold\rconformant",
        "\x00\x08\x7f\ud800\uffff",
    ],
)
def test_text_of_the_target_is_shown_as_it_is(payload: str) -> None:
    report = make_hostile_report(payload)
    console = Console(file=io.StringIO(), width=200)
    print_summary(report, console)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert all(each.isprintable() for each in lines)
    assert not any(each.startswith("conformant") for each in lines)
    visible = payload.splitlines()[0]
    if visible.isprintable():
        assert any(visible in each for each in lines)
    ElementTree.fromstring(write_junit(report))
    text = write_json(report)
    text.encode()
    assert json.loads(text)["leftRunning"] == [payload]
