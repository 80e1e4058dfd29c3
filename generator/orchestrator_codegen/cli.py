"""The command line: `orchestrator-codegen generate` and `orchestrator-codegen check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .diagnostics import BrokenDocument
from .output import compare_package, write_package
from .pipeline import generate_package

DONE: Final = 0
DRIFT: Final = 1
BROKEN: Final = 2
FAILED: Final = 3

_EPILOG: Final = """\
exit codes:
  0  generated, or nothing to do
  1  check only: the folder differs from what would be generated
  2  the document is broken, or the command line is; the folder is as it was
  3  the package could not be read or written, or an extra is not installed
"""


def run(arguments: list[str]) -> int:
    """Run the command line `arguments`; print diagnostics to stderr, results to stdout; return the exit code."""
    options = _build_parser().parse_args(arguments)
    try:
        package = generate_package(options.spec)
    except BrokenDocument as broken:
        for diagnostic in broken.diagnostics:
            print(diagnostic, file=sys.stderr)
        return BROKEN
    for warning in package.warnings:
        print(warning, file=sys.stderr)
    if options.command == "check":
        return _check(package.files, options.output)
    return _generate(package.files, options.output)


def _generate(files: Mapping[str, str], folder: Path) -> int:
    try:
        changes = write_package(files, folder)
    except OSError as problem:
        print(f"{problem.filename or folder}: cannot be written: {problem.strerror}", file=sys.stderr)
        return FAILED
    for change in changes:
        print(f"{folder}: {change}")
    print(f"{folder}: {len(files)} files, {'unchanged' if not changes else 'up to date'}")
    return DONE


def _check(files: Mapping[str, str], folder: Path) -> int:
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


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="orchestrator-codegen",
        description="Generate typed models, an httpx client and ASGI server stubs from an OpenAPI document.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in (
        ("generate", "write the package"),
        ("check", "compare the package with the document; print a diff and exit with 1 on any drift"),
    ):
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument(
            "--spec",
            type=Path,
            default=Path("spec/openapi.yaml"),
            metavar="FILE",
            help="default: %(default)s",
        )
        command.add_argument(
            "--output",
            type=Path,
            default=Path("generated/orchestrator_v2"),
            metavar="DIR",
            help="default: %(default)s",
        )
    return parser
