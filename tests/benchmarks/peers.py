"""The peers: the clients and the server that other generators make of the same document."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SPEC: Final = ROOT / "spec" / "openapi.yaml"
BUILT: Final = ROOT / "build" / "benchmarks" / "peers"


_MODEL: Final = ("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel")


def generate() -> None:
    """Let the other generators make their packages, once for each document, and make them importable."""
    made_of = BUILT / "openapi.yaml"
    if not made_of.exists() or made_of.read_bytes() != SPEC.read_bytes():
        shutil.rmtree(BUILT, ignore_errors=True)
        BUILT.mkdir(parents=True)
        _generate_openapi_python_client()
        _generate_datamodel_client()
        _generate_datamodel_server()
        shutil.copy(SPEC, made_of)
    if str(BUILT) not in sys.path:
        sys.path.insert(0, str(BUILT))


def _generate_openapi_python_client() -> None:
    _run("openapi-python-client", "generate", "--path", SPEC, "--output-path", "opc", "--meta", "none")


def _generate_datamodel_client() -> None:
    _run(
        "datamodel-codegen",
        *("--input", SPEC, *_MODEL, "--output", "dcg_client/models.py", "--generate-client", "httpx2"),
        *("--client-output", "dcg_client/client", "--client-package", "dcg_client.client"),
        *("--client-model-package", "dcg_client.models", "--client-server-base-url", "http://127.0.0.1"),
    )


def _generate_datamodel_server() -> None:
    _run(
        "datamodel-codegen",
        *("--input", SPEC, *_MODEL, "--output", "dcg_server/models.py", "--generate-server", "fastapi"),
        *("--server-output", "dcg_server/server", "--server-package", "dcg_server.server"),
        *("--server-model-package", "dcg_server.models", "--server-handler-mode", "async"),
    )


def _run(tool: str, *arguments: str | Path) -> None:
    (BUILT / "dcg_client").mkdir(exist_ok=True)
    (BUILT / "dcg_server").mkdir(exist_ok=True)
    # Its own folder is where the tool's helpers are, such as ruff.
    binary = Path(sys.executable).parent / tool
    done = subprocess.run([binary, *arguments], cwd=BUILT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")
