"""Runs a command in a fresh process and says what it took: `python -m ... processes FOLDER COMMAND ...`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .peers import ROOT, make_environment


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: CPU seconds of it and its children together, and megabytes at the most."""

    seconds: float
    megabytes: float


def run(command: Sequence[str | Path], folder: Path = ROOT) -> Cost:
    """Run `command` with byte code in place; raise `SystemExit` with what it said where it fails."""
    # A process counts the memory of the one that it was forked from as its own, so a small one is put between.
    between = [sys.executable, "-m", f"{__package__}.processes", folder, *command]
    done = subprocess.run(
        between, cwd=ROOT, env=make_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def main(folder: str, *command: str) -> int:
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        os.dup2(2, 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(pid, 0)
    size = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024
    print(json.dumps({"seconds": usage.ru_utime + usage.ru_stime, "megabytes": size / 1e6}))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
