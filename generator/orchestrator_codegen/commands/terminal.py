"""Printing, and the options that several commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..document.diagnostics import Diagnostic
from .exit_codes import EPILOG
from .options import SPEC


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Print each diagnostic as one line to stderr."""
    for diagnostic in diagnostics:
        print(diagnostic, file=sys.stderr)


def add_command(commands: Any, name: str, summary: str, description: str = "") -> argparse.ArgumentParser:
    """Add a command whose help includes the exit codes, and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description or summary,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_spec(parser: argparse.ArgumentParser) -> None:
    """Add `--allow-remote` and `--spec`. The latter has no default here, because `pyproject.toml` may set it."""
    parser.add_argument("--spec", type=Path, metavar="FILE", help=f"OpenAPI document; default: {SPEC}")
    add_allow_remote(parser)


def add_allow_remote(parser: argparse.ArgumentParser) -> None:
    """Add `--allow-remote`."""
    parser.add_argument(
        "--allow-remote",
        action="store_true",
        help="fetch references to other hosts, but only to hosts that documents on disk name",
    )
