"""Says of how many operations of a document our client and our server understand each other, in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .measuring import Effort
from .peers import ROOT, make_environment

_MODULE: Final = "tests.benchmarks.probing"
# Inputs and answers that are drawn for each operation. Fewer for hundreds of operations: what counts is all of them.
_EXAMPLES: Final = 10
_EXAMPLES_OF_MANY: Final = 3
_MANY: Final = 50


@dataclass(frozen=True, slots=True)
class Probed:
    """How many operations of a document passed of how many it has, and why the others did not, by operation."""

    passed: int
    total: int
    failures: dict[str, str]

    def __str__(self) -> str:
        return f"{self.passed} of {self.total}"


def probe(spec: Path, effort: Effort) -> Probed:
    """Have a client of the document at `spec` talk to a server of it, for each of its operations.

    One that is left out, or lacks a parameter, has not passed.
    """
    command = [sys.executable, "-m", _MODULE, str(spec), str(effort.scale)]
    done = subprocess.run(
        command, cwd=ROOT, env=make_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return Probed(0, 0, {"the probe": done.stderr.strip().rpartition("\n")[2]})
    said: dict[str, Any] = json.loads(done.stdout)
    return Probed(said["passed"], said["total"], said["failures"])


def _main(spec: Path, effort: Effort) -> None:
    from tests.generator.probe import list_probes, run_probes

    with tempfile.TemporaryDirectory(prefix="orchestrator-probe-") as folder:
        _, probes, lacking = list_probes(spec, Path(folder))
        examples = _EXAMPLES if len(probes) < _MANY else _EXAMPLES_OF_MANY
        failures = {each.partition(": ")[0]: "is left out, in part or as a whole" for each in lacking}
        failures |= run_probes(probes, effort.count(examples))
    total = len({each.described.title for each in probes} | failures.keys())
    print(json.dumps({"passed": total - len(failures), "total": total, "failures": failures}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Effort(scale=float(sys.argv[2])))
