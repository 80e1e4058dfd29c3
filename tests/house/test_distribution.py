"""The distribution as it is declared and committed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Put together here, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]


def list_committed() -> list[Path]:
    """Return the files that git knows of, none where this is no checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def normalise(requirement: str) -> str:
    """Return the name of a requirement in the one spelling that indexes use."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_client_users_install_httpx_and_pydantic() -> None:
    assert [normalise(each) for each in PROJECT["project"]["dependencies"]] == ["httpx", "pydantic"]


def test_what_the_output_depends_on_is_pinned_exactly() -> None:
    codegen = PROJECT["project"]["optional-dependencies"]["codegen"]
    pinned = {normalise(each) for each in codegen if "==" in each}
    assert {"datamodel-code-generator", "ruff"} <= pinned


def test_every_declared_dependency_is_constrained() -> None:
    constrained = {
        normalise(line)
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    declared = {normalise(each) for each in PROJECT["project"]["dependencies"]}
    declared |= {normalise(each) for each in PROJECT["build-system"]["requires"]}
    for part in (PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]):
        declared |= {normalise(each) for requirements in part.values() for each in requirements}
    assert declared - constrained - {"orchestrator-v2"} == set()


def test_what_only_developers_need_is_not_published() -> None:
    assert PROJECT["project"]["optional-dependencies"].keys() == {"server", "codegen", "conformance"}
    assert PROJECT["dependency-groups"].keys() == {"dev", "benchmark"}


def test_the_published_description_has_absolute_links_only() -> None:
    command = [sys.executable, "-m", "hatchling", "metadata", "readme"]
    published = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    link = re.compile(r"\]\(([^)\s]+)\)")
    assert len(link.findall(published)) == len(link.findall(readme)) > 0
    assert [each for each in link.findall(published) if not each.startswith("https://")] == []
    assert re.findall(r"!\[[^\]]*\]\((?!https://raw\.)[^)]*\)", published) == []
    assert re.findall(r"<(?:img|a)\b|^\[[^\]]*\]:", published, re.MULTILINE) == []
    repository = f"OWNER/orchestrator-v2/{{}}v{PROJECT['project']['version']}/"
    ours = [each for each in link.findall(published) if "OWNER" in each]
    assert ours
    assert all(repository.format("blob/") in each or repository.format("") in each for each in ours)


def test_no_plugin_is_loaded_into_the_pytest_of_others() -> None:
    ours = [each for each in entry_points(group="pytest11") if each.value.startswith("orchestrator")]
    assert ours == []
    assert "entry-points" not in PROJECT["project"]


def test_no_committed_file_names_a_package_registry() -> None:
    committed = list_committed()
    if not committed:
        pytest.skip("not a git checkout")
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in committed
        if any(host in path.read_text(encoding="utf-8", errors="replace") for host in REGISTRIES)
    ]
    assert naming == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check"], id="ruff check"),
        pytest.param(["ruff", "format", "--check"], id="ruff format"),
        pytest.param(["mypy"], id="mypy --strict"),
        pytest.param(["basedpyright"], id="basedpyright"),
    ],
)
def test_style_and_types_are_clean(command: list[str]) -> None:
    program = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
