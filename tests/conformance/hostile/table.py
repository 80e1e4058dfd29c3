"""Prints the table of the hostile targets for the documentation: `python -m tests.conformance.hostile.table`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .catalogue import HOSTILE
from .test_hostile_targets import run_against


def print_table() -> None:
    """Run the suite against every target, one after the other, and print a row for each."""
    sys.stdout.write(
        "| target | exit code | seconds | of CPU time | peak memory in MiB |\n|---|---|---|---|---|\n"
    )
    for name in HOSTILE:
        with tempfile.TemporaryDirectory() as folder:
            measured = run_against(name, Path(folder))
        figures = f"{measured.seconds:.1f} | {measured.processor:.1f} | {measured.peak:.0f}"
        row = f"| {name} | {measured.exit_code} | {figures} |\n"
        sys.stdout.write(row)


if __name__ == "__main__":
    print_table()
