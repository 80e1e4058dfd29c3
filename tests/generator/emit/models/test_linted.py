"""Models with awkward names pass the usual rules of a linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from orchestrator_codegen.pipeline import generate_package

from ...support.documents import HEAD, write_document

AWKWARD = f"""\
{HEAD}\
    Mark: {{type: string, enum: [X, O]}}
    Line: {{type: object, properties: {{l: {{type: integer}}, I: {{type: string}}}}}}
    Open: {{type: object, properties: {{a: {{type: string}}}}, additionalProperties: {{}}}}
    Map: {{type: object, properties: {{a: {{type: string}}}}, additionalProperties: {{type: string}}}}
paths: {{}}
"""


def test_awkward_names_and_open_objects_pass_ruff(tmp_path: Path) -> None:
    package = generate_package(write_document(tmp_path, AWKWARD))
    (tmp_path / "models.py").write_text(package.files["models.py"])
    rules = ("--isolated", "--no-cache", "--select", "E,F,W,B,UP", "--ignore", "E501")
    command = [sys.executable, "-m", "ruff", "check", *rules, "--output-format", "concise", "models.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "All checks passed!\n"
    assert 'O = "O"' in package.files["models.py"]
