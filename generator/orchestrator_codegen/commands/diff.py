"""The command `diff`: list the changes between two documents, and whom each change breaks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from ..changes.change import BOTH, CLIENTS, SERVERS, Breaks, Comparison
from ..changes.render.json import render_json
from ..changes.render.markdown import render_markdown
from ..changes.render.text import render_text
from ..pipeline import compare_documents
from .exit_codes import BREAKS, DONE
from .terminal import add_allow_remote, add_command, warn

_RENDERERS: Final[Mapping[str, Callable[[Comparison], str]]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
}
_PARTIES: Final[Mapping[str, Breaks]] = {"clients": CLIENTS, "servers": SERVERS, "any": BOTH}

_DESCRIPTION: Final = """\
List the changes between two documents, operation by operation, and whom each change breaks.

A change breaks clients if a client written for OLD fails with a server of NEW: its request is
rejected or ignored, or it receives a response that OLD does not have. A change breaks servers if a
server written for OLD does not do what NEW promises: for example if NEW accepts more requests,
requires more in a response, or has a new operation. A change that breaks neither is compatible. If
all servers are updated when NEW is published, use --breaking clients.
"""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = add_command(
        commands, "diff", "list the changes between two documents, and whom each change breaks", _DESCRIPTION
    )
    parser.add_argument(
        "old", type=Path, metavar="OLD", help="the document that clients and servers were written for"
    )
    parser.add_argument("new", type=Path, metavar="NEW", help="the new document")
    parser.add_argument("--format", choices=_RENDERERS, default="text", help="default: %(default)s")
    parser.add_argument(
        "--breaking",
        choices=_PARTIES,
        default="any",
        help="exit with 1 only if a change breaks this party; default: %(default)s",
    )
    add_allow_remote(parser)
    parser.set_defaults(run=diff)


def diff(options: argparse.Namespace) -> int:
    """Print the changes; return 1 if one breaks the party of `--breaking`."""
    comparison, warnings = compare_documents(options.old, options.new, allow_remote=options.allow_remote)
    warn(warnings)
    _write(_RENDERERS[options.format](comparison))
    return BREAKS if comparison.count(_PARTIES[options.breaking]) else DONE


def _write(text: str) -> None:
    """Write to stdout, with escapes for characters that the encoding of the terminal does not have."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
