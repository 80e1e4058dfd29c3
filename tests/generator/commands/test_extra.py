"""Without the extra `codegen`, the command names the package to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..support.documents import PETS, write_document

# The packages that the generator imports at startup, and those that it imports on demand.
EXTRA = [
    *("jinja2", "yaml", "datamodel_code_generator", "openapi_spec_validator", "jsonschema_rs", "ruff"),
    "markdown_it",
]


@pytest.mark.parametrize("missing", EXTRA)
def test_a_missing_extra_is_named(tmp_path: Path, missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None; from orchestrator_codegen.__main__ import main; main()"
    )
    spec, output = write_document(tmp_path, PETS), tmp_path / "pets"
    arguments = ["generate", "--spec", str(spec), "--output", str(output)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr == (
        f"orchestrator-codegen needs {missing}, which is not installed: pip install 'orchestrator-v2[codegen]'\n"
    )
    assert done.stdout == ""
    assert not output.exists()
