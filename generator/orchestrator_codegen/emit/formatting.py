"""Formats generated Python with ruff, in a temporary folder and with a fixed configuration."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_STYLE: Final = ("--isolated", "--quiet", "--no-cache", "--target-version", "py311", "--line-length", "110")


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """Return `files` with each `.py` file formatted, its imports sorted and unused imports removed."""
    from ruff import find_ruff_bin  # type: ignore[import-untyped]

    ruff = find_ruff_bin()
    python = [name for name in files if name.endswith(".py")]
    with tempfile.TemporaryDirectory(prefix="orchestrator-codegen-") as folder:
        for name in python:
            (Path(folder) / name).write_text(files[name], encoding="utf-8", newline="\n")
        _run(ruff, "check", "--select", "I,F401,UP037", "--fix", "--exit-zero", *_STYLE, folder)
        _run(ruff, "format", *_STYLE, folder)
        formatted = {name: (Path(folder) / name).read_text(encoding="utf-8") for name in python}
    return {**files, **formatted}


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"ruff could not format the generated code:\n{done.stdout}{done.stderr}")
