"""The command line of `orchestrator-codegen`. Each command is a module of `commands/`."""

from __future__ import annotations

import argparse

from .commands import diff, generate_and_check, lint, stubs
from .commands.exit_codes import BROKEN, EPILOG
from .commands.terminal import warn
from .document.diagnostics import BrokenDocument


def run(arguments: list[str]) -> int:
    """Run the command in `arguments` and return its exit code. Prints results to stdout, diagnostics to stderr."""
    options = _build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except BrokenDocument as broken:
        warn(broken.diagnostics)
        return BROKEN
    return status


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="orchestrator-codegen",
        description="Generate typed models, an httpx client, ASGI server stubs and docs from OpenAPI documents.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (generate_and_check, lint, diff, stubs):
        command.add_to(commands)
    return parser
