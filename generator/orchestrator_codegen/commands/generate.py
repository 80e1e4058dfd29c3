"""`generate` and `check`: write the package of a document, or say how the folder differs from it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..exit_codes import DONE, DRIFT, FAILED
from ..output import compare_package, write_package
from ..pipeline import generate_package
from .terminal import add_command, add_spec, warn


def add_to(commands: Any) -> None:
    """Add both commands."""
    for name, summary, run in (
        ("generate", "write the package", generate),
        ("check", "compare the package with the document; print a diff and exit with 1 on any drift", check),
    ):
        parser = add_command(commands, name, summary)
        add_spec(parser)
        parser.add_argument(
            "--output",
            type=Path,
            default=Path("generated/orchestrator_v2"),
            metavar="DIR",
            help="default: %(default)s",
        )
        parser.set_defaults(run=run)


def generate(options: argparse.Namespace) -> int:
    """Write the package, and name what changed."""
    package = generate_package(options.spec, allow_remote=options.allow_remote)
    warn(package.warnings)
    files, folder = package.files, options.output
    try:
        changes = write_package(files, folder)
    except OSError as problem:
        print(f"{problem.filename or folder}: cannot be written: {problem.strerror}", file=sys.stderr)
        return FAILED
    for change in changes:
        print(f"{folder}: {change}")
    print(f"{folder}: {len(files)} files, {'unchanged' if not changes else 'up to date'}")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Print how the folder differs from the package, as a diff."""
    package = generate_package(options.spec, allow_remote=options.allow_remote)
    warn(package.warnings)
    files, folder = package.files, options.output
    try:
        lines = list(compare_package(files, folder))
    except OSError as problem:
        print(f"{problem.filename or folder}: cannot be read: {problem.strerror}", file=sys.stderr)
        return FAILED
    if not lines:
        print(f"{folder}: no drift, {len(files)} files")
        return DONE
    print("\n".join(lines))
    print(
        f"{folder}: differs from what the document gives; run orchestrator-codegen generate", file=sys.stderr
    )
    return DRIFT
