"""Counts the operations of a document for which the generated code works, in a separate process.

Our package has both sides: its client talks to its server, and both must match the document exactly. The client or
server of a peer talks to the probe.
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
# The number of exchanges for each operation. Documents with many operations get fewer, to save time.
_EXAMPLES: Final = 10
_EXAMPLES_OF_MANY: Final = 3
_MANY: Final = 50


@dataclass(frozen=True, slots=True)
class Probed:
    """The number of operations that pass, the number of all operations, and the failures by operation."""

    passed: int
    total: int
    failures: dict[str, str]

    def __str__(self) -> str:
        return f"{self.passed} of {self.total}"


def probe(generator: str, package: Path, spec: Path, effort: Effort) -> tuple[Probed, Probed]:
    """Probe each operation of the package that `generator` made from `spec`. Return a lenient and an exact result.

    The lenient probe draws only properties that the schemas name, and accepts 1.0 for 1. The exact probe adds unknown
    properties, as a newer client or server may send, and does not accept 1.0 for 1.
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
    """Let the generated client call the generated server. The exact result is also the lenient one.

    An operation fails if it is missing, or if one of its parameters is.
    """
    from tests.generator.support.probe.exchange import list_probes, run_probes

    with tempfile.TemporaryDirectory(prefix="orchestrator-probe-") as folder:
        _, probes, incomplete = list_probes(spec, Path(folder))
        failures = {each.partition(": ")[0]: "is left out, in part or as a whole" for each in incomplete}
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
