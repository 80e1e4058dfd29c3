"""Says of how many operations of a document what was generated does what it says, in a process of its own.

Ours are one package: its client talks to its server, and both must agree with the document to the letter. A peer has
one side at a time, and talks to the probe itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..measuring.peers import ROOT, make_environment
from ..measuring.turns import Effort

_MODULE: Final = "tests.benchmarks.corpus.probing"
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


def probe(generator: str, package: Path, spec: Path, effort: Effort) -> tuple[Probed, Probed]:
    """Probe what `generator` made of the document at `spec` for each of its operations, by meaning and to the letter.

    By meaning, values are drawn that the schemas name, and a number may come back as another that a float holds alike.
    To the letter, there are properties that a newer partner adds, and 1 is not 1.0.
    """
    command = [sys.executable, "-m", _MODULE, generator, package, spec, str(effort.scale)]
    done = subprocess.run(
        command, cwd=ROOT, env=make_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        failed = Probed(0, 0, {"the probe": done.stderr.strip().rpartition("\n")[2]})
        return failed, failed
    by_meaning, to_the_letter = (Probed(**each) for each in json.loads(done.stdout))
    return by_meaning, to_the_letter


def _probe_ours(spec: Path, effort: Effort) -> Iterator[dict[str, Any]]:
    """Have a client of the document talk to a server of it; what is to the letter is as well by meaning.

    An operation that is left out, or lacks a parameter, has not passed.
    """
    from tests.generator.support.probe.exchange import list_probes, run_probes

    with tempfile.TemporaryDirectory(prefix="orchestrator-probe-") as folder:
        _, probes, lacking = list_probes(spec, Path(folder))
        failures = {each.partition(": ")[0]: "is left out, in part or as a whole" for each in lacking}
        failures |= run_probes(probes, effort.count(_count_examples(len(probes))))
    total = len({each.described.title for each in probes} | failures.keys())
    for _ in range(2):
        yield {"passed": total - len(failures), "total": total, "failures": failures}


def _probe_peer(generator: str, package: Path, spec: Path, effort: Effort) -> Iterator[dict[str, Any]]:
    from tests.generator.support.probe.document import read_document, read_operations

    from .probes.datamodel import DatamodelClient, DatamodelServer
    from .probes.openapi_python_client import OpenapiPythonClient
    from .probes.sides import Probing

    sides = {
        "datamodel-code-generator, client": DatamodelClient,
        "datamodel-code-generator, server": DatamodelServer,
        "openapi-python-client": OpenapiPythonClient,
    }
    sys.path.insert(0, str(package.parent))
    side = sides[generator](package.name)
    examples = effort.count(_count_examples(len([*read_operations(read_document(spec))])))
    for exact in (False, True):
        total, failures = Probing(spec, side, examples, exact=exact).run()
        yield {"passed": total - len(failures), "total": total, "failures": failures}


def _count_examples(operations: int) -> int:
    return _EXAMPLES if operations < _MANY else _EXAMPLES_OF_MANY


def _main(generator: str, package: Path, spec: Path, effort: Effort) -> None:
    is_ours = generator == "ours"
    probed = _probe_ours(spec, effort) if is_ours else _probe_peer(generator, package, spec, effort)
    print(json.dumps([*probed]))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Effort(scale=float(sys.argv[4])))
