"""What the README shows, run as it stands there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from orchestrator_codegen.cli import run as run_codegen
from orchestrator_conformance.commands.cli import run as run_conformance
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLIENT, SERVER, PROGRAM = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
(CLAIMS,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
EXAMPLE = Path(__file__).with_name("example")


def test_the_client_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(create_reference_app()) as url:
        exec(CLIENT.replace("http://127.0.0.1:8080/api/orchestrator", url), {})
    *failed, ended = capsys.readouterr().out.splitlines()
    assert all(re.match(r"[0-9a-f-]{36} ", line) for line in failed)
    assert failed
    assert ended == "COMPLETED"


@pytest.mark.parametrize(
    ("shown", "name"), [(SERVER, "backend.py"), (PROGRAM, "__main__.py"), (CLAIMS, "claims.toml")]
)
def test_the_worked_example_is_the_one_that_is_tested(shown: str, name: str) -> None:
    assert shown == (EXAMPLE / name).read_text()


def test_the_worked_example_is_short() -> None:
    assert sum(bool(line.strip()) for line in (SERVER + PROGRAM).splitlines()) < 60


@pytest.mark.parametrize("name", re.findall(r"^\| `([a-z_/]+)`", README, re.MULTILINE))
def test_every_folder_on_the_map_is_there(name: str) -> None:
    assert (ROOT / name).is_dir()


@pytest.mark.parametrize(("link"), re.findall(r"\]\(([A-Za-z./]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize(
    ("run", "command", "is_shown"),
    [
        (run_codegen, "orchestrator-codegen generate", True),
        (run_codegen, "orchestrator-codegen stubs", False),
        (run_conformance, "orchestrator-conformance run", True),
    ],
)
def test_every_option_in_the_readme_exists(
    run: Callable[[list[str]], int], command: str, is_shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run([command.partition(" ")[2], "--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    shown = {
        option
        for line in README.splitlines()
        if line.strip().startswith(command)
        for option in re.findall(r"--[a-z-]+", line.partition("#")[0])
    }
    assert shown or not is_shown
    assert shown <= offered
