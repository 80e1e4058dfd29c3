"""The command `stubs`: write a starter implementation once; later, compare it with the document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from ..api.python_names import is_importable
from ..emit.package_parts import Parts
from ..emit.starter import compare_handlers, describe_comparison
from ..output import write_new
from ..pipeline import generate_starter
from .exit_codes import BROKEN, DONE, DRIFT, FAILED
from .option_arguments import TABLE_HELP, add_source, read_options, read_templates
from .options import Options
from .settings import FILE
from .terminal import add_command, warn

_HANDLERS: Final = """\
An existing file is never changed and never imported. A handler in it is a public method of a class
that has Handlers among its bases, or a method with the name of an operation. A method that matches
no operation is reported, unless the file itself uses it.
"""


def add_to(commands: Any) -> None:
    """Add the command."""
    summary = "write a starter implementation once; later, report missing and unknown handlers"
    parser = add_command(
        commands, "stubs", summary, f"{summary[0].upper()}{summary[1:]}.\n\n{_HANDLERS}\n{TABLE_HELP}"
    )
    parser.add_argument("path", type=Path, metavar="PATH", help="the module, such as backend.py")
    add_source(parser)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, and exit with 1 if PATH is not up to date"
    )
    parser.set_defaults(run=stubs)


def stubs(given: argparse.Namespace) -> int:
    """Write a starter if the file does not exist, otherwise compare it. An existing file is never changed."""
    path, options = given.path, read_options(given)
    if fault := _find_fault(options):
        print(fault, file=sys.stderr)
        return BROKEN
    starter, warnings = generate_starter(
        options.spec,
        options.package,
        path.stem,
        templates=read_templates(options),
        allow_remote=given.allow_remote,
    )
    warn(warnings)
    try:
        if not path.exists() and not given.check:
            write_new(path, starter.text)
            print(f"{path}: wrote {len(starter.handlers)} handlers to implement")
            return DONE
        source = path.read_bytes().decode("utf-8-sig")
        lines = describe_comparison(compare_handlers(source, starter.handlers), path, starter.handlers)
    except FileNotFoundError:
        print(f"{path}: does not exist; run orchestrator-codegen stubs {path}", file=sys.stderr)
        return DRIFT
    except OSError as problem:
        print(f"{path}: cannot be read or written: {problem.strerror}", file=sys.stderr)
        return FAILED
    except (SyntaxError, ValueError, RecursionError) as problem:
        at = f":{problem.lineno}" if isinstance(problem, SyntaxError) and problem.lineno else ""
        said = problem.msg if isinstance(problem, SyntaxError) else problem
        print(f"{path}{at}: is not Python: {said}", file=sys.stderr)
        return FAILED
    print("\n".join(lines) or f"{path}: {len(starter.handlers)} operations, all with a handler")
    return DRIFT if lines and given.check else DONE


def _find_fault(options: Options) -> str:
    """Return why the stubs of the package cannot be implemented, or an empty string."""
    if options.parts is not Parts.SERVER:
        return f"{FILE} selects a package without server stubs, so there is nothing to implement"
    if not is_importable(options.package):
        return f"{options.package!r} is not a valid package name; set --package"
    return ""
