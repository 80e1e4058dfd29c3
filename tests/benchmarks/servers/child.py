"""Starts servers in separate processes, which end with this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..measuring.peers import ROOT


@dataclass(frozen=True, slots=True)
class Child:
    """A server process. It prints its port, and then its CPU seconds for each line of input."""

    process: subprocess.Popen[str]
    port: int

    def read_cpu(self) -> float:
        """Return the CPU seconds that the server has used so far."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def start(module: str, *arguments: str) -> Iterator[Child]:
    """Start `module` of this package as a server, and end it by closing its standard input."""
    command = [sys.executable, "-m", f"{__package__}.{module}", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Child(process, int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(30)
