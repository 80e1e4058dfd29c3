"""The command `lint`: report problems in a valid document."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..document.diagnostics import Severity
from ..lint.render import FORMATS
from ..lint.rule_table import DIAGNOSTIC_KINDS, RULES
from ..pipeline import lint_document
from .exit_codes import BROKEN, DONE, FOUND
from .option_arguments import TABLE_HELP, read_options
from .terminal import add_command, add_spec


def add_to(commands: Any) -> None:
    """Add the command."""
    summary = "report what is valid in the document but causes problems for its users, and what to change"
    description = f"{summary[0].upper()}{summary[1:]}.\n\n{TABLE_HELP}\n{_list_rules()}"
    parser = add_command(commands, "lint", summary, description)
    add_spec(parser)
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        help="for people, for programs, or as annotations in a GitHub workflow; default: %(default)s",
    )
    parser.set_defaults(run=lint)


def lint(given: argparse.Namespace) -> int:
    """Print the findings to stdout, including those of an invalid document."""
    spec = read_options(given).spec
    findings = lint_document(spec, allow_remote=given.allow_remote)
    text = FORMATS[given.format](str(spec), findings)
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
    severities = {each.severity for each in findings}
    if Severity.ERROR in severities:
        return BROKEN
    return FOUND if Severity.WARNING in severities else DONE


def _list_rules() -> str:
    rows = [
        (each.id, f"note: {each.summary}" if each.severity is Severity.NOTE else each.summary)
        for each in RULES
    ]
    rows += [(each.id, each.summary) for each in DIAGNOSTIC_KINDS]
    return "\n".join(("rules:", *(f"  {name:<20}{summary}" for name, summary in rows)))
