"""Runs plain Schemathesis from its command line, with only the document, the URL and a token."""

from __future__ import annotations

import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from ...reference.serve import running_server
from ...reference.settings import ErrorStyle, ReferenceSettings
from .variants import CreateApp

COMMAND: Final = Path(sysconfig.get_path("scripts")) / "schemathesis"

_TOKEN: Final = "token-of-the-developer"
_DOCUMENT: Final = "openapi.yaml"


def find_failures(create_app: CreateApp, document: str, style: ErrorStyle, seed: int) -> tuple[str, ...]:
    """Return the failures that Schemathesis reports, each as `METHOD path: code`, sorted.

    `document` is the text of the contract, and `style` selects the error statuses of the variant. Raises
    `RuntimeError` if Schemathesis does not run.
    """
    app = create_app(ReferenceSettings(token=_TOKEN, error_style=style))
    with running_server(app) as url, tempfile.TemporaryDirectory() as folder:
        Path(folder, _DOCUMENT).write_text(document, encoding="utf-8")
        done = subprocess.run(
            _write_command(url, seed), cwd=folder, capture_output=True, text=True, check=False
        )
        reports = [*Path(folder).glob("junit*.xml")]
        if done.returncode not in (0, 1) or not reports:
            raise RuntimeError(f"schemathesis exited with {done.returncode}: {done.stderr or done.stdout}")
        return tuple(sorted(read_failures(reports[0].read_text(encoding="utf-8"))))


def _write_command(url: str, seed: int) -> list[str]:
    return [
        *(str(COMMAND), "run", _DOCUMENT, "--url", url, "--header", f"Authorization: Bearer {_TOKEN}"),
        *("--seed", str(seed), "--no-color", "--report", "junit", "--report-dir", "."),
    ]


def read_failures(report: str) -> set[str]:
    """Return the failures in a JUnit report, each as `METHOD path: code`."""
    return {
        f"{case.get('name')}: {code.strip()}"
        for case in ElementTree.fromstring(report).iter("testcase")
        for failure in case.iter("failure")
        for code in (failure.get("message") or "").split(",")
    }
