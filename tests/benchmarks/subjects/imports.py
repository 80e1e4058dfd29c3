"""The cost of importing the package, in fresh interpreters with compiled byte code."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orchestrator_v2

from ..measuring.turns import Effort, Result, Target, alternate

SUBJECT: Final = "import"
_PACKAGE: Final = "import orchestrator_v2"
_CLIENT: Final = "from orchestrator_v2 import Client"
_PEER: Final = "import httpx, pydantic"


def measure(effort: Effort) -> Iterator[Result]:
    """Measure each import, without the cost of an interpreter that imports nothing."""
    compiled = [sys.executable, "-m", "compileall", "-q", str(Path(orchestrator_v2.__file__).parent)]
    subprocess.run(compiled, check=True)
    programs = {_CLIENT: _CLIENT, _PEER: _PEER, _PACKAGE: _PACKAGE, "pass": "pass"}
    figures = alternate(
        {name: lambda count, code=code: _run(code, count) for name, code in programs.items()},
        3,
        effort,
        per=1e3,
    )
    # Subtract the lowest cost of the interpreter itself.
    bare = min(figures.pop("pass"))
    net = {name: [each - bare for each in turns] for name, turns in figures.items()}
    notes = {"interpreter alone": f"{bare:.1f} ms, left out"}
    yield Result(
        SUBJECT, _CLIENT, "ms", {name: net[name] for name in (_CLIENT, _PEER)}, (Target(_PEER, 1.3),), notes
    )
    yield Result(
        SUBJECT,
        _PACKAGE,
        "ms",
        {_PACKAGE: net[_PACKAGE], "15 ms": [15.0] * len(net[_PACKAGE])},
        (Target("15 ms", 1.0),),
        notes,
    )


def _run(program: str, count: int) -> float:
    """Run `program` in `count` interpreters, one after the other. Return their CPU seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(count):
        subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
