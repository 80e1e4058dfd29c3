"""The package of every released revision of the contract imports and passes mypy."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import Package, generate_package

from ..support.documents import SHARED, SPEC

CONTRACT: Final = SHARED / "contract"
DEFECT: Final = "237:11: warning: the default 'false' is not of type boolean; used false"

# Each document with its expected warnings.
DOCUMENTS: Final[dict[Path, list[str]]] = {
    SPEC: [],
    CONTRACT / "contract.yaml": [],
    CONTRACT / "revisions" / "2024-04-04.yaml": [],
    CONTRACT / "revisions" / "2024-09-09.yaml": [],
    CONTRACT / "revisions" / "2025-01-24.yaml": [],
    CONTRACT / "revisions" / "2025-07-15.yaml": [],
    CONTRACT / "revisions" / "2026-01-16.yaml": [DEFECT],
}

IMPORT_ALL: Final = """\
import importlib, pkgutil, orchestrator_v2
assert orchestrator_v2.__file__.startswith({folder!r}), orchestrator_v2.__file__
names = [each.name for each in pkgutil.iter_modules(orchestrator_v2.__path__)]
for name in names:
    importlib.import_module("orchestrator_v2." + name)
print(*names)
"""


@dataclass(frozen=True, slots=True)
class Built:
    """The package of a document, the folder that it is written to, and the expected warnings."""

    spec: Path
    package: Package
    folder: Path
    warnings: list[str]


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda spec: spec.stem)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    spec: Path = request.param
    if not spec.exists():
        pytest.skip(f"{spec} does not exist")
    package, folder = generate_package(spec), tmp_path_factory.mktemp("built")
    write_package(package.files, folder / "orchestrator_v2")
    return Built(spec, package, folder, DOCUMENTS[spec])


def run_python(folder: Path, *arguments: str) -> str:
    """Run Python in `folder`, with warnings as errors, and return its output. Fails if it exits with an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


def test_every_problem_is_reported_with_its_location(built: Built) -> None:
    assert [str(each) for each in built.package.warnings] == [
        f"{built.spec}:{each}" for each in built.warnings
    ]


def test_every_operation_is_generated(built: Built) -> None:
    operation_ids = re.findall(
        r"^ +operationId: (\w+)$", built.spec.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(operation_ids) >= 8
    operations = built.package.files["_operations.py"]
    assert [each for each in operation_ids if f'"{each}"' not in operations] == []


@pytest.mark.slow
def test_the_package_imports_without_a_warning(built: Built) -> None:
    names = run_python(built.folder, "-c", IMPORT_ALL.format(folder=str(built.folder))).split()
    assert {"client", "server", "models", "errors"} <= set(names)


@pytest.mark.slow
def test_the_package_passes_mypy_strict(built: Built) -> None:
    # The documents share the cache, so libraries are checked once.
    cache = built.folder.parent / "mypy"
    output = run_python(
        built.folder,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={cache}",
        "-p",
        "orchestrator_v2",
    )
    assert output.startswith("Success: no issues found in ")
