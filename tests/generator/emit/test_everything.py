"""Documents with every OpenAPI feature, for 3.0 and 3.1: the package is clean and follows the document."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package

from ..support.documents import ROOT
from ..support.probe.exchange import list_probes, run_probes

SAMPLES: Final = Path(__file__).parents[1] / "support"
NEW: Final = SAMPLES / "everything.yaml"
OLD: Final = SAMPLES / "everything30.yaml"

WARNINGS: Final = {
    NEW: [
        "236:5: warning: TRACE /unnamed has no operationId; named it traceUnnamed, which changes with the path",
        "115:11: warning: the header parameter 'Accept' is omitted: OpenAPI ignores it",
        "119:11: warning: the cookie parameter 'scattered' is a cookie with explode: true, which OpenAPI does not "
        "define; set explode: false; it is omitted",
        "136:7: warning: callbacks are not supported and omitted: onTool",
        "240:5: warning: getModes is sent as GET /modes?mode=a",
        "260:1: warning: webhooks are not supported and omitted: toolSold",
    ],
    OLD: [],
}
COUNTS: Final = {NEW: 25, OLD: 4}
OMITTED: Final = {NEW: ["GET /headers: cookie parameter scattered"], OLD: []}
BOTH: Final = pytest.mark.parametrize("spec", [NEW, OLD], ids=lambda spec: spec.stem)


@BOTH
def test_what_is_left_out_is_reported(spec: Path) -> None:
    warnings = [str(each).removeprefix(f"{spec}:") for each in generate_package(spec).warnings]
    assert warnings == WARNINGS[spec]


@pytest.mark.slow
@BOTH
def test_client_and_server_follow_the_document(spec: Path, tmp_path: Path) -> None:
    _, probes, missing = list_probes(spec, tmp_path)
    assert missing == OMITTED[spec]
    assert len(probes) == COUNTS[spec]
    assert run_probes(probes, 10) == {}


@dataclass(frozen=True, slots=True)
class Built:
    """The package of `spec`, in `folder / "generated/every"`, with the `pyproject.toml` of this project in `folder`."""

    spec: Path
    folder: Path

    def run(self, *command: str) -> str:
        """Run a Python tool in the folder and return its output. Fails if the tool reports a problem."""
        done = subprocess.run(
            [sys.executable, *command], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout


@pytest.fixture(scope="module", params=[NEW, OLD], ids=lambda spec: spec.stem)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    (folder / "generated").mkdir()
    write_package(generate_package(request.param).files, folder / "generated" / "every")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return Built(request.param, folder)


@pytest.mark.slow
def test_the_package_imports_without_a_warning(built: Built) -> None:
    program = "import sys; sys.path.insert(0, 'generated'); import every.models, every.client, every.server"
    built.run("-W", "error", "-c", program)


@pytest.mark.slow
def test_the_package_passes_mypy_strict(built: Built) -> None:
    cache = f"--cache-dir={built.folder.parent / 'mypy'}"
    output = built.run("-m", "mypy", "--strict", "--config-file=", cache, "generated/every")
    assert output.startswith("Success: no issues found in ")


@pytest.mark.slow
def test_the_package_passes_ruff(built: Built) -> None:
    built.run("-m", "ruff", "check", "--no-cache")
    built.run("-m", "ruff", "format", "--no-cache", "--check", "generated")


@pytest.mark.slow
def test_the_package_passes_basedpyright(built: Built, request: pytest.FixtureRequest) -> None:
    if built.spec == OLD:
        reason = "the discriminator of a branch narrows the string type that its base declares"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    output = built.run("-m", "basedpyright", "--pythonpath", sys.executable)
    assert output.startswith("0 errors, 0 warnings")
