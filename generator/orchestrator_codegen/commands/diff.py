"""`diff`: say what changed between two documents, and whom each change breaks."""

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
Say what changed between two documents, operation by operation, and whom each change breaks.

A change breaks clients where one that was written for OLD fails with a server of NEW: its request
is refused or not heeded, or its answer is one that OLD does not have. It breaks servers where one
that was written for OLD does not do what NEW promises. So a request that takes more, an answer
that must hold more and a new operation break servers, which have to follow, and no clients. What
breaks neither is compatible. Before a document is published that its servers follow at once,
--breaking clients asks what matters.
"""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = add_command(
        commands, "diff", "say what changed between two documents, and whom it breaks", _DESCRIPTION
    )
    parser.add_argument(
        "old", type=Path, metavar="OLD", help="the document that clients and servers were written for"
    )
    parser.add_argument("new", type=Path, metavar="NEW", help="the document as it is to be")
    parser.add_argument("--format", choices=_RENDERERS, default="text", help="default: %(default)s")
    parser.add_argument(
        "--breaking",
        choices=_PARTIES,
        default="any",
        help="exit with 1 only where this party breaks; default: %(default)s",
    )
    add_allow_remote(parser)
    parser.set_defaults(run=diff)


def diff(options: argparse.Namespace) -> int:
    """Print the changes, and say by the exit code whether one breaks the party asked about."""
    comparison, warnings = compare_documents(options.old, options.new, allow_remote=options.allow_remote)
    warn(warnings)
    _write(_RENDERERS[options.format](comparison))
    return BREAKS if comparison.count(_PARTIES[options.breaking]) else DONE


def _write(text: str) -> None:
    """Write to stdout, what the terminal has no character for as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
