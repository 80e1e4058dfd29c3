"""The peers: the clients and the server that other generators make from a document."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
SPEC: Final = ROOT / "spec" / "openapi.yaml"
BUILT: Final = ROOT / "build" / "benchmarks" / "peers"
# The folder with the tools of this interpreter's environment.
BIN: Final = Path(sys.executable).parent

_MODEL: Final = ("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel")

Command = list[str | Path]


def generate() -> None:
    """Generate the packages of the peers if the document has changed, and make them importable."""
    source = BUILT / "openapi.yaml"
    if not source.exists() or source.read_bytes() != SPEC.read_bytes():
        empty(BUILT)
        for command in (
            command_openapi_python_client(SPEC, "opc"),
            command_datamodel_client(SPEC, "dcg_client"),
            command_datamodel_server(SPEC, "dcg_server"),
        ):
            _run(command)
        shutil.copy(SPEC, source)
    if str(BUILT) not in sys.path:
        sys.path.insert(0, str(BUILT))


def command_openapi_python_client(spec: Path, package: str) -> Command:
    """Return the command that generates the client of openapi-python-client in the subfolder `package`."""
    options = ("--path", spec, "--output-path", package, "--meta", "none", "--overwrite")
    return [BIN / "openapi-python-client", "generate", *options]


def command_datamodel_client(spec: Path, package: str) -> Command:
    """Return the command that generates models and client of datamodel-code-generator in `package`."""
    return [
        BIN / "datamodel-codegen",
        *("--input", spec, *_MODEL, "--output", f"{package}/models.py", "--generate-client", "httpx2"),
        *("--client-output", f"{package}/client", "--client-package", f"{package}.client"),
        *("--client-model-package", f"{package}.models", "--client-server-base-url", "http://127.0.0.1"),
    ]


def command_datamodel_server(spec: Path, package: str) -> Command:
    """Return the command that generates models and FastAPI server of datamodel-code-generator in `package`."""
    return [
        BIN / "datamodel-codegen",
        *("--input", spec, *_MODEL, "--output", f"{package}/models.py", "--generate-server", "fastapi"),
        *("--server-output", f"{package}/server", "--server-package", f"{package}.server"),
        *("--server-model-package", f"{package}.models", "--server-handler-mode", "async"),
    ]


def command_ours(spec: Path, package: str) -> Command:
    """Return the command that generates our package in `package`, and its docs in `docs_PACKAGE`."""
    options = ("--spec", spec, "--output", package, "--docs", f"docs_{package}")
    return [sys.executable, "-m", "orchestrator_codegen", "generate", *options]


def empty(folder: Path) -> None:
    """Recreate `folder` with nothing but an empty ruff configuration.

    openapi-python-client runs ruff on its output, and ruff would use our configuration from a parent folder.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "ruff.toml").write_text("")


def make_environment() -> dict[str, str]:
    """Return the environment for a generator. Its tools, such as ruff, are on the path, and byte code is written."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def _run(command: Command) -> None:
    done = subprocess.run(
        command, cwd=BUILT, env=make_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
