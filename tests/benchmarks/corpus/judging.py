"""Finds the problems of generated packages: import errors, and findings of type checkers and of a linter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from ..measuring.peers import BIN

_IMPORT: Final = """\
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""
RULES: Final = "E,F,W,B,UP"


def import_all(folder: Path, package: str) -> str | None:
    """Return the error of the first module of `package` that cannot be imported, or None if all can."""
    done = _run(folder, sys.executable, "-c", _IMPORT, package)
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else None


def run_mypy(folder: Path, packages: Iterable[str]) -> dict[str, list[str]]:
    """Return the findings of `mypy --strict` in each of `packages` of `folder`."""
    found: dict[str, list[str]] = {}
    for package in packages:
        options = ("--strict", "--config-file=", "--no-error-summary", "--cache-dir=.mypy_cache")
        done = _run(folder, sys.executable, "-m", "mypy", *options, "-p", package)
        lines = [line for line in done.stdout.splitlines() if ": error:" in line]
        if done.returncode > 1 and not lines:
            lines = [f"{package}: error: {done.stderr.strip()[:200]}"]
        found[package] = lines
    return found


def run_pyright(folder: Path, packages: Sequence[str]) -> dict[str, list[str]]:
    """Return the errors that pyright finds in each of `packages` in its default mode, `standard`."""
    settings = {"include": list(packages), "typeCheckingMode": "standard", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _run(folder, BIN / "basedpyright", "--outputjson", "--pythonpath", sys.executable)
    problems: list[dict[str, Any]] = json.loads(done.stdout)["generalDiagnostics"]
    return _group_by_package(
        folder,
        packages,
        [
            (each["file"], f"{each['range']['start']['line'] + 1}: {each['message'].splitlines()[0]}")
            for each in problems
            if each["severity"] == "error"
        ],
    )


def run_ruff(folder: Path, packages: Sequence[str]) -> dict[str, list[str]]:
    """Return the findings of ruff in each of `packages` with the rules `RULES`, except for long lines."""
    options = ("--isolated", "--no-cache", "--select", RULES, "--ignore", "E501", "--target-version", "py311")
    done = _run(folder, BIN / "ruff", "check", *options, "--output-format", "json", *packages)
    problems: list[dict[str, Any]] = json.loads(done.stdout)
    return _group_by_package(
        folder,
        packages,
        [
            (each["filename"], f"{each['location']['row']}: {each['code']} {each['message']}")
            for each in problems
        ],
    )


def summarize(lines: list[str]) -> str:
    """Return the two most frequent kinds of findings, for a note."""
    kinds = Counter(re.sub(r"[\"'`].*?[\"'`]", "*", line.partition(": ")[2]) for line in lines)
    return "; ".join(f"{count} times {kind[:80]}" for kind, count in kinds.most_common(2))


def _group_by_package(
    folder: Path, packages: Sequence[str], problems: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {package: [] for package in packages}
    for file, message in problems:
        path = Path(file).resolve().relative_to(folder.resolve())
        found[path.parts[0]].append(f"{path}:{message}")
    return found


def _run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    # Without PYTHONPATH, the generated package of the contract does not shadow those in the folder.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
