"""The pre-commit hook and the GitHub action that run `check` in other repositories, run as these tools run them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from orchestrator_codegen.cli import run

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ACTION_FILE: Final = ROOT / ".github" / "actions" / "codegen-check" / "action.yml"
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: Final[dict[str, Any]] = yaml.safe_load(ACTION_FILE.read_text(encoding="utf-8"))
INSTALL, COMPARE = ACTION["runs"]["steps"]

DOCUMENT: Final = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n"
TABLE: Final = "[tool.orchestrator-codegen]\nspec = 'pets.yaml'\noutput = 'src/pets'\ndocs = false\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a foreign repository with an up-to-date package, and make it the current folder."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    (folder / "pets.yaml").write_text(DOCUMENT)
    (folder / "pyproject.toml").write_text(TABLE)
    monkeypatch.chdir(folder)
    assert run(["generate"]) == 0
    return folder


def spoil(repository: Path) -> None:
    path = repository / "src" / "pets" / "models.py"
    path.write_text(path.read_text() + "x = 1\n")


def run_hook(repository: Path) -> int:
    """Run the entry as pre-commit does: from an environment with the package, without file names."""
    program, *arguments = [*shlex.split(HOOK["entry"]), *HOOK.get("args", [])]
    script = Path(sys.executable).with_name(program)
    return subprocess.run([script, *arguments], cwd=repository, capture_output=True, check=False).returncode


def test_the_hook_installs_and_calls_the_command() -> None:
    assert HOOK["id"] == "orchestrator-codegen-check"
    assert (HOOK["language"], HOOK["pass_filenames"]) == ("python", False)
    assert shlex.split(HOOK["entry"])[0] in PROJECT["scripts"]
    extras = [re.fullmatch(r"\.\[(\w+)\]", each) for each in HOOK["additional_dependencies"]]
    assert all(each and each[1] in PROJECT["optional-dependencies"] for each in extras)
    assert extras != []


def test_the_hook_runs_on_every_commit() -> None:
    # pre-commit does not match deleted files against a pattern.
    assert HOOK["always_run"] is True


def test_the_hook_fails_only_on_drift(repository: Path) -> None:
    assert run_hook(repository) == 0
    spoil(repository)
    assert run_hook(repository) == 1
    assert run(["generate"]) == 0
    (repository / "src" / "pets" / "models.py").unlink()
    assert run_hook(repository) == 1


def run_step(step: dict[str, Any], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as a runner with bash does."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def make_program(path: Path, *command: str) -> None:
    """Write a program that runs `command` with its own arguments."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    path.chmod(0o755)


def test_inputs_are_passed_to_scripts_as_variables_only() -> None:
    for step in (INSTALL, COMPARE):
        assert "${{" not in step["run"]
    used = re.findall(r"inputs\.([a-z-]+)", ACTION_FILE.read_text(encoding="utf-8"))
    assert set(used) == ACTION["inputs"].keys()
    assert all(each["description"] and "default" in each for each in ACTION["inputs"].values())


def test_the_step_installs_the_generator_of_the_same_repository(tmp_path: Path) -> None:
    make_program(tmp_path / "python", "true")
    make_program(tmp_path / "orchestrator-codegen" / "bin" / "python", "echo")
    paths = {"GITHUB_ACTION_PATH": str(ACTION_FILE.parent), "RUNNER_TEMP": str(tmp_path)}
    done = run_step(INSTALL, tmp_path, PYTHON=str(tmp_path / "python"), **paths)
    assert done.returncode == 0, done.stderr
    *_, option, constraints, requirement = done.stdout.split()
    assert (option, Path(constraints).resolve()) == ("--constraint", ROOT / "constraints.txt")
    folder, _, extra = requirement.removesuffix("]").partition("[")
    assert Path(folder).resolve() == ROOT
    assert extra in PROJECT["optional-dependencies"]


@pytest.mark.parametrize(
    ("inputs", "code", "output"),
    [
        ({}, 0, "src/pets: no drift"),
        ({"ARGUMENTS": "--no-server --no-docs"}, 1, "server.py"),
        ({"OUTPUT": "else where"}, 1, "else where/models.py (generated)"),
        ({"SPEC": "no such.yaml"}, 2, ""),
        ({"SPEC": "$(touch touched)"}, 2, ""),
    ],
)
def test_the_step_runs_check(
    repository: Path, tmp_path: Path, inputs: dict[str, str], code: int, output: str
) -> None:
    script = tmp_path / "orchestrator-codegen" / "bin" / "orchestrator-codegen"
    make_program(script, str(Path(sys.executable).with_name("orchestrator-codegen")))
    given = {"SPEC": "", "OUTPUT": "", "ARGUMENTS": "", **inputs}
    assert given.keys() == COMPARE["env"].keys()
    done = run_step(COMPARE, repository, RUNNER_TEMP=str(tmp_path), **given)
    assert done.returncode == code, done.stderr
    assert output in done.stdout
    assert not (repository / "touched").exists()
