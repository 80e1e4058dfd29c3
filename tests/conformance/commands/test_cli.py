"""The command line: what it is told, and what it answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from orchestrator_conformance.commands.cli import run
from orchestrator_conformance.contract.features import FEATURES
from orchestrator_conformance.mutants.handmade.access.credentials import LogsAreForAll
from orchestrator_conformance.mutants.handmade.listing import ForgetsAState
from orchestrator_conformance.mutants.mutant import read_mutant
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.overviews.catalogue import load_catalogue
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from ..support.targets import (
    BASE_PATH,
    DENIED,
    HTML,
    LOGIN,
    NOT_FOUND,
    OTHER_TOKEN,
    TOKEN,
    Answer,
    Echo,
    Recorder,
)

WITHOUT_FUZZING = ["--max-examples", "0"]


@pytest.mark.parametrize(
    ("app", "said"),
    [
        pytest.param(HTML, "answers HTML (status 200), not the API", id="html"),
        pytest.param(NOT_FOUND, "does not exist (404): give the base URL", id="another base path"),
        pytest.param(DENIED, "requires authentication (401): put a token", id="no credentials"),
        pytest.param(LOGIN, "answers with a redirect (302), as a login page does", id="login page"),
    ],
)
def test_a_target_that_cannot_be_tested_gets_one_message(
    app: ASGIApp, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(app) as url:
        assert run(["run", url, *WITHOUT_FUZZING]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("orchestrator-conformance: ")
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1


def test_the_exit_code_is_2_if_everything_answers_500(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(Answer(JSONResponse({"message": "fetch failed"}, 500))) as url:
        assert run(["run", url, *WITHOUT_FUZZING]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("orchestrator-conformance: ")
    assert "the backend, or a service behind it, is down" in captured.err
    assert "status 500: fetch failed" in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_rate_is_a_number_above_0(capsys: pytest.CaptureFixture[str]) -> None:
    for rate in ("0", "-1", "inf", "nan", "fast"):
        with pytest.raises(SystemExit) as raised:
            run(["run", "http://127.0.0.1:9", "--rate", rate])
        assert raised.value.code == 3
        assert f"{rate!r} is not a number of requests above 0" in capsys.readouterr().err


def test_a_rate_limits_the_requests(capsys: pytest.CaptureFixture[str]) -> None:
    app = Recorder()
    with running_server(app) as url:
        assert run(["run", url, "--only", "ORC-INST-STATUS-01", "--rate", "20"]) == 0
    assert app.requests
    assert "conformant" in capsys.readouterr().out


def test_a_target_that_is_not_there_gets_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert run(["run", f"http://127.0.0.1:{port}{BASE_PATH}"]) == 3
    captured = capsys.readouterr().err
    assert f"cannot reach http://127.0.0.1:{port}{BASE_PATH}: ConnectError" in captured
    assert len(captured.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "name one target"),
        (["run", "http://localhost", "--embedded"], "name one target"),
        (["run", "localhost:8080"], "not a URL of a backend"),
        (["run", "http://user:hunter2@localhost"], "the URL contains credentials"),
        (
            ["run", "http://localhost", "--token-env", "NO_SUCH_VARIABLE"],
            "NO_SUCH_VARIABLE: the environment variable",
        ),
        (["run", "http://localhost", "--header", "X-Token"], "--header 'X-Token': write it as 'Name: value'"),
        (["run", "http://localhost", "--spec", "none.yaml"], "none.yaml: cannot be read: No such file"),
        (["list", "--spec", "none.yaml"], "none.yaml: cannot be read: No such file"),
    ],
)
def test_a_mistake_gets_one_message(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 3
    captured = capsys.readouterr().err
    assert said in captured
    assert "hunter2" not in captured
    assert len(captured.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["walk"], ["run", "--seed", "x"], ["run", "--max-examples", "-1"]])
def test_a_command_line_that_does_not_parse_could_not_run(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        run(arguments)
    assert raised.value.code == 3


@pytest.mark.slow
def test_a_real_socket_a_base_path_and_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORCHESTRATOR_TOKEN", TOKEN)
    monkeypatch.setenv("OTHER_TOKEN", OTHER_TOKEN)
    base_path = "/some/where/else"
    settings = ReferenceSettings(base_path=base_path, token=TOKEN, other_token=OTHER_TOKEN)
    with running_server(create_reference_app(settings), base_path) as url:
        arguments = ["--token-env", "ORCHESTRATOR_TOKEN", "--other-token-env", "OTHER_TOKEN"]
        arguments += ["--allow-runs", "all", "--max-examples", "1"]
        assert run(["run", url, *arguments, "--report", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert "\nconformant: " in captured.out
    assert f"report: {tmp_path / 'report.json'}" in captured.out
    said = json.loads((tmp_path / "report.json").read_text())
    assert said["target"] == {"baseUrl": url}
    assert said["summary"]["MUST"]["skip"] == 0
    written = "".join(each.read_text() for each in tmp_path.rglob("*") if each.is_file())
    assert TOKEN not in captured.out + captured.err + written
    assert OTHER_TOKEN not in captured.out + captured.err + written


def test_what_the_second_user_can_do_is_shown_without_their_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORCHESTRATOR_TOKEN", TOKEN)
    monkeypatch.setenv("OTHER_TOKEN", OTHER_TOKEN)
    mutant = read_mutant(LogsAreForAll)
    assert mutant is not None
    with running_server(mutant.create_app(ReferenceSettings(token=TOKEN, other_token=OTHER_TOKEN))) as url:
        arguments = ["--token-env", "ORCHESTRATOR_TOKEN", "--other-token-env", "OTHER_TOKEN"]
        assert run(["run", url, *arguments, "--allow-runs", "all", "--max-examples", "0"]) == 1
    out = capsys.readouterr().out
    assert "fail ORC-ISO-02" in out
    assert '-H "Authorization: Bearer $OTHER_TOKEN"' in out
    assert OTHER_TOKEN not in out


def test_a_second_user_needs_a_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTHER_TOKEN", OTHER_TOKEN)
    assert run(["run", "http://127.0.0.1:9", "--other-token-env", "OTHER_TOKEN"]) == 3
    assert "--other-token-env requires --token-env" in capsys.readouterr().err
    assert run(["run", "http://127.0.0.1:9", "--other-token-env", "NO_TOKEN"]) == 3
    assert "--other-token-env NO_TOKEN: the environment variable is not set" in capsys.readouterr().err


def test_nothing_changes_unless_runs_are_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    app = Recorder()
    with running_server(app) as url:
        code = run(["run", url, "--max-examples", "3", "--header", "X-Team: portal"])
    changing = [
        (method, path)
        for method, path in app.requests
        if method == "DELETE" or path.endswith(("/execute", "/retrigger"))
    ]
    assert changing == []
    assert all(headers.get("x-team") == "portal" for headers in app.headers)
    assert code == 0
    out = capsys.readouterr().out
    assert "skip" in out
    assert "runs are not allowed: see --allow-runs" in out


@pytest.mark.slow
def test_only_the_named_workflows_are_started(capsys: pytest.CaptureFixture[str]) -> None:
    app = Recorder()
    with running_server(app) as url:
        run(["run", url, "--max-examples", "2", "--allow-runs", "request-access"])
    started = {
        path for _, path in app.requests if path.endswith("/execute") and "no-such-workflow" not in path
    }
    # Ids that belong to no workflow are similar to that of the named workflow at most.
    assert {path for path in started if path.startswith("/v2/workflows/request-acces")} == started
    existing = {f"/v2/workflows/{name}/execute" for name in load_catalogue()}
    assert started & existing == {"/v2/workflows/request-access/execute"}


def test_a_target_that_does_not_conform_is_told_how(capsys: pytest.CaptureFixture[str]) -> None:
    mutant = read_mutant(ForgetsAState)
    assert mutant is not None
    with running_server(mutant.create_app(ReferenceSettings())) as url:
        assert run(["run", url, *WITHOUT_FUZZING]) == 1
    out = capsys.readouterr().out
    assert "fail ORC-INST-STATUS-01 MUST" in out
    assert f"curl -sS -i -X GET {url}/v2/workflows/instances/statuses" in out


def test_a_target_without_data_leaves_it_open(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(create_reference_app(ReferenceSettings(seeded=False))) as url:
        assert run(["run", url, *WITHOUT_FUZZING]) == 2
    assert "could not decide: " in capsys.readouterr().out


def test_credentials_that_an_answer_repeats_are_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORCHESTRATOR_TOKEN", TOKEN)
    with running_server(Echo(TOKEN)) as url:
        arguments = ["--token-env", "ORCHESTRATOR_TOKEN", *WITHOUT_FUZZING, "--report", str(tmp_path)]
        assert run(["run", url, *arguments]) == 1
    captured = capsys.readouterr()
    written = "".join(each.read_text() for each in tmp_path.rglob("*") if each.is_file())
    assert "**********" in written
    assert TOKEN not in captured.out + captured.err + written


def test_a_report_that_cannot_be_written_is_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    with running_server(create_reference_app()) as url:
        assert run(["run", url, *WITHOUT_FUZZING, "--report", str(tmp_path / "taken")]) == 3
    assert "the report cannot be written" in capsys.readouterr().err


def test_the_list_is_the_same_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for format_ in ("text", "json", "markdown"):
        assert run(["list", "--format", format_]) == 0
        shown[format_] = capsys.readouterr().out
    listed = json.loads(shown["json"])
    ids = [each["id"] for each in listed]
    assert [line.split()[0] for line in shown["text"].splitlines() if line.startswith("ORC-")] == ids
    requirements, _, left_open = shown["markdown"].partition("\n## Left open\n")
    assert [each.split(" | ")[0] for each in requirements.split("\n| ")[1:] if each.startswith("ORC-")] == ids
    assert "\n| ORC-OPEN-01 | " in left_open
    assert listed[0].keys() == {"id", "level", "topic", "feature", "pointer", "sentence", "reasoning"}


def test_the_features_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--features"]) == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == list(FEATURES)


def test_a_missing_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['schemathesis'] = None\n"
        "from orchestrator_conformance.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "list"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "orchestrator-conformance needs schemathesis" in done.stderr
    assert "pip install 'orchestrator-v2[conformance]'" in done.stderr
