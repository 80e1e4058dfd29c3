"""Runs the suite against a hostile target, each in its own process, with limits of time and memory."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator_conformance.commands.cli import run
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server

from .catalogue import Hostile

# The address space of a run, and the wall-clock time after which it counts as hanging.
MEMORY = 3 << 30
SECONDS = 120


@dataclass(frozen=True)
class Measured:
    """A finished run.

    `exit_code` is None if it had to be killed. `processor` is the CPU time in seconds, and `peak` is in MiB.
    """

    exit_code: int | None
    seconds: float
    processor: float
    peak: float
    stdout: str
    stderr: str


def serve_target(hostile: Hostile, announce: Callable[[str], None]) -> None:
    """Serve a target until the process is killed."""
    with running_server(hostile.wrap(create_reference_app())) as upstream, hostile.proxy(upstream) as url:
        announce(url)
        signal.pause()


@contextmanager
def served(serve: Callable[[Callable[[str], None]], None]) -> Iterator[str]:
    """Call `serve` in a process of its own, and yield the URL that it announces."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _be_quiet()
        os.close(reader)
        _exit_after(lambda: serve(lambda url: os.write(writer, url.encode() + b"\n")) or 0)
    os.close(writer)
    with os.fdopen(reader) as announced:
        url = announced.readline().strip()
    try:
        yield url
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def measure(arguments: Sequence[str], folder: Path, interrupt_after: float | None = None) -> Measured:
    """Run the command line in a process of its own, and return how it ended. Its output goes to files in `folder`."""
    out, err = folder / "stdout", folder / "stderr"
    begun = time.monotonic()
    child = os.fork()
    if not child:
        os.chdir(folder)
        for stream, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        _exit_after(lambda: run(list(arguments)))
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        elapsed = time.monotonic() - begun
        if ended:
            break
        if interrupt_after is not None and elapsed > interrupt_after:
            os.kill(child, signal.SIGINT)
            interrupt_after = None
        if elapsed > SECONDS:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    return Measured(
        code,
        elapsed,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        out.read_text(errors="replace"),
        err.read_text(errors="replace"),
    )


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _exit_after(function: Callable[[], int]) -> None:
    """Call `function`, and end the process with its result. The handlers of pytest do not run."""
    code = 99
    try:
        code = function()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 98
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
