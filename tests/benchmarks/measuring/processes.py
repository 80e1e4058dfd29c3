"""Runs a command in a fresh process and measures its cost: `python -m ... processes FOLDER COMMAND ...`."""

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
    """The CPU seconds of a command and its children, and its peak memory in megabytes."""

    seconds: float
    megabytes: float


def run(command: Sequence[str | Path], folder: Path = ROOT) -> Cost:
    """Run `command` with byte code enabled. Raise `SystemExit` with its output if it fails."""
    # The peak memory of a process includes that of the process that forked it, so a small process does the fork.
    launcher = [sys.executable, "-m", f"{__package__}.processes", folder, *command]
    done = subprocess.run(
        launcher, cwd=ROOT, env=make_environment(), capture_output=True, text=True, check=False
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
