"""The `orchestrator-codegen` command."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; without the extra `codegen`, say that it is needed and exit with 3."""
    try:
        # Inside too: what is costly to import is imported where it is needed.
        from .cli import run

        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `head` does; what Python flushes at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("orchestrator_codegen"):
            raise
        print(
            f"orchestrator-codegen needs {missing.name}, which is not installed: "
            "pip install 'orchestrator-v2[codegen]'",
            file=sys.stderr,
        )
        sys.exit(3)
    sys.exit(status)


if __name__ == "__main__":
    main()
