"""The command line: `orchestrator-codegen generate`, `check` and `stubs`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from keyword import iskeyword
from pathlib import Path
from typing import Any, Final

from .diagnostics import BrokenDocument, Diagnostic
from .output import compare_package, write_new, write_package
from .pipeline import generate_package, generate_starter
from .starter import compare_handlers, describe_comparison

DONE: Final = 0
DRIFT: Final = 1
BROKEN: Final = 2
FAILED: Final = 3

_EPILOG: Final = """\
exit codes:
  0  generated, or nothing to do
  1  check: the folder differs from what would be generated;
     stubs --check: the file is not there, lacks a handler, or has one that no operation has
  2  the document is broken, or the command line is; what was there is as it was
  3  the package or the file could not be read or written, or an extra is not installed
"""


_HANDLERS: Final = """\
A file that is there is never changed, and never imported. A handler in it is a public method of a
class whose bases mention Handlers, or that has a method with some operation's name. A method that
no operation has is one too many, unless the file itself uses it.
"""


def run(arguments: list[str]) -> int:
    """Run the command line `arguments`; print diagnostics to stderr, results to stdout; return the exit code."""
    options = _build_parser().parse_args(arguments)
    try:
        if options.command == "stubs":
            return _stubs(options.spec, options.package, options.path, only_check=options.check)
        package = generate_package(options.spec)
    except BrokenDocument as broken:
        for diagnostic in broken.diagnostics:
            print(diagnostic, file=sys.stderr)
        return BROKEN
    _warn(package.warnings)
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


def _stubs(spec: Path, package: str, path: Path, *, only_check: bool) -> int:
    """Write a starter where nothing is, unless `only_check`; else compare. A file that is there is never changed."""
    starter, warnings = generate_starter(spec, package, path.stem)
    _warn(warnings)
    try:
        if not path.exists() and not only_check:
            write_new(path, starter.text)
            print(f"{path}: wrote {len(starter.handlers)} handlers to fill in")
            return DONE
        source = path.read_bytes().decode("utf-8-sig")
        lines = describe_comparison(compare_handlers(source, starter.handlers), path, starter.handlers)
    except FileNotFoundError:
        print(f"{path}: is not there; run orchestrator-codegen stubs {path}", file=sys.stderr)
        return DRIFT
    except OSError as problem:
        print(f"{path}: cannot be read or written: {problem.strerror}", file=sys.stderr)
        return FAILED
    except (SyntaxError, ValueError, RecursionError) as problem:
        at = f":{problem.lineno}" if isinstance(problem, SyntaxError) and problem.lineno else ""
        said = problem.msg if isinstance(problem, SyntaxError) else problem
        print(f"{path}{at}: is not Python: {said}", file=sys.stderr)
        return FAILED
    print("\n".join(lines) or f"{path}: {len(starter.handlers)} operations, each with its handler")
    return DRIFT if lines and only_check else DONE


def _warn(warnings: Iterable[Diagnostic]) -> None:
    for warning in warnings:
        print(warning, file=sys.stderr)


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
    _add_stubs(commands)
    return parser


def _add_stubs(commands: Any) -> None:
    summary = "write a starter implementation once; later, say which handlers it lacks or has too many"
    command = commands.add_parser(
        "stubs",
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.\n\n{_HANDLERS}",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("path", type=Path, metavar="PATH", help="the module, such as backend.py")
    command.add_argument(
        "--spec", type=Path, default=Path("spec/openapi.yaml"), metavar="FILE", help="default: %(default)s"
    )
    command.add_argument(
        "--package",
        type=_read_package,
        default="orchestrator_v2",
        metavar="NAME",
        help="the generated package that it imports; default: %(default)s",
    )
    command.add_argument(
        "--check", action="store_true", help="write nothing, and exit with 1 where PATH is not up to date"
    )


def _read_package(name: str) -> str:
    if not all(part.isidentifier() and not iskeyword(part) for part in name.split(".")):
        raise argparse.ArgumentTypeError(f"{name!r} is not the name of a package")
    return name
